import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { companies, companyType } from '../companies/companies.public.ts';
import type { Company } from '../companies/companies.schema.ts';
import {
  getOwned,
  type ListPage,
  listOwned,
  saveChange,
} from '../owned-records/owned-records.public.ts';
import { whereAtCompany } from './contacts.repository.ts';
import type { Contact, ListContacts, Membership, MembershipInput } from './contacts.schema.ts';
import { contactType } from './contacts.type.ts';
import { dropMembership, putMembership } from './memberships.policy.ts';

type Caller = Context<Principal>;

/** A company with what the contact does there. */
export type CompanyOfContact = Membership & { readonly company: Stored<Company> };

/**
 * Puts a contact into a company, or changes what they do there. It is a change of the contact.
 * @throws AppError not-found, permission-denied, invalid-argument (companyId), failed-precondition, conflict
 */
export async function joinCompany(
  ctx: Caller,
  { contactId, ...membership }: MembershipInput,
): Promise<Stored<Contact>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const [contact, company] = await Promise.all([
      getOwned(unit, ctx.principal, contactType, contactId, 'update'),
      unit.find(companies, membership.companyId),
    ]);
    if (company?.deletedAt !== null) {
      throw new AppError(
        'invalid-argument',
        `companyId: there is no company '${membership.companyId}'; give the id of one of your companies`,
        { field: 'companyId' },
      );
    }
    const joined = putMembership(contact.memberships, membership);
    return saveChange(unit, contactType, contact, { ...contact, ...joined }, ctx);
  });
}

/**
 * Takes a contact out of a company. It is a change of the contact.
 * @throws AppError not-found, permission-denied, conflict
 */
export async function leaveCompany(
  ctx: Caller,
  { contactId, companyId }: { contactId: string; companyId: string },
): Promise<Stored<Contact>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const contact = await getOwned(unit, ctx.principal, contactType, contactId, 'update');
    if (!contact.companyIds.includes(companyId)) {
      throw new AppError(
        'not-found',
        `The contact has no company with ID '${companyId}'; there is nothing to remove`,
      );
    }
    const left = dropMembership(contact.memberships, companyId);
    return saveChange(unit, contactType, contact, { ...contact, ...left }, ctx);
  });
}

/** The companies of a contact, those in the bin left out. Billed: one read and one a company. @throws AppError not-found */
export async function listCompaniesOf(ctx: Caller, contactId: string): Promise<CompanyOfContact[]> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const contact = await getOwned(unit, ctx.principal, contactType, contactId, 'read');
  const found = await unit.findMany(companies, contact.companyIds);
  return contact.memberships.flatMap((membership) => {
    const company = found.get(membership.companyId);
    return company?.deletedAt === null ? [{ ...membership, company }] : [];
  });
}

/** A page of those of a company's contacts that the caller may see. @throws AppError not-found, invalid-argument (cursor) */
export async function listContactsOf(
  ctx: Caller,
  companyId: string,
  request: Pick<ListContacts, 'page' | 'limit' | 'cursor'>,
): Promise<ListPage<Contact>> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  await getOwned(unit, ctx.principal, companyType, companyId, 'read');
  return listOwned(ctx, contactType, request, (query) => whereAtCompany(query, companyId));
}

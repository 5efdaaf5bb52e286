import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { normalisePhone } from '../../platform/phone.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { validateCustomFields } from '../fields/fields.public.ts';
import {
  claimFor,
  getOwned,
  type ListPage,
  listOwned,
  ownerAfter,
  ownerOfNew,
  saveChange,
  saveNew,
} from '../owned-records/owned-records.public.ts';
import type { WriteOptions } from '../owned-records/owned-records.schema.ts';
import { companies } from './companies.repository.ts';
import type { Company, CompanyChange, ListCompanies, NewCompany } from './companies.schema.ts';
import { claimsOfCompany, companyType } from './companies.type.ts';
import { normaliseDomain } from './domain.ts';

type Caller = Context<Principal>;

/**
 * Creates a company. With `options.id`, which repeats of one import row share, a company that is
 * there already is the answer. Billed: one read of the custom field definitions, one for each
 * domain and external id and one of an owner who is not the caller; as many writes as domains and
 * external ids, and one.
 * @throws AppError already-exists (domain, externalIds), invalid-argument (domain, phone,
 * customFields, ownerId), permission-denied
 */
export async function createCompany(
  ctx: Caller,
  input: NewCompany,
  options: WriteOptions & { readonly id?: string } = {},
): Promise<Stored<Company>> {
  const id = options.id ?? ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const existing = options.id === undefined ? undefined : await unit.find(companies, id);
    return existing ?? addCompany(unit, ctx, id, input, options);
  });
}

/** Adds a new company to a unit of work; see `createCompany`. At most one company a unit. */
export async function addCompany(
  unit: UnitOfWork,
  ctx: Caller,
  id: string,
  input: NewCompany,
  { unknownFields = 'refuse' }: WriteOptions = {},
): Promise<Stored<Company>> {
  const { ownerId, customFields, phone, domain, otherDomains, ...given } = defined(input);
  const company: Omit<Company, 'ownerId' | 'teamId' | 'customFields'> = {
    ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
    ...emptyCompany,
    ...given,
    ...normalised({ phone, domain, otherDomains }),
  };
  const [owner, fields] = await Promise.all([
    ownerOfNew(unit, ctx.principal, companyType, ownerId),
    validateCustomFields(unit, ctx, 'company', {
      ...{ current: undefined, given: customFields, unknownFields },
    }),
    claimFor(unit, ctx.principal, companyType, id, [], claimsOfCompany(company)),
  ]);
  return saveNew(unit, companyType, id, { ...company, ...owner, customFields: fields });
}

/**
 * Changes a company: what is not given stays, null clears, custom fields are changed by key.
 * @throws AppError not-found, permission-denied, already-exists (domain, externalIds),
 * invalid-argument (domain, phone, customFields, ownerId), conflict
 */
export async function updateCompany(
  ctx: Caller,
  id: string,
  input: CompanyChange,
  { unknownFields = 'refuse' }: WriteOptions = {},
): Promise<Stored<Company>> {
  const { ownerId, customFields: given, phone, domain, otherDomains, ...rest } = defined(input);
  const values = normalised({ phone, domain, otherDomains });
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const company = await getOwned(unit, ctx.principal, companyType, id, 'update');
    const changed: Company = { ...company, ...rest, ...values };
    const claims = [claimsOfCompany(company), claimsOfCompany(changed)] as const;
    const [owner, customFields] = await Promise.all([
      ownerAfter(unit, ctx.principal, companyType, company, ownerId),
      validateCustomFields(unit, ctx, 'company', {
        ...{ current: company.customFields, given, unknownFields },
      }),
      claimFor(unit, ctx.principal, companyType, id, ...claims),
    ]);
    return saveChange(unit, companyType, company, { ...changed, ...owner, customFields }, ctx);
  });
}

/** The company with this id. One billed read. @throws AppError not-found */
export async function getCompany(ctx: Caller, id: string): Promise<Stored<Company>> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  return getOwned(unit, ctx.principal, companyType, id, 'read');
}

/** A page of the companies; see `listOwned`. @throws AppError invalid-argument (cursor, tags) */
export function listCompanies(ctx: Caller, request: ListCompanies): Promise<ListPage<Company>> {
  return listOwned(ctx, companyType, request);
}

const emptyCompany = {
  domain: null,
  otherDomains: [],
  industry: null,
  phone: null,
  website: null,
  address: null,
  city: null,
  state: null,
  zipCode: null,
  country: null,
  size: null,
  source: null,
  tags: [],
  externalIds: [],
  searchTokens: [],
  mergedInto: null,
  mergedFrom: [],
  deletedAt: null,
};

type Compared = 'phone' | 'domain' | 'otherDomains';

/** The values that are compared, in the form they are stored. */
function normalised({
  phone,
  domain,
  otherDomains,
}: Pick<CompanyChange, Compared>): Partial<Pick<Company, Compared>> {
  return defined({
    phone: phone && normalisePhone(phone, 'phone'),
    domain: domain && normaliseDomain(domain, 'domain'),
    otherDomains: otherDomains?.map((other) => normaliseDomain(other, 'otherDomains')),
  });
}

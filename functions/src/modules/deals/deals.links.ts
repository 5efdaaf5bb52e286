import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { companies } from '../companies/companies.public.ts';
import { contacts } from '../contacts/contacts.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import { audienceOf } from '../owned-records/owned-records.public.ts';
import type { Deal, DealContact } from './deals.schema.ts';

/**
 * The contacts with these ids as a deal shows them. Those in `known` are on the deal already and
 * cost nothing; each other one is a billed read, and the caller must be able to see it.
 * @throws AppError invalid-argument: field contactIds
 */
export async function getDealContacts(
  unit: UnitOfWork,
  caller: Principal,
  contactIds: readonly string[],
  known: readonly DealContact[] = [],
): Promise<DealContact[]> {
  const knownById = new Map(known.map((contact) => [contact.id, contact]));
  const added = contactIds.filter((id) => !knownById.has(id));
  const found = await unit.findMany(contacts, added);
  return contactIds.map((id) => {
    const contact = knownById.get(id);
    if (contact !== undefined) return contact;
    const record = found.get(id);
    if (record?.deletedAt === null && isAllowed(caller, 'read', 'contact', audienceOf(record))) {
      return toDealContact(record);
    }
    throw unknownLink('contactIds', 'contact', id);
  });
}

/** A contact as a deal shows it. */
export function toDealContact({
  id,
  firstName,
  lastName,
}: Pick<Stored<Contact>, 'id' | 'firstName' | 'lastName'>): DealContact {
  return { id, firstName, lastName: lastName ?? '' };
}

/**
 * Refuses a company that does not exist. One billed read unless it is the deal's already.
 * @throws AppError invalid-argument: field companyId
 */
export async function requireCompany(
  unit: UnitOfWork,
  caller: Principal,
  companyId: string | null | undefined,
  before?: Pick<Deal, 'companyId'>,
): Promise<void> {
  if (companyId === null || companyId === undefined || companyId === before?.companyId) return;
  const record = await unit.find(companies, companyId);
  if (record?.deletedAt === null && isAllowed(caller, 'read', 'company', audienceOf(record))) {
    return;
  }
  throw unknownLink('companyId', 'company', companyId);
}

function unknownLink(field: string, what: string, id: string): AppError {
  return new AppError(
    'invalid-argument',
    `${field}: there is no ${what} '${id}' that you can see; give the id of one of your ${what === 'company' ? 'companies' : 'contacts'}`,
    { field },
  );
}

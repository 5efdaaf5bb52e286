import { AppError } from '../../platform/errors.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { contacts } from '../contacts/contacts.public.ts';
import { deals } from '../deals/deals.public.ts';
import { audienceOf } from '../owned-records/owned-records.public.ts';
import type { Appointment } from './appointments.schema.ts';

interface Links {
  readonly contactId?: string | undefined;
  readonly dealId?: string | null | undefined;
}

/**
 * Refuses an appointment with a contact, or about a deal, that does not exist or that the caller
 * cannot see. What it is linked to already costs nothing; each other link is a billed read.
 * @throws AppError invalid-argument (contactId, dealId)
 */
export async function requireLinks(
  unit: UnitOfWork,
  caller: Principal,
  { contactId, dealId }: Links,
  before?: Pick<Appointment, 'contactId' | 'dealId'>,
): Promise<void> {
  const newContactId = contactId === before?.contactId ? undefined : contactId;
  const newDealId = dealId === before?.dealId ? undefined : (dealId ?? undefined);
  const [contact, deal] = await Promise.all([
    newContactId === undefined ? undefined : unit.find(contacts, newContactId),
    newDealId === undefined ? undefined : unit.find(deals, newDealId),
  ]);
  if (newContactId !== undefined && !isVisible(caller, 'contact', contact, audienceOf)) {
    throw unknownLink('contactId', 'contact', newContactId);
  }
  if (newDealId !== undefined && !isVisible(caller, 'deal', deal, (found) => found)) {
    throw unknownLink('dealId', 'deal', newDealId);
  }
}

function isVisible<T extends { readonly deletedAt: Date | null }>(
  caller: Principal,
  recordType: 'contact' | 'deal',
  record: T | undefined,
  audience: (record: T) => Audience,
): boolean {
  if (record === undefined || record.deletedAt !== null) return false;
  return isAllowed(caller, 'read', recordType, audience(record));
}

function unknownLink(field: string, what: string, id: string): AppError {
  return new AppError(
    'invalid-argument',
    `${field}: there is no ${what} '${id}' that you can see; give the id of one of your ${what}s`,
    { field },
  );
}

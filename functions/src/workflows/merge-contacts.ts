import { moveClaims } from '../modules/claims/claims.public.ts';
import { contacts, contactType, putMembership } from '../modules/contacts/contacts.public.ts';
import type { Contact, MergeContacts } from '../modules/contacts/contacts.schema.ts';
import {
  chooseFields,
  getOwned,
  joinRecords,
  ownerAfter,
  requireFits,
  saveChange,
  union,
} from '../modules/owned-records/owned-records.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { relinkContact, requireTwo } from './relink.ts';

const chosenFields = ['firstName', 'lastName', 'company', 'title', 'source'] as const;

/**
 * Merges another contact into this one, in one commit: its links, addresses, tags and claims
 * become this one's, and it goes into the bin for good. `mergedFrom` leads a timeline to the
 * history of both.
 * @throws AppError not-found, permission-denied, invalid-argument (otherId), failed-precondition
 * (too many links or values), conflict
 */
export async function mergeContacts(
  ctx: Context<Principal>,
  contactId: string,
  { otherId, fields = {} }: MergeContacts,
): Promise<Stored<Contact>> {
  requireTwo(contactId, otherId);
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    // One after the other: which of two refusals the caller gets must not depend on timing.
    const contact = await getOwned(unit, principal, contactType, contactId, 'update');
    const other = await getOwned(unit, principal, contactType, otherId, 'delete');
    const newOwner = fields.ownerId === 'other' ? other.ownerId : undefined;
    const owner = await ownerAfter(unit, principal, contactType, contact, newOwner);
    const merged = { ...contact, ...mergedValues(contact, other, fields), ...owner };
    requireFits(contacts, merged);
    await Promise.all([
      relinkContact(unit, { actor: principal.uid, now }, { fromId: otherId, to: merged }),
      moveClaims(unit, otherId, contactId),
    ]);
    saveChange(unit, contactType, other, { ...other, deletedAt: now, mergedInto: contactId }, ctx);
    return saveChange(unit, contactType, contact, merged, ctx);
  });
}

function mergedValues(
  contact: Contact,
  other: Stored<Contact>,
  choices: NonNullable<MergeContacts['fields']>,
) {
  const { email, phone } = chooseFields(contact, other, ['email', 'phone'], choices);
  const emails = [contact.email, other.email].filter((one) => one !== null);
  const phones = [contact.phone, other.phone].filter((one) => one !== null);
  return {
    ...chooseFields(contact, other, chosenFields, choices),
    ...joinRecords(contact, other),
    ...joinMemberships(contact, other),
    email,
    phone,
    otherEmails: union(emails, contact.otherEmails, other.otherEmails).filter(
      (one) => one !== email,
    ),
    otherPhones: union(phones, contact.otherPhones, other.otherPhones).filter(
      (one) => one !== phone,
    ),
  };
}

function joinMemberships(contact: Contact, other: Contact) {
  const hasPrimary = contact.memberships.length > 0;
  return other.memberships
    .filter(({ companyId }) => !contact.companyIds.includes(companyId))
    .reduce(
      ({ memberships }, place) =>
        putMembership(memberships, { ...place, isPrimary: place.isPrimary && !hasPrimary }),
      { memberships: contact.memberships, companyIds: contact.companyIds },
    );
}

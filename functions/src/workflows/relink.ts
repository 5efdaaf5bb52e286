import { activities } from '../modules/activities/activities.public.ts';
import { appointments } from '../modules/appointments/appointments.public.ts';
import { contacts, moveMembership } from '../modules/contacts/contacts.public.ts';
import type { Contact } from '../modules/contacts/contacts.schema.ts';
import { deals } from '../modules/deals/deals.public.ts';
import { leads } from '../modules/leads/leads.public.ts';
import { notes } from '../modules/notes/notes.public.ts';
import { union } from '../modules/owned-records/owned-records.public.ts';
import type { AboutRecord } from '../modules/subjects/subjects.public.ts';
import { tasks } from '../modules/tasks/tasks.public.ts';
import type { Collection, Stored } from '../platform/collection.ts';
import { AppError } from '../platform/errors.ts';
import {
  type Change,
  changeRecord,
  type Patch,
  type RecordFields,
  updateRecord,
} from '../platform/records.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

/** Together with the two records and their claims this stays within one commit. */
const MAX_LINKS = 400;
const LIMIT = MAX_LINKS + 1;

/** Makes one record that points to the merged one point to the one that stays. */
type Relink = () => void;

/** Finds the records of one kind that point to `fromId`; those of a kind with many must set the limit. */
type FindLinks<To> = (
  unit: UnitOfWork,
  change: Change,
  ids: { readonly fromId: string; readonly to: To },
) => Promise<Relink[]>;

/** Every kind of record that points to a contact. A new kind of link is one more entry. */
const linksToContact: readonly FindLinks<Stored<Contact>>[] = [
  async (unit, change, { fromId, to }) => {
    const found = await unit.query(deals, (query) =>
      query.where('contactIds', 'array-contains', fromId).limit(LIMIT),
    );
    const named = { id: to.id, firstName: to.firstName, lastName: to.lastName ?? '' };
    return found.map((deal) => () => {
      const isMerged = ({ id }: { id: string }) => id === fromId || id === to.id;
      const moved = deal.contacts.map((one) => (isMerged(one) ? named : one));
      const unique = [...new Map(moved.map((one) => [one.id, one])).values()];
      const contactIds = union(deal.contactIds.map((id) => (id === fromId ? to.id : id)));
      updateRecord(unit, deals, deal, { contactIds, contacts: unique }, change);
    });
  },
  async (unit, change, { fromId, to }) => {
    const found = await unit.query(leads, (query) =>
      query.where('convertedContactId', '==', fromId).limit(LIMIT),
    );
    return found.map((lead) => () => {
      updateRecord(unit, leads, lead, { convertedContactId: to.id }, change);
    });
  },
];

/** Every kind of record that points to a company. A new kind of link is one more entry. */
const linksToCompany: readonly FindLinks<{ readonly id: string }>[] = [
  async (unit, change, { fromId, to }) => {
    const found = await unit.query(contacts, (query) =>
      query.where('companyIds', 'array-contains', fromId).limit(LIMIT),
    );
    return found.map((contact) => () => {
      const moved = moveMembership(contact.memberships, fromId, to.id);
      updateRecord(unit, contacts, contact, moved, change);
    });
  },
  async (unit, change, { fromId, to }) => {
    const found = await unit.query(deals, (query) =>
      query.where('companyId', '==', fromId).limit(LIMIT),
    );
    return found.map((deal) => () => {
      updateRecord(unit, deals, deal, { companyId: to.id }, change);
    });
  },
  async (unit, change, { fromId, to }) => {
    const found = await unit.query(leads, (query) =>
      query.where('convertedCompanyId', '==', fromId).limit(LIMIT),
    );
    return found.map((lead) => () => {
      updateRecord(unit, leads, lead, { convertedCompanyId: to.id }, change);
    });
  },
];

/** The notes, tasks and activities about a record, which are also found by its `mergedFrom`. */
async function findAbout<T extends AboutRecord>(
  unit: UnitOfWork,
  change: Change,
  collection: Collection<T>,
  { recordType, fromId, toId }: { recordType: 'contact' | 'company'; fromId: string; toId: string },
): Promise<Relink[]> {
  const found = await unit.query(collection, (query) =>
    query.where('recordType', '==', recordType).where('recordId', '==', fromId).limit(LIMIT),
  );
  const moved: Patch<Pick<AboutRecord, 'recordId'>> = { recordId: toId };
  const patch = moved as Patch<Omit<T, keyof RecordFields>>;
  return found.map((record) => () => void changeRecord(unit, collection, record, patch, change));
}

/** The appointments with a contact, which are also found by its `mergedFrom`. */
async function findAppointments(
  unit: UnitOfWork,
  change: Change,
  { recordType, fromId, toId }: { recordType: 'contact' | 'company'; fromId: string; toId: string },
): Promise<Relink[]> {
  if (recordType !== 'contact') return [];
  const found = await unit.query(appointments, (query) =>
    query.where('contactId', '==', fromId).limit(LIMIT),
  );
  return found.map((one) => () => {
    updateRecord(unit, appointments, one, { contactId: toId }, change);
  });
}

/** Makes all that points to one contact point to another. @throws AppError failed-precondition (too many) */
export function relinkContact(
  unit: UnitOfWork,
  change: Change,
  ids: { readonly fromId: string; readonly to: Stored<Contact> },
): Promise<void> {
  return relinkAll(unit, change, { recordType: 'contact', links: linksToContact }, ids);
}

/** Makes all that points to one company point to another. @throws AppError failed-precondition (too many) */
export function relinkCompany(
  unit: UnitOfWork,
  change: Change,
  ids: { readonly fromId: string; readonly to: { readonly id: string } },
): Promise<void> {
  return relinkAll(unit, change, { recordType: 'company', links: linksToCompany }, ids);
}

async function relinkAll<To extends { readonly id: string }>(
  unit: UnitOfWork,
  change: Change,
  { recordType, links }: { recordType: 'contact' | 'company'; links: readonly FindLinks<To>[] },
  ids: { readonly fromId: string; readonly to: To },
): Promise<void> {
  const subject = { recordType, fromId: ids.fromId, toId: ids.to.id };
  const [pointing, ...about] = await Promise.all([
    Promise.all(links.map((find) => find(unit, change, ids))),
    findAbout(unit, change, notes, subject),
    findAbout(unit, change, tasks, subject),
    findAbout(unit, change, activities, subject),
    findAppointments(unit, change, subject),
  ]);
  const relinks = pointing.flat();
  if (relinks.length > MAX_LINKS) {
    throw new AppError(
      'failed-precondition',
      `otherId: ${relinks.length} or more records point to it and a merge moves at most ${MAX_LINKS}; merge the other way round, or move some by hand first`,
      { field: 'otherId' },
    );
  }
  // What is about the record may stay behind when there is too much of it: it is found all the same.
  for (const relink of [...relinks, ...about.flat()].slice(0, MAX_LINKS)) relink();
}

/** Refuses the merge of a record with itself. @throws AppError invalid-argument (otherId) */
export function requireTwo(id: string, otherId: string): void {
  if (id !== otherId) return;
  throw new AppError('invalid-argument', 'otherId: give another record than the one it goes into', {
    field: 'otherId',
  });
}

import pMap from 'p-map';
import { activities } from '../modules/activities/activities.public.ts';
import { appointments } from '../modules/appointments/appointments.public.ts';
import { releaseClaims } from '../modules/claims/claims.public.ts';
import { companies } from '../modules/companies/companies.public.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { conversations, messages } from '../modules/conversations/conversations.public.ts';
import { deals, unlinkCompany, unlinkContact } from '../modules/deals/deals.public.ts';
import { leads } from '../modules/leads/leads.public.ts';
import { notes } from '../modules/notes/notes.public.ts';
import { stages } from '../modules/stages/stages.public.ts';
import type { AboutRecord } from '../modules/subjects/subjects.public.ts';
import type { SubjectType } from '../modules/subjects/subjects.schema.ts';
import { tasks } from '../modules/tasks/tasks.public.ts';
import { teams } from '../modules/teams/teams.public.ts';
import { binnedRecords, type RecordPlace } from '../platform/binned-records.ts';
import type { Collection, Stored } from '../platform/collection.ts';
import { describeError } from '../platform/log.ts';
import { type Change, updateRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

/** How long a record can be restored. */
export const BIN_MS = 30 * 24 * 60 * 60 * 1000;

const ACTOR = 'system:purge';
const PAGE = 200;
const CONCURRENCY = 8;
/** Removed in one run; the next day's run goes on with the rest. */
const MAX_PURGED_OF_A_KIND = 5000;
/** What a record takes along or lets go of, of each kind in one commit of at most 500 writes. */
const MAX_RELEASED = 60;
const MAX_COMMITS_A_RECORD = 100;

type Work = Pick<Invocation, 'store' | 'now' | 'log'>;

/** What becomes of a record after its hold on others was loosened: there may be more of them. */
type Release = 'remove' | 'again' | 'keep';

interface BinnedKind {
  readonly collection: Collection<object>;
  readonly purgeOne: (ctx: Work, place: RecordPlace) => Promise<boolean>;
}

function binnedKind<T extends { readonly deletedAt: Date | null }>(
  collection: Collection<T>,
  release: (unit: UnitOfWork, record: Stored<T>, change: Change) => Promise<Release>,
): BinnedKind {
  return {
    collection,
    purgeOne: async ({ store, now }, { orgId, id }) => {
      for (let commits = 0; commits < MAX_COMMITS_A_RECORD; commits += 1) {
        const outcome = await runUnitOfWork({ store, now }, orgId, async (unit) => {
          const record = await unit.find(collection, id);
          // Somebody may have restored it since it was found.
          if (record === undefined || !isDue(record, now)) return 'keep';
          const released = await release(unit, record, { actor: ACTOR, now });
          if (released === 'remove') unit.remove(collection, record);
          return released;
        });
        if (outcome !== 'again') return outcome === 'remove';
      }
      return false;
    },
  };
}

/** Every kind of record that has a bin. */
export const binnedKinds: readonly BinnedKind[] = [
  binnedKind(deals, (unit, { id }, change) => releaseSubject(unit, 'deal', { id }, change)),
  binnedKind(leads, (unit, { id }, change) => releaseSubject(unit, 'lead', { id }, change)),
  binnedKind(contacts, async (unit, contact, change) => {
    const isUnlinked = await unlinkContact(unit, contact.id, change);
    return isUnlinked ? releaseSubject(unit, 'contact', contact, change) : 'again';
  }),
  binnedKind(companies, async (unit, company, change) => {
    const [ofDeals, ofContacts] = await Promise.all([
      unlinkCompany(unit, company.id, change),
      endMemberships(unit, company.id, change),
    ]);
    const isUnlinked = ofDeals && ofContacts;
    return isUnlinked ? releaseSubject(unit, 'company', company, change) : 'again';
  }),
  binnedKind(notes, async () => 'remove'),
  binnedKind(tasks, async () => 'remove'),
  binnedKind(activities, async () => 'remove'),
  binnedKind(appointments, async () => 'remove'),
  binnedKind(stages, async (unit, { id }) => {
    const inIt = await unit.query(deals, (query) => query.where('stageId', '==', id).limit(1));
    return inIt.length === 0 ? 'remove' : 'keep';
  }),
  binnedKind(teams, async () => 'remove'),
];

/**
 * Removes for good what has been in the bin for longer than 30 days, in all organisations: its
 * claims are free again, links to it end, and what was written about it goes along; what was about
 * a record that was merged goes to the one it lives on in. The trigger records each removal.
 * @returns how many records were removed
 */
export async function purgeBin(ctx: Work): Promise<number> {
  let purged = 0;
  for (const kind of binnedKinds) purged += await purgeKind(ctx, kind);
  if (purged > 0) ctx.log.info({ purged }, 'bin emptied');
  return purged;
}

async function purgeKind(ctx: Work, kind: BinnedKind): Promise<number> {
  const before = new Date(ctx.now.getTime() - BIN_MS);
  let purged = 0;
  for await (const page of binnedRecords(ctx.store, kind.collection, { before, limit: PAGE })) {
    const outcomes = await pMap(page, (place) => purgeSafely(ctx, kind, place), {
      concurrency: CONCURRENCY,
    });
    purged += outcomes.filter((isPurged) => isPurged).length;
    if (purged >= MAX_PURGED_OF_A_KIND) break;
  }
  return purged;
}

/** One record that cannot be removed must not keep the others. */
async function purgeSafely(ctx: Work, kind: BinnedKind, place: RecordPlace): Promise<boolean> {
  try {
    return await kind.purgeOne(ctx, place);
  } catch (error) {
    const what = { ...place, kind: kind.collection.label, ...describeError(error) };
    ctx.log.error(what, 'record not removed from the bin');
    return false;
  }
}

function isDue({ deletedAt }: { readonly deletedAt: Date | null }, now: Date): boolean {
  return deletedAt !== null && deletedAt.getTime() < now.getTime() - BIN_MS;
}

/** Lets go of what is about a record and of what it claims. */
async function releaseSubject(
  unit: UnitOfWork,
  recordType: SubjectType,
  { id, mergedInto = null }: { readonly id: string; readonly mergedInto?: string | null },
  change: Change,
): Promise<Release> {
  const released = await Promise.all([
    releaseAbout(unit, notes, recordType, { id, mergedInto }, change),
    releaseAbout(unit, tasks, recordType, { id, mergedInto }, change),
    releaseAbout(unit, activities, recordType, { id, mergedInto }, change),
    releaseAppointments(unit, recordType, { id, mergedInto }, change),
    releaseAbout(unit, messages, recordType, { id, mergedInto }, change),
    removeConversations(unit, recordType, id),
  ]);
  if (released.some((isAll) => !isAll)) return 'again';
  await releaseClaims(unit, id);
  return 'remove';
}

/** @returns true when nothing of the kind is about the record any more */
async function releaseAbout<T extends AboutRecord>(
  unit: UnitOfWork,
  collection: Collection<T>,
  recordType: SubjectType,
  { id, mergedInto }: { readonly id: string; readonly mergedInto: string | null },
  change: Change,
): Promise<boolean> {
  const about = await unit.query(collection, (query) =>
    query.where('recordType', '==', recordType).where('recordId', '==', id).limit(MAX_RELEASED),
  );
  for (const record of about) {
    if (mergedInto === null) unit.remove(collection, record);
    else moveTo(unit, collection, record, mergedInto, change);
  }
  return about.length < MAX_RELEASED;
}

/**
 * Appointments go along with their contact, or to the one it was merged into; they outlive the deal
 * that they were about.
 * @returns true when there are no more
 */
async function releaseAppointments(
  unit: UnitOfWork,
  recordType: SubjectType,
  { id, mergedInto }: { readonly id: string; readonly mergedInto: string | null },
  change: Change,
): Promise<boolean> {
  if (recordType !== 'contact' && recordType !== 'deal') return true;
  const field = recordType === 'contact' ? 'contactId' : 'dealId';
  const found = await unit.query(appointments, (query) =>
    query.where(field, '==', id).limit(MAX_RELEASED),
  );
  for (const one of found) {
    if (field === 'dealId') updateRecord(unit, appointments, one, { dealId: null }, change);
    else if (mergedInto === null) unit.remove(appointments, one);
    else updateRecord(unit, appointments, one, { contactId: mergedInto }, change);
  }
  return found.length < MAX_RELEASED;
}

/** The conversations of a contact; those of one that was merged go on with the other's. */
async function removeConversations(
  unit: UnitOfWork,
  recordType: SubjectType,
  id: string,
): Promise<boolean> {
  if (recordType !== 'contact') return true;
  const found = await unit.query(conversations, (query) =>
    query.where('contactId', '==', id).limit(MAX_RELEASED),
  );
  for (const conversation of found) unit.remove(conversations, conversation);
  return found.length < MAX_RELEASED;
}

function moveTo<T extends AboutRecord>(
  unit: UnitOfWork,
  collection: Collection<T>,
  record: Stored<T>,
  recordId: string,
  change: Change,
): void {
  const patch: Partial<AboutRecord> = { recordId };
  updateRecord(unit, collection, record, patch as Partial<T>, change);
}

async function endMemberships(
  unit: UnitOfWork,
  companyId: string,
  change: Change,
): Promise<boolean> {
  const members = await unit.query(contacts, (query) =>
    query.where('companyIds', 'array-contains', companyId).limit(MAX_RELEASED),
  );
  for (const contact of members) {
    const memberships = contact.memberships.filter((place) => place.companyId !== companyId);
    const companyIds = memberships.map((place) => place.companyId);
    updateRecord(unit, contacts, contact, { memberships, companyIds }, change);
  }
  return members.length < MAX_RELEASED;
}

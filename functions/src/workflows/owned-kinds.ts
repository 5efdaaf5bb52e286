import { z } from 'zod';
import { activities } from '../modules/activities/activities.public.ts';
import { adjustments } from '../modules/adjustments/adjustments.public.ts';
import { appointments } from '../modules/appointments/appointments.public.ts';
import { companies } from '../modules/companies/companies.public.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { deals, participantsOf, splitsAfterHandOver } from '../modules/deals/deals.public.ts';
import { disputes } from '../modules/disputes/disputes.public.ts';
import { leads } from '../modules/leads/leads.public.ts';
import { notes } from '../modules/notes/notes.public.ts';
import { tasks } from '../modules/tasks/tasks.public.ts';
import { users } from '../modules/users/users.public.ts';
import type { Collection, Stored } from '../platform/collection.ts';
import { type RecordFields, updateRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

/** What every record with an owner has. */
interface Owned extends RecordFields {
  ownerId: string | null;
  teamId: string | null;
}

/** For whom and at whose order records are changed. */
export interface OwnerChange {
  readonly store: Invocation['store'];
  readonly now: Date;
  readonly orgId: string;
  /** Who is noted as the author of the change. */
  readonly actor: string;
}

/** What jobs do with one kind of owned record; each answers false when there was nothing to do. */
export interface OwnedKind {
  readonly name: string;
  /** The ids of records of this owner after `after`, in the order of the ids. */
  readonly idsOf: (
    change: OwnerChange,
    page: { ownerId: string; after: string; limit: number },
  ) => Promise<string[]>;
  /** Gives an open record of `from` to `to`. */
  readonly handOver: (
    change: OwnerChange,
    id: string,
    owners: { from: string; to: string },
  ) => Promise<boolean>;
  /** How many records are on a team. */
  readonly countOnTeam: (unit: UnitOfWork, teamId: string) => Promise<number>;
  /** Gives a record the present team of its owner. */
  readonly followTeam: (change: OwnerChange, id: string, ownerId: string) => Promise<boolean>;
}

interface Options<T extends Owned> {
  readonly collection: Collection<T>;
  /** True for a record that somebody still has to work on. */
  readonly isOpen: (record: T) => boolean;
  /** What changes beside owner and team when `to` takes over from the owner. */
  readonly alsoAfter?: (record: T, to: string) => Partial<T>;
}

type Fields<T extends Owned> = Partial<Omit<T, keyof RecordFields>>;

function ownedKind<T extends Owned>(options: Options<T>): OwnedKind {
  const { collection, isOpen, alsoAfter } = options;
  return {
    name: collection.label,
    idsOf: (change, page) => pageOfIds(change, collection, page),
    handOver: (change, id, { from, to }) =>
      changeOne(change, collection, id, async (unit, record) => {
        if (record.ownerId !== from || !isOpen(record)) return undefined;
        const { teamId } = await unit.get(users, to);
        const owner: Partial<Owned> = { ownerId: to, teamId };
        return { ...alsoAfter?.(record, to), ...owner } as Fields<T>;
      }),
    countOnTeam: (unit, teamId) =>
      unit.count(collection, (query) => query.where('teamId', '==', teamId)),
    followTeam: (change, id, ownerId) =>
      changeOne(change, collection, id, async (unit, record) => {
        if (record.ownerId !== ownerId) return undefined;
        // Read after the record, whose precondition then proves that no later team was written.
        const { teamId } = await unit.get(users, ownerId);
        if (record.teamId === teamId) return undefined;
        const team: Partial<Owned> = { teamId };
        return team as Fields<T>;
      }),
  };
}

/** Changes one record as `decide` says, in a commit of its own. */
async function changeOne<T extends Owned>(
  { store, now, orgId, actor }: OwnerChange,
  collection: Collection<T>,
  id: string,
  decide: (unit: UnitOfWork, record: Stored<T>) => Promise<Fields<T> | undefined>,
): Promise<boolean> {
  return runUnitOfWork({ store, now }, orgId, async (unit) => {
    const record = await unit.find(collection, id);
    const patch = record && (await decide(unit, record));
    if (record === undefined || patch === undefined) return false;
    updateRecord(unit, collection, record, patch, { actor, now });
    return true;
  });
}

const anyDocument = z.looseObject({});

async function pageOfIds(
  { store, orgId }: OwnerChange,
  { path, label }: Collection<object>,
  { ownerId, after, limit }: { ownerId: string; after: string; limit: number },
): Promise<string[]> {
  // Only ids are wanted here: a record that breaks its schema is reported when it is changed.
  const documents = { path, label, schema: anyDocument };
  const found = await openUnit({ store }, orgId).query(documents, (query) => {
    const owned = query.where('ownerId', '==', ownerId).orderBy('__name__').limit(limit);
    return after === '' ? owned : owned.startAfter(after);
  });
  return found.map(({ id }) => id);
}

function isInUse({ deletedAt }: { readonly deletedAt: Date | null }): boolean {
  return deletedAt === null;
}

/** Every kind of record that a person owns, in the order in which jobs go through them. */
export const ownedKinds: readonly OwnedKind[] = [
  ownedKind({
    collection: deals,
    isOpen: ({ stageKind, deletedAt }) => stageKind === 'open' && deletedAt === null,
    alsoAfter: (deal, to) => {
      const splits = splitsAfterHandOver(deal, to);
      return { splits, participantIds: participantsOf(to, splits) };
    },
  }),
  ownedKind({ collection: contacts, isOpen: isInUse }),
  ownedKind({ collection: companies, isOpen: isInUse }),
  ownedKind({ collection: leads, isOpen: (lead) => isInUse(lead) && lead.status !== 'CONVERTED' }),
  ownedKind({ collection: tasks, isOpen: (task) => isInUse(task) && !task.done }),
  // Whoever wrote or did something stays its author.
  ownedKind({ collection: notes, isOpen: () => false }),
  ownedKind({ collection: activities, isOpen: () => false }),
  // Money stays with its payee, but whoever manages the payee now decides on what is open.
  ownedKind({ collection: disputes, isOpen: () => false }),
  ownedKind({ collection: adjustments, isOpen: () => false }),
  ownedKind({
    collection: appointments,
    isOpen: (appointment) => isInUse(appointment) && appointment.status === 'SCHEDULED',
  }),
];

/** How many records of any kind are on a team. */
export async function countTeamRecords(unit: UnitOfWork, teamId: string): Promise<number> {
  const counts = await Promise.all(ownedKinds.map((kind) => kind.countOnTeam(unit, teamId)));
  return counts.reduce((sum, count) => sum + count, 0);
}

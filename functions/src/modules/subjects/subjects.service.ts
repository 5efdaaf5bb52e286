import type { Collection, Stored } from '../../platform/collection.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess } from '../access/access.public.ts';
import type { Operation } from '../access/access.schema.ts';
import { companies } from '../companies/companies.public.ts';
import { contacts } from '../contacts/contacts.public.ts';
import { deals } from '../deals/deals.public.ts';
import { leads } from '../leads/leads.public.ts';
import { audienceOf } from '../owned-records/owned-records.public.ts';
import { principalOf, users } from '../users/users.public.ts';
import type { SubjectRef, SubjectType } from './subjects.schema.ts';

/** A record that something is about. */
export interface Subject extends SubjectRef {
  readonly record: object;
  readonly audience: Audience;
  /** The record's id and those of the records merged into it: its history is all of theirs. */
  readonly ids: readonly string[];
}

interface Found {
  readonly record: object;
  readonly audience: Audience;
  readonly isPresent: boolean;
  readonly mergedInto: string | null;
  readonly mergedFrom: readonly string[];
}

interface SubjectRecord {
  readonly deletedAt: Date | null;
  readonly mergedInto?: string | null;
  readonly mergedFrom?: readonly string[];
}

/** The one list of what can be a subject. */
const finders: Readonly<
  Record<SubjectType, (unit: UnitOfWork, id: string) => Promise<Found | undefined>>
> = {
  deal: finderIn(deals, (deal) => deal),
  contact: finderIn(contacts, audienceOf),
  company: finderIn(companies, audienceOf),
  lead: finderIn(leads, audienceOf),
};

function finderIn<T extends object & SubjectRecord>(
  collection: Collection<T>,
  audience: (record: Stored<T>) => Audience,
) {
  return async (unit: UnitOfWork, id: string): Promise<Found | undefined> => {
    const record = await unit.find(collection, id);
    if (record === undefined) return undefined;
    const { ownerId, teamId, participantIds } = audience(record);
    return {
      record,
      audience: { ownerId, teamId, participantIds },
      isPresent: record.deletedAt === null,
      mergedInto: record.mergedInto ?? null,
      mergedFrom: record.mergedFrom ?? [],
    };
  };
}

/** A merge of a merge of … : further than this nobody goes. */
const MAX_MERGES = 10;

/**
 * The record that something is about, for an operation on it; one that was merged into another is
 * that other. One billed read, and one for each merge.
 * @throws AppError not-found (absent, in the bin or not visible), permission-denied
 */
export async function getSubject(
  unit: UnitOfWork,
  caller: Principal,
  { recordType, recordId }: SubjectRef,
  operation: Operation = 'read',
): Promise<Subject> {
  let id = recordId;
  for (let merges = 0; merges <= MAX_MERGES; merges += 1) {
    const found = await finders[recordType](unit, id);
    if (found === undefined || !isAllowed(caller, 'read', recordType, found.audience)) break;
    if (found.mergedInto === null) {
      if (!found.isPresent) break;
      requireAccess(caller, operation, recordType, { ...found.audience, id });
      const { record, audience, mergedFrom } = found;
      return { recordType, recordId: id, record, audience, ids: [id, ...mergedFrom] };
    }
    id = found.mergedInto;
  }
  throw notFound(recordType, recordId);
}

/** The record, or undefined when the caller cannot see it. */
export async function findSubject(
  unit: UnitOfWork,
  caller: Principal,
  ref: SubjectRef,
): Promise<Subject | undefined> {
  try {
    return await getSubject(unit, caller, ref);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/**
 * Refuses people who cannot see the record: naming them there would tell them of it. One billed
 * read each.
 * @throws AppError invalid-argument
 */
export async function requireReaders(
  unit: UnitOfWork,
  { orgId }: Principal,
  { recordType, audience }: Pick<Subject, 'recordType' | 'audience'>,
  { field, uids }: { readonly field: string; readonly uids: readonly string[] },
): Promise<void> {
  const people = await unit.findMany(users, [...uids]);
  for (const uid of uids) {
    const user = people.get(uid);
    if (user?.active && isAllowed(principalOf(orgId, user), 'read', recordType, audience)) continue;
    throw new AppError(
      'invalid-argument',
      `${field}: ${user?.name ?? `'${uid}'`} does not see this ${recordType}; name active members who do`,
      { field },
    );
  }
}

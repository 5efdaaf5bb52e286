import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { changeRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess, requireCreate } from '../access/access.public.ts';
import type { Operation } from '../access/access.schema.ts';
import { type Claimant, changeClaims, type Wanted } from '../claims/claims.public.ts';
import { searchTokensOf } from '../search/search.public.ts';
import { changeTags } from '../tags/tags.public.ts';
import type { TagChange } from '../tags/tags.schema.ts';
import { getOwner } from '../users/users.public.ts';
import { audienceOf, type OwnedRecord, type OwnedType, subjectOf } from './owned-type.ts';

type Caller = Context<Principal>;

/**
 * A record in use, for an operation on it. One billed read.
 * @throws AppError not-found (absent, in the bin or not visible), permission-denied
 */
export async function getOwned<T extends OwnedRecord>(
  unit: UnitOfWork,
  caller: Principal,
  type: OwnedType<T>,
  id: string,
  operation: Operation,
): Promise<Stored<T>> {
  const record = await getOwnedOrBinned(unit, caller, type, id, operation);
  if (record.deletedAt !== null) throw notFound(type.collection.label, id);
  return record;
}

async function getOwnedOrBinned<T extends OwnedRecord>(
  unit: UnitOfWork,
  caller: Principal,
  type: OwnedType<T>,
  id: string,
  operation: Operation,
): Promise<Stored<T>> {
  const record = await unit.get(type.collection, id);
  const subject = subjectOf(record);
  // The same words as for an absent record.
  if (!isAllowed(caller, 'read', type.recordType, subject)) {
    throw notFound(type.collection.label, id);
  }
  requireAccess(caller, operation, type.recordType, subject);
  return record;
}

/**
 * The owner of a new record and the owner's team; the caller unless another is named.
 * @throws AppError invalid-argument (ownerId), permission-denied
 */
export async function ownerOfNew(
  unit: UnitOfWork,
  caller: Principal,
  { recordType }: Pick<OwnedType<OwnedRecord>, 'recordType'>,
  ownerId: string | undefined,
): Promise<{ ownerId: string; teamId: string | null }> {
  const owner = await getOwner(unit, caller, ownerId ?? caller.uid);
  const owned = { ownerId: owner.id, teamId: owner.teamId };
  requireCreate(caller, recordType, audienceOf(owned));
  return owned;
}

/**
 * The owner of a record after a change that may name another.
 * @throws AppError invalid-argument (ownerId), permission-denied
 */
export async function ownerAfter<T extends OwnedRecord>(
  unit: UnitOfWork,
  caller: Principal,
  type: OwnedType<T>,
  current: Stored<T>,
  ownerId: string | undefined,
): Promise<{ ownerId: string; teamId: string | null }> {
  if (ownerId === undefined || ownerId === current.ownerId) {
    return { ownerId: current.ownerId, teamId: current.teamId };
  }
  requireAccess(caller, 'assign', type.recordType, subjectOf(current));
  return ownerOfNew(unit, caller, type, ownerId);
}

/** Claims what a record is to have alone and frees the rest; see `changeClaims`. @throws AppError already-exists */
export function claimFor<T extends OwnedRecord>(
  unit: UnitOfWork,
  caller: Principal,
  type: OwnedType<T>,
  id: string,
  before: readonly Wanted[],
  after: readonly Wanted[],
): Promise<void> {
  const claimant: Claimant = {
    recordType: type.recordType,
    recordId: id,
    refusal: async ({ field }, holderId) => {
      const holder = await unit.find(type.collection, holderId);
      return takenError(caller, type, field, holderId, holder);
    },
  };
  return changeClaims(unit, claimant, before, after);
}

function takenError<T extends OwnedRecord>(
  caller: Principal,
  { recordType }: OwnedType<T>,
  field: string,
  holderId: string,
  holder: Stored<T> | undefined,
): AppError {
  const isVisible =
    holder !== undefined && isAllowed(caller, 'read', recordType, subjectOf(holder));
  const holderName = isVisible ? `${recordType} '${holderId}'` : `another ${recordType}`;
  const advice = !isVisible
    ? 'it is not visible to you; ask an administrator'
    : holder.deletedAt === null
      ? 'change that one, or merge the two'
      : 'it is in the bin; restore it';
  return new AppError('already-exists', `${field}: ${holderName} has it; ${advice}`, { field });
}

/** Adds a new record with the tokens it is found by. */
export function saveNew<T extends OwnedRecord>(
  unit: UnitOfWork,
  type: OwnedType<T>,
  id: string,
  record: T,
): Stored<T> {
  const searchTokens = searchTokensOf(type.findableOf(record));
  return unit.create(type.collection, id, { ...record, searchTokens });
}

/** Saves what differs between two states of a record, one version on; nothing when nothing does. */
export function saveChange<T extends OwnedRecord>(
  unit: UnitOfWork,
  type: OwnedType<T>,
  before: Stored<T>,
  after: T,
  { principal, now }: Pick<Caller, 'principal' | 'now'>,
): Stored<T> {
  const patch = { ...after, searchTokens: searchTokensOf(type.findableOf(after)) };
  return changeRecord(unit, type.collection, before, patch, { actor: principal.uid, now });
}

/** Puts a record into the bin; what it claims stays claimed, so that it can be restored. @throws AppError not-found, permission-denied, conflict */
export async function binOwned<T extends OwnedRecord>(
  ctx: Caller,
  type: OwnedType<T>,
  id: string,
): Promise<{ id: string }> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const record = await getOwned(unit, ctx.principal, type, id, 'delete');
    saveChange(unit, type, record, { ...record, deletedAt: ctx.now }, ctx);
    return { id };
  });
}

/**
 * Takes a record out of the bin; one that is in use stays as it is.
 * @throws AppError not-found, permission-denied, failed-precondition (merged), conflict
 */
export async function restoreOwned<T extends OwnedRecord>(
  ctx: Caller,
  type: OwnedType<T>,
  id: string,
): Promise<Stored<T>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const record = await getOwnedOrBinned(unit, ctx.principal, type, id, 'delete');
    if (record.mergedInto) {
      throw new AppError(
        'failed-precondition',
        `This ${type.recordType} was merged into '${record.mergedInto}' and lives on there; it cannot be restored`,
      );
    }
    return saveChange(unit, type, record, { ...record, deletedAt: null }, ctx);
  });
}

/** Adds tags to a record and removes others. @throws AppError not-found, permission-denied, invalid-argument (add), conflict */
export async function changeTagsOfOwned<T extends OwnedRecord>(
  ctx: Caller,
  type: OwnedType<T>,
  id: string,
  change: TagChange,
): Promise<Stored<T>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const record = await getOwned(unit, ctx.principal, type, id, 'update');
    const tags = changeTags(record.tags, change);
    return saveChange(unit, type, record, { ...record, tags }, ctx);
  });
}

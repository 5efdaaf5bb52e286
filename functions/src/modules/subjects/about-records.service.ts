import type { Collection, Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import {
  changeRecord,
  type Patch,
  type RecordFields,
  requireVersion,
} from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess, requireCreate } from '../access/access.public.ts';
import type { Operation } from '../access/access.schema.ts';
import { getOwner } from '../users/users.public.ts';
import { type AboutQuery, selectAbout } from './about-records.repository.ts';
import type { SubjectRef, SubjectType } from './subjects.schema.ts';
import { findSubject, getSubject, type Subject } from './subjects.service.ts';

type Caller = Context<Principal>;

/** A record about another one: a note, a task, an activity. Its owner is its author or assignee. */
export interface AboutRecord extends RecordFields {
  recordType: SubjectType;
  recordId: string;
  ownerId: string;
  teamId: string | null;
  deletedAt: Date | null;
}

/** What the shared use cases need to know of a kind of such records. */
export interface AboutKind<T extends AboutRecord> {
  readonly recordType: 'note' | 'task' | 'activity';
  readonly collection: Collection<T>;
}

/** Who is concerned by such a record, beside those who can see what it is about. */
export function aboutAudience({
  ownerId,
  teamId,
}: Pick<AboutRecord, 'ownerId' | 'teamId'>): Audience {
  return { ownerId, teamId, participantIds: [ownerId] };
}

/**
 * Adds a record about another that the caller can see. Billed: the read of what it is about and of
 * the owner when that is somebody else, and one write. `check` refuses what the kind asks for besides.
 * @throws AppError not-found (what it is about), invalid-argument (ownerId), permission-denied
 */
export async function createAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  { ownerId, ...ref }: SubjectRef & { readonly ownerId?: string | undefined },
  build: (about: Pick<AboutRecord, 'recordType' | 'recordId' | 'ownerId' | 'teamId'>) => T,
  check?: (unit: UnitOfWork, subject: Subject) => Promise<void>,
): Promise<Stored<T>> {
  const { principal } = ctx;
  const id = ctx.newId();
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const [subject, owner] = await Promise.all([
      getSubject(unit, principal, ref),
      getOwner(unit, principal, ownerId ?? principal.uid),
    ]);
    await check?.(unit, subject);
    const owned = { ownerId: owner.id, teamId: owner.teamId };
    requireCreate(principal, kind.recordType, aboutAudience(owned));
    const { recordType, recordId } = subject;
    return unit.create(kind.collection, id, build({ recordType, recordId, ...owned }));
  });
}

/**
 * Such a record, for its owner, those who oversee them, and whoever can see what it is about. One
 * billed read, and one for what it is about unless it is the caller's to see anyway.
 * @throws AppError not-found
 */
export async function getAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  id: string,
): Promise<Stored<T>> {
  return getForOperation(openUnit(ctx, ctx.principal.orgId), ctx.principal, kind, id, 'read');
}

/**
 * Changes such a record; a change that leaves everything as it is makes no event.
 * @throws AppError not-found, permission-denied, conflict (version)
 */
export async function changeAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  {
    id,
    version,
    ownerId,
  }: { id: string; version?: number | undefined; ownerId?: string | undefined },
  patchOf: (record: Stored<T>) => Patch<Omit<T, keyof RecordFields>>,
): Promise<Stored<T>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const record = await getForOperation(unit, principal, kind, id, 'update');
    requireVersion(record, version);
    const owner = await ownerAfter(unit, principal, kind, record, ownerId);
    const patch = { ...patchOf(record), ...owner };
    return changeRecord(unit, kind.collection, record, patch, { actor: principal.uid, now });
  });
}

async function ownerAfter<T extends AboutRecord>(
  unit: UnitOfWork,
  caller: Principal,
  { recordType }: AboutKind<T>,
  record: Stored<T>,
  ownerId: string | undefined,
): Promise<Pick<AboutRecord, 'ownerId' | 'teamId'>> {
  const { ownerId: current, teamId } = record;
  if (ownerId === undefined || ownerId === current) return { ownerId: current, teamId };
  requireAccess(caller, 'assign', recordType, { ...aboutAudience(record), id: record.id });
  const owner = await getOwner(unit, caller, ownerId);
  const after = { ownerId: owner.id, teamId: owner.teamId };
  requireCreate(caller, recordType, aboutAudience(after));
  return after;
}

/** Puts such a record into the bin. @throws AppError not-found, permission-denied, conflict */
export async function binAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  id: string,
): Promise<{ id: string }> {
  await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const record = await getForOperation(unit, ctx.principal, kind, id, 'delete');
    setDeletedAt(unit, ctx, kind, record, ctx.now);
    return { id };
  });
  return { id };
}

/**
 * Takes such a record out of the bin; one that is in use stays as it is.
 * @throws AppError not-found, permission-denied, conflict
 */
export async function restoreAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  id: string,
): Promise<Stored<T>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const record = await unit.get(kind.collection, id);
    requireAccess(ctx.principal, 'delete', kind.recordType, { ...aboutAudience(record), id });
    return setDeletedAt(unit, ctx, kind, record, null);
  });
}

function setDeletedAt<T extends AboutRecord>(
  unit: UnitOfWork,
  { principal, now }: Caller,
  { collection }: AboutKind<T>,
  record: Stored<T>,
  deletedAt: Date | null,
): Stored<T> {
  const patch: Patch<Omit<AboutRecord, keyof RecordFields>> = { deletedAt };
  return changeRecord(unit, collection, record, patch as Patch<Omit<T, keyof RecordFields>>, {
    ...{ actor: principal.uid, now },
  });
}

/**
 * A page of such records: those about one record, which the caller must be able to see, or else
 * those that the caller wrote or is to do, and those of the teams the caller manages.
 * @throws AppError not-found (what they are about), invalid-argument (recordId, cursor)
 */
export async function listAbout<T extends AboutRecord>(
  ctx: Caller,
  kind: AboutKind<T>,
  query: AboutQuery,
): Promise<{ records: Stored<T>[]; nextCursor: string | null }> {
  const { principal } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const ref = subjectRefOf(query);
  const subject = ref && (await getSubject(unit, principal, ref));
  const { order, limit, cursor } = query;
  const select = selectAbout(principal, kind.recordType, query, subject);
  return unit.page(kind.collection, select, { order, limit, cursor });
}

function subjectRefOf({ recordType, recordId }: AboutQuery): SubjectRef | undefined {
  if (recordType === undefined && recordId === undefined) return undefined;
  if (recordType !== undefined && recordId !== undefined) return { recordType, recordId };
  const field = recordType === undefined ? 'recordType' : 'recordId';
  throw new AppError(
    'invalid-argument',
    `${field}: give recordType and recordId together, or neither`,
    { field },
  );
}

async function getForOperation<T extends AboutRecord>(
  unit: UnitOfWork,
  caller: Principal,
  { recordType, collection }: AboutKind<T>,
  id: string,
  operation: Operation,
): Promise<Stored<T>> {
  const record = await unit.get(collection, id);
  if (record.deletedAt !== null) throw notFound(collection.label, id);
  if (isAllowed(caller, operation, recordType, aboutAudience(record))) return record;
  const isOwn = isAllowed(caller, 'read', recordType, aboutAudience(record));
  if (!isOwn && (await findSubject(unit, caller, record)) === undefined) {
    throw notFound(collection.label, id);
  }
  if (operation === 'read') return record;
  throw new AppError(
    'permission-denied',
    `You can read this ${recordType}, but only who it belongs to and those who oversee them can ${operation} it`,
  );
}

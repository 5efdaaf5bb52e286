import { requireOrgAccess } from '../modules/access/access.public.ts';
import { addJob, enqueueJob } from '../modules/jobs/jobs.public.ts';
import type { Job } from '../modules/jobs/jobs.schema.ts';
import { changeMembership, changeUser, users } from '../modules/users/users.public.ts';
import type { HandOver, UpdateUser, User } from '../modules/users/users.schema.ts';
import { findAccountByUid, setAccountOrg } from '../platform/accounts.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/** A member as changed, and the job that brings their records after them, if there is one to do. */
export interface ChangedUser {
  readonly user: Stored<User>;
  readonly jobId: string | null;
}

/**
 * Changes a member. When the team changes, a job ordered in the same commit makes the records the
 * member owns follow.
 * @throws AppError permission-denied, not-found, invalid-argument (teamId, managedTeamIds),
 * failed-precondition when no administrator would be left
 */
export async function updateUser(
  ctx: Caller,
  { userId, ...change }: UpdateUser,
): Promise<ChangedUser> {
  requireOrgAccess(ctx.principal, 'update', 'user');
  const newJobId = ctx.newId();
  const changed = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const { before, after } = await changeUser(unit, ctx, userId, (user) =>
      changeMembership(user, change),
    );
    if (before.teamId === after.teamId) return { user: after, jobId: null };
    addJob(ctx, unit, { id: newJobId, type: 'followTeam', input: { userId } });
    return { user: after, jobId: newJobId };
  });
  if (changed.jobId !== null) await enqueueJob(ctx, changed.jobId);
  return changed;
}

/**
 * Ends a membership from the next request on, by every door, and hands the person's open records
 * over if a successor is named. The person stays known, for the records they have made.
 * @throws AppError permission-denied, not-found, invalid-argument (handOverTo), failed-precondition
 * when no administrator would be left
 */
export async function deactivateUser(
  ctx: Caller,
  { userId, handOverTo }: { userId: string; handOverTo?: string | undefined },
): Promise<ChangedUser> {
  requireOrgAccess(ctx.principal, 'update', 'user');
  const newJobId = ctx.newId();
  const changed = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const { after } = await changeUser(unit, ctx, userId, (user) => ({ ...user, active: false }));
    if (handOverTo === undefined) return { user: after, jobId: null };
    const order = { fromUserId: userId, toUserId: handOverTo };
    await requireSuccessor(unit, order, 'handOverTo');
    addJob(ctx, unit, { id: newJobId, type: 'handOver', input: order });
    return { user: after, jobId: newJobId };
  });
  if (changed.jobId !== null) await enqueueJob(ctx, changed.jobId);
  return changed;
}

/**
 * Ends the caller's own membership, which everybody may, from the next request on. What they look
 * after stays with them until an administrator hands it over; administrators are told.
 * @throws AppError permission-denied to an API key, failed-precondition when no administrator would
 * be left
 */
export async function leaveOrganisation(ctx: Caller): Promise<Stored<User>> {
  const { kind, orgId, uid } = ctx.principal;
  if (kind !== 'user') {
    throw new AppError(
      'permission-denied',
      'An API key has no membership to end; an administrator revokes it',
    );
  }
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const { after } = await changeUser(unit, ctx, uid, (user) => ({ ...user, active: false }));
    return after;
  });
}

/**
 * Restores a membership. An account that has joined another organisation meanwhile stays there.
 * @throws AppError permission-denied, not-found, failed-precondition
 */
export async function reactivateUser(ctx: Caller, userId: string): Promise<ChangedUser> {
  requireOrgAccess(ctx.principal, 'update', 'user');
  const { orgId } = ctx.principal;
  await openUnit(ctx, orgId).get(users, userId);
  await reclaimAccount(ctx, userId);
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const { after } = await changeUser(unit, ctx, userId, (user) => ({ ...user, active: true }));
    return { user: after, jobId: null };
  });
}

/**
 * Orders the job that moves all open records of one member to another.
 * @throws AppError permission-denied, not-found (the former owner), invalid-argument (toUserId)
 */
export async function orderHandOver(ctx: Caller, order: HandOver): Promise<Stored<Job>> {
  requireOrgAccess(ctx.principal, 'update', 'user');
  const jobId = ctx.newId();
  const job = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    await unit.get(users, order.fromUserId);
    await requireSuccessor(unit, order, 'toUserId');
    return addJob(ctx, unit, { id: jobId, type: 'handOver', input: { ...order } });
  });
  await enqueueJob(ctx, job.id);
  return job;
}

async function requireSuccessor(
  unit: UnitOfWork,
  { fromUserId, toUserId }: HandOver,
  field: string,
): Promise<void> {
  if (fromUserId !== toUserId && (await unit.find(users, toUserId))?.active) return;
  throw new AppError(
    'invalid-argument',
    `${field}: give the id of another active member of your organisation`,
    { field },
  );
}

/** Makes the account's tokens name this organisation again, unless they name one it has joined. */
async function reclaimAccount(ctx: Caller, userId: string): Promise<void> {
  const { orgId } = ctx.principal;
  const account = await findAccountByUid(userId);
  if (account === undefined || account.orgId === orgId) return;
  const elsewhere =
    account.orgId === undefined
      ? undefined
      : await openUnit(ctx, account.orgId).find(users, userId);
  if (elsewhere?.active === true) {
    throw new AppError(
      'failed-precondition',
      'This person’s account has joined another organisation; invite them under another address',
    );
  }
  await setAccountOrg(userId, orgId);
}

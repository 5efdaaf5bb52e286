import type { Identity } from '../../platform/accounts.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { openUnit, type Store, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { joinTeams } from '../teams/teams.public.ts';
import {
  changedFields,
  losesAdmin,
  type Membership,
  requireManagerOf,
  teamsJoined,
} from './users.policy.ts';
import { hasOtherAdmin, users, whereMember } from './users.repository.ts';
import type { ListUsers, User } from './users.schema.ts';

type Caller = Context<Principal>;

/** Whoever takes an administrator away holds this guard, so that two of them cannot take the last two. */
const ADMINS_GUARD = 'admins';

/**
 * The caller's present membership, read for each request so that a demotion or removal binds at
 * once, however long the token lives. One billed read.
 * @throws AppError permission-denied when the caller has no active membership
 */
export async function loadMember(
  store: Store,
  { uid, orgId }: Identity,
): Promise<{ user: Stored<User>; principal: Principal }> {
  if (orgId === undefined) {
    throw new AppError(
      'permission-denied',
      'You are not a member of an organisation; sign up first',
    );
  }
  const user = await openUnit({ store }, orgId).find(users, uid);
  if (user === undefined || !user.active) {
    throw new AppError(
      'permission-denied',
      'Your membership of this organisation has ended; ask an administrator to restore it',
    );
  }
  return { user, principal: principalOf(orgId, user) };
}

/** Who the caller is at present: see `loadMember`. @throws AppError permission-denied */
export async function loadPrincipal(store: Store, identity: Identity): Promise<Principal> {
  return (await loadMember(store, identity)).principal;
}

/** What a member may do, in the form that access is decided on. */
export function principalOf(orgId: string, user: Stored<User>): Principal {
  const { id, role, teamId, managedTeamIds } = user;
  return {
    ...{ kind: 'user', orgId, uid: id, role, teamId, managedTeamIds },
    scopes: ['read:crm', 'write:crm'],
  };
}

/** The member with this id. @throws AppError not-found */
export async function getUser(ctx: Caller, userId: string): Promise<Stored<User>> {
  requireOrgAccess(ctx.principal, 'read', 'user');
  return openUnit(ctx, ctx.principal.orgId).get(users, userId);
}

/** A page of the members, by name. @throws AppError invalid-argument (cursor) */
export async function listUsers(
  ctx: Caller,
  { cursor, limit, ...filter }: ListUsers,
): Promise<{ users: Stored<User>[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'user');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(users, (query) => whereMember(query, filter), {
    ...{ order: { field: 'name', direction: 'asc' }, limit, cursor },
  });
  return { users: records, nextCursor };
}

/** What is known of a person who is to be a member. */
export type NewUser = Pick<User, 'name' | 'email' | 'role' | 'teamId' | 'managedTeamIds'>;

/**
 * Adds a member under the uid of their account.
 * @throws AppError invalid-argument (teamId, managedTeamIds)
 */
export async function addUser(
  unit: UnitOfWork,
  uid: string,
  user: NewUser,
  change: { readonly actor: string; readonly now: Date },
): Promise<Stored<User>> {
  requireManagerOf(user);
  const nobody = { ...user, active: true, teamId: null, managedTeamIds: [] };
  await joinNewTeams(unit, nobody, { ...user, active: true }, change.now);
  return unit.create(users, uid, { ...firstVersion(change), ...user, active: true });
}

/**
 * Changes a membership as `change` says; one that stays as it is makes no event.
 * @throws AppError not-found, invalid-argument (teamId, managedTeamIds), failed-precondition when
 * the organisation would be left without an administrator
 */
export async function changeUser(
  unit: UnitOfWork,
  { principal, now }: Caller,
  userId: string,
  change: (before: Stored<User>) => Membership,
): Promise<{ before: Stored<User>; after: Stored<User> }> {
  const before = await unit.get(users, userId);
  const next = change(before);
  const changed = changedFields(before, next);
  if (Object.keys(changed).length === 0) return { before, after: before };
  if (losesAdmin(before, next)) await requireOtherAdmin(unit, userId, now);
  await joinNewTeams(unit, before, next, now);
  const by = { actor: principal.uid, now };
  return { before, after: updateRecord(unit, users, before, changed, by) };
}

async function requireOtherAdmin(unit: UnitOfWork, uid: string, now: Date): Promise<void> {
  await holdGuard(unit, ADMINS_GUARD, now);
  if (await hasOtherAdmin(unit, uid)) return;
  throw new AppError(
    'failed-precondition',
    'The last active administrator stays one; make somebody else an administrator first',
    { field: 'role' },
  );
}

async function joinNewTeams(
  unit: UnitOfWork,
  before: Membership,
  after: Membership,
  now: Date,
): Promise<void> {
  const { teamId, managedTeamIds } = teamsJoined(before, after);
  await joinTeams(unit, teamId, { field: 'teamId', now });
  const managedOnly = managedTeamIds.filter((id) => !teamId.includes(id));
  await joinTeams(unit, managedOnly, { field: 'managedTeamIds', now });
}

/**
 * The member who is to own a record; the caller costs no read.
 * @throws AppError invalid-argument: field ownerId, when there is no such active member
 */
export async function getOwner(
  unit: UnitOfWork,
  caller: Principal,
  ownerId: string,
): Promise<{ readonly id: string; readonly teamId: string | null }> {
  if (ownerId === caller.uid) {
    if (caller.kind === 'user') return { id: caller.uid, teamId: caller.teamId };
    throw new AppError(
      'invalid-argument',
      'ownerId: an API key owns no records; give the id of the member who is to own this one',
      { field: 'ownerId' },
    );
  }
  const owner = await unit.find(users, ownerId);
  if (owner?.active) return owner;
  throw new AppError(
    'invalid-argument',
    `ownerId: there is no active user '${ownerId}'; give the id of a member of your organisation`,
    { field: 'ownerId' },
  );
}

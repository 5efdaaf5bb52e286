import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../platform/errors.ts';
import type { UpdateUser, User } from './users.schema.ts';

/** What a membership consists of. */
export type Membership = Pick<User, 'name' | 'role' | 'teamId' | 'managedTeamIds' | 'active'>;

/**
 * The membership after a change. Who stops being a manager manages no team any more.
 * @throws AppError invalid-argument: field managedTeamIds
 */
export function changeMembership(
  before: Membership,
  { name, role, teamId, managedTeamIds }: Omit<UpdateUser, 'userId'>,
): Membership {
  const nextRole = role ?? before.role;
  const kept = nextRole === 'manager' ? before.managedTeamIds : [];
  const after = {
    name: name ?? before.name,
    role: nextRole,
    teamId: teamId === undefined ? before.teamId : teamId,
    managedTeamIds: [...new Set(managedTeamIds ?? kept)],
    active: before.active,
  };
  requireManagerOf(after);
  return after;
}

/** Refuses managed teams for anybody but a manager. @throws AppError invalid-argument: managedTeamIds */
export function requireManagerOf({
  role,
  managedTeamIds,
}: Pick<User, 'role' | 'managedTeamIds'>): void {
  if (role === 'manager' || managedTeamIds.length === 0) return;
  throw new AppError(
    'invalid-argument',
    `managedTeamIds: only a manager manages teams; leave it empty or make the role manager`,
    { field: 'managedTeamIds' },
  );
}

/** The fields of a membership that a change alters. */
export function changedFields(before: Membership, after: Membership): Partial<Membership> {
  const changed: Partial<Membership> = {};
  if (before.name !== after.name) changed.name = after.name;
  if (before.role !== after.role) changed.role = after.role;
  if (before.teamId !== after.teamId) changed.teamId = after.teamId;
  if (before.active !== after.active) changed.active = after.active;
  if (!isDeepStrictEqual(before.managedTeamIds, after.managedTeamIds)) {
    changed.managedTeamIds = after.managedTeamIds;
  }
  return changed;
}

/** True when a change takes an administrator away. */
export function losesAdmin(before: Membership, after: Membership): boolean {
  return isAdmin(before) && !isAdmin(after);
}

/** The teams that a person newly belongs to or manages, whose existence has to be checked. */
export function teamsJoined(before: Membership, after: Membership) {
  const isNewTeam = after.teamId !== null && after.teamId !== before.teamId;
  return {
    teamId: isNewTeam && after.teamId !== null ? [after.teamId] : [],
    managedTeamIds: after.managedTeamIds.filter((id) => !before.managedTeamIds.includes(id)),
  };
}

function isAdmin({ role, active }: Membership): boolean {
  return active && role === 'admin';
}

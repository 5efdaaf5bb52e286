import type { User } from './users.schema.ts';

/** What can happen to a member; an event lists every name that fits, most telling first. */
export type UserEventType =
  | 'user.created'
  | 'user.deactivated'
  | 'user.reactivated'
  | 'user.role_changed'
  | 'user.team_changed'
  | 'user.updated';

/** Names what happened to a member between two of its states. */
export function nameUserChanges(before: User | undefined, after: User): UserEventType[] {
  if (before === undefined) return ['user.created'];
  const names: UserEventType[] = [];
  if (before.active !== after.active) {
    names.push(after.active ? 'user.reactivated' : 'user.deactivated');
  }
  if (before.role !== after.role) names.push('user.role_changed');
  if (before.teamId !== after.teamId) names.push('user.team_changed');
  return names.length === 0 ? ['user.updated'] : names;
}

import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type ListUsers, type User, userSchema } from './users.schema.ts';

export type { Query };

export const users: Collection<User> = orgCollection('users', 'User', userSchema);

/** Narrows a query of members to those that a list asks for. */
export function whereMember(
  query: Query,
  { teamId, role, active }: Pick<ListUsers, 'teamId' | 'role' | 'active'>,
): Query {
  let narrowed = query;
  if (teamId !== undefined) narrowed = narrowed.where('teamId', '==', teamId);
  if (role !== undefined) narrowed = narrowed.where('role', '==', role);
  if (active !== undefined) narrowed = narrowed.where('active', '==', active === 'true');
  return narrowed;
}

/** The indexes that lists of members need: they are ordered by name. */
export const userIndexes = [
  compositeIndex('users', 'teamId', 'name'),
  compositeIndex('users', 'role', 'name'),
  compositeIndex('users', 'active', 'name'),
];

/** True when somebody else than `uid` is an active administrator. */
export async function hasOtherAdmin(unit: UnitOfWork, uid: string): Promise<boolean> {
  const admins = await unit.query(users, (query) =>
    query.where('role', '==', 'admin').where('active', '==', true).limit(2),
  );
  return admins.some(({ id }) => id !== uid);
}

/** True when somebody of the organisation has this e-mail address, active or not. */
export async function isMemberEmail(unit: UnitOfWork, email: string): Promise<boolean> {
  const found = await unit.query(users, (query) => query.where('email', '==', email).limit(1));
  return found.length > 0;
}

/** How many people belong to a team or manage it, deactivated ones included. */
export async function countTeamPeople(unit: UnitOfWork, teamId: string): Promise<number> {
  const [members, managers] = await Promise.all([
    unit.count(users, (query) => query.where('teamId', '==', teamId)),
    unit.count(users, (query) => query.where('managedTeamIds', 'array-contains', teamId)),
  ]);
  return members + managers;
}

/** More managers than a team should have. */
const MAX_MANAGERS = 50;

/** The active members who manage a team. One billed read each, at least one. */
export async function listManagers(unit: UnitOfWork, teamId: string): Promise<Stored<User>[]> {
  const found = await unit.queryReference(users, `managers of ${teamId}`, (query) =>
    query.where('managedTeamIds', 'array-contains', teamId).limit(MAX_MANAGERS),
  );
  return found.filter(({ active, role }) => active && role === 'manager');
}

/** More administrators than an organisation should have. */
const MAX_ADMINS = 50;

/** The active administrators. One billed read each, at least one. */
export async function listAdmins(unit: UnitOfWork): Promise<Stored<User>[]> {
  const found = await unit.query(users, (query) =>
    query.where('role', '==', 'admin').limit(MAX_ADMINS),
  );
  return found.filter(({ active }) => active);
}

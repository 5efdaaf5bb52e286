import {
  appendOnlyCollection,
  type Collection,
  orgCollection,
  type Stored,
} from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import {
  type Plan,
  type PlanBook,
  type PlanVersion,
  planBookSchema,
  planSchema,
  planVersionSchema,
  type Terms,
  termsSchema,
} from './plans.schema.ts';

export const plans: Collection<Plan> = orgCollection('plans', 'Plan', planSchema);
export const planVersions: Collection<PlanVersion> = appendOnlyCollection(
  'planVersions',
  'Plan version',
  planVersionSchema,
);
export const planBooks: Collection<PlanBook> = orgCollection(
  'planBooks',
  'Plan book',
  planBookSchema,
);
export const terms: Collection<Terms> = appendOnlyCollection('terms', 'Terms', termsSchema);

/** The one book of an organisation. */
export const PLAN_BOOK_ID = 'current';

/** The indexes that lists of plans need. */
export const planIndexes = [
  compositeIndex('plans', 'archivedAt', 'name'),
  compositeIndex('planVersions', 'planId', 'number desc'),
];

/** More managers than a team should have. */
const MAX_MANAGERS = 50;

/** The active members who manage a team. One billed read each, at least one. */
export async function listManagers(unit: UnitOfWork, teamId: string): Promise<Stored<User>[]> {
  const found = await unit.queryReference(users, `managers of ${teamId}`, (query) =>
    query.where('managedTeamIds', 'array-contains', teamId).limit(MAX_MANAGERS),
  );
  return found.filter(({ active, role }) => active && role === 'manager');
}

import { appendOnlyCollection, type Collection, orgCollection } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
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

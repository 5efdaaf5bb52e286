import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { CompositeIndex } from '../../platform/indexes.ts';
import { aboutIndexes } from '../subjects/subjects.public.ts';
import { type Activity, activitySchema } from './activities.schema.ts';

export const activities: Collection<Activity> = orgCollection(
  'activities',
  'Activity',
  activitySchema,
);

/** The composite indexes that lists of activities need. */
export const activityIndexes: readonly CompositeIndex[] = aboutIndexes(
  'activities',
  'occurredAt desc',
  ['type'],
);

import type { RecordKind } from '../events/events.public.ts';
import { type AboutKind, aboutAudience } from '../subjects/subjects.public.ts';
import { nameActivityChanges } from './activities.events.ts';
import { activities } from './activities.repository.ts';
import type { Activity } from './activities.schema.ts';

/** How changes of activities become events, and what the use cases of records about others know of them. */
export const activityKind: RecordKind<Activity> & AboutKind<Activity> = {
  recordType: 'activity',
  collection: activities,
  audienceOf: aboutAudience,
  nameChanges: nameActivityChanges,
};

import type { RecordKind } from '../events/events.public.ts';
import { type AboutKind, aboutAudience } from '../subjects/subjects.public.ts';
import { nameTaskChanges } from './tasks.events.ts';
import { tasks } from './tasks.repository.ts';
import type { Task } from './tasks.schema.ts';

/** How changes of tasks become events, and what the use cases of records about others know of them. */
export const taskKind: RecordKind<Task> & AboutKind<Task> = {
  recordType: 'task',
  collection: tasks,
  audienceOf: aboutAudience,
  nameChanges: nameTaskChanges,
};

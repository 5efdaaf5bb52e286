import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import { aboutIndexes } from '../subjects/subjects.public.ts';
import { type Task, taskSchema } from './tasks.schema.ts';

export const tasks: Collection<Task> = orgCollection('tasks', 'Task', taskSchema);

/** The composite indexes that lists of tasks need, and the newest first of a timeline. */
export const taskIndexes: readonly CompositeIndex[] = [
  ...aboutIndexes('tasks', 'dueAt', ['done']),
  compositeIndex('tasks', 'recordType', 'recordId', 'deletedAt', 'createdAt desc'),
];

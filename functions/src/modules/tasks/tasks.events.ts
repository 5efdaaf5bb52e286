import { nameBinChange } from '../subjects/subjects.events.ts';
import type { Task } from './tasks.schema.ts';

/** Names what happened to a task between two of its states, most telling first. */
export function nameTaskChanges(before: Task | undefined, after: Task): string[] {
  const binned = nameBinChange('task', before, after);
  const names = binned === undefined ? [] : [binned];
  if (before === undefined) return names;
  if (!before.done && after.done) names.push('task.completed');
  if (before.done && !after.done) names.push('task.reopened');
  if (before.ownerId !== after.ownerId) names.push('task.reassigned');
  return names.length === 0 ? ['task.updated'] : names;
}

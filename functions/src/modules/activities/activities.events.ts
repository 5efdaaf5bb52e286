import { nameBinChange } from '../subjects/subjects.events.ts';
import type { Activity } from './activities.schema.ts';

/** Names what happened to an activity between two of its states. */
export function nameActivityChanges(before: Activity | undefined, after: Activity): string[] {
  return [nameBinChange('activity', before, after) ?? 'activity.updated'];
}

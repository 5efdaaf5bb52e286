import { nameBinChange } from '../subjects/subjects.events.ts';
import type { Note } from './notes.schema.ts';

/** Names what happened to a note between two of its states. */
export function nameNoteChanges(before: Note | undefined, after: Note): string[] {
  return [nameBinChange('note', before, after) ?? 'note.updated'];
}

import type { RecordKind } from '../events/events.public.ts';
import { type AboutKind, aboutAudience } from '../subjects/subjects.public.ts';
import { nameNoteChanges } from './notes.events.ts';
import { notes } from './notes.repository.ts';
import type { Note } from './notes.schema.ts';

/** How changes of notes become events, and what the use cases of records about others know of them. */
export const noteKind: RecordKind<Note> & AboutKind<Note> = {
  recordType: 'note',
  collection: notes,
  audienceOf: aboutAudience,
  nameChanges: nameNoteChanges,
};

import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { CompositeIndex } from '../../platform/indexes.ts';
import { aboutIndexes } from '../subjects/subjects.public.ts';
import { type Note, noteSchema } from './notes.schema.ts';

export const notes: Collection<Note> = orgCollection('notes', 'Note', noteSchema);

/** The composite indexes that lists of notes need. */
export const noteIndexes: readonly CompositeIndex[] = aboutIndexes('notes', 'createdAt desc', [
  'pinned',
]);

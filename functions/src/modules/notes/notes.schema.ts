import { z } from 'zod';
import { idSchema, textSchema } from '../../platform/text.schema.ts';
import {
  aboutShape,
  aboutViewShape,
  listAboutShape,
  subjectRefShape,
} from '../subjects/subjects.schema.ts';

const noteTextSchema = textSchema(20_000).refine((text) => text.trim() !== '', {
  error: 'must not be empty',
});

/** Whom a note names: they are told of it. Each of them can see what it is about. */
const mentionsSchema = z.array(idSchema).max(20);

/** A note about a record, `orgs/{orgId}/notes/{noteId}`; its owner is its author. */
export const noteSchema = z.strictObject({
  ...aboutShape,
  text: noteTextSchema,
  pinned: z.boolean(),
  // Notes written before there were mentions have none.
  mentions: mentionsSchema.default([]),
});
export type Note = z.infer<typeof noteSchema>;

export const newNoteSchema = z.strictObject({
  ...subjectRefShape,
  text: noteTextSchema,
  pinned: z.boolean().default(false),
  mentions: mentionsSchema.transform((uids) => [...new Set(uids)]).optional(),
});
export type NewNote = z.infer<typeof newNoteSchema>;

/** A change of a note. `version` is the one it is based on; an outdated one is refused. */
export const updateNoteSchema = z.strictObject({
  noteId: idSchema,
  version: noteSchema.shape.version.optional(),
  text: noteTextSchema.optional(),
  pinned: z.boolean().optional(),
});
export type UpdateNote = z.infer<typeof updateNoteSchema>;

/** Which notes to list, newest first. */
export const listNotesSchema = z.strictObject({
  ...listAboutShape,
  pinned: z.enum(['true', 'false']).optional(),
});
export type ListNotes = z.infer<typeof listNotesSchema>;

/** A note as the doors show it. */
export const noteViewSchema = z.object({
  ...aboutViewShape,
  text: z.string(),
  pinned: z.boolean(),
  authorId: z.string(),
  mentions: z.array(z.string()).default([]),
});
export type NoteView = z.infer<typeof noteViewSchema>;

/** What the doors show of a note. */
export function toNoteView(note: Note & { readonly id: string }): NoteView {
  const { id, recordType, recordId, version, text, pinned, mentions } = note;
  return {
    ...{ id, recordType, recordId, version, text, pinned, mentions, authorId: note.ownerId },
    createdAt: note.createdAt.toISOString(),
    updatedAt: note.updatedAt.toISOString(),
  };
}

import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import {
  binAbout,
  changeAbout,
  createAbout,
  getAbout,
  listAbout,
  requireReaders,
  restoreAbout,
} from '../subjects/subjects.public.ts';
import { noteKind } from './notes.kind.ts';
import type { ListNotes, NewNote, Note, UpdateNote } from './notes.schema.ts';

type Caller = Context<Principal>;
type AboutPart = Pick<Note, 'recordType' | 'recordId' | 'ownerId' | 'teamId'>;

/**
 * Writes a note about a record that the caller can see; the caller's own, unless somebody else is to
 * have it. Whom it mentions must be able to see the record too. Billed besides: a read for each of them.
 * @throws AppError not-found, invalid-argument (ownerId, mentions)
 */
export function createNote(
  ctx: Caller,
  { text, pinned, mentions = [], ...ref }: NewNote & { readonly ownerId?: string },
): Promise<Stored<Note>> {
  const build = (about: AboutPart): Note => ({
    ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
    ...about,
    ...{ text, pinned, mentions, deletedAt: null },
  });
  return createAbout(ctx, noteKind, ref, build, (unit, subject) =>
    requireReaders(unit, ctx.principal, subject, { field: 'mentions', uids: mentions }),
  );
}

/** The note with this id. @throws AppError not-found */
export function getNote(ctx: Caller, { noteId }: { noteId: string }): Promise<Stored<Note>> {
  return getAbout(ctx, noteKind, noteId);
}

/** Changes a note. @throws AppError not-found, permission-denied, conflict (version) */
export function updateNote(
  ctx: Caller,
  { noteId, version, text, pinned }: UpdateNote,
): Promise<Stored<Note>> {
  return changeAbout(ctx, noteKind, { id: noteId, version }, () => ({ text, pinned }));
}

/** Puts a note into the bin. @throws AppError not-found, permission-denied */
export function deleteNote(ctx: Caller, { noteId }: { noteId: string }): Promise<{ id: string }> {
  return binAbout(ctx, noteKind, noteId);
}

/** Takes a note out of the bin. @throws AppError not-found, permission-denied */
export function restoreNote(ctx: Caller, { noteId }: { noteId: string }): Promise<Stored<Note>> {
  return restoreAbout(ctx, noteKind, noteId);
}

/** A page of notes, newest first. @throws AppError not-found (what they are about), invalid-argument */
export function listNotes(
  ctx: Caller,
  { pinned, ...query }: ListNotes,
): Promise<{ records: Stored<Note>[]; nextCursor: string | null }> {
  return listAbout(ctx, noteKind, {
    ...query,
    order: { field: 'createdAt', direction: 'desc' },
    filters: pinned === undefined ? [] : [['pinned', '==', pinned === 'true']],
  });
}

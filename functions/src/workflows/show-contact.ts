import { getContact } from '../modules/contacts/contacts.public.ts';
import type { Contact } from '../modules/contacts/contacts.schema.ts';
import { notes } from '../modules/notes/notes.public.ts';
import type { Note } from '../modules/notes/notes.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';

const MAX_NOTES = 50;

/** A contact with what was written to, planned with and noted about them, newest first. */
export interface ContactPage {
  readonly contact: Stored<Contact>;
  readonly messages: { id: string; content: string; direction: string; createdAt: string }[];
  readonly appointments: { id: string }[];
  readonly notes: Stored<Note>[];
}

/**
 * A contact's page, with the latest 50 notes, which whoever can see the contact may read. Modules
 * that come to hold messages and appointments are read here. Billed: one read and one a note.
 * @throws AppError not-found
 */
export async function showContact(ctx: Context<Principal>, id: string): Promise<ContactPage> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [contact, latestNotes] = await Promise.all([
    getContact(ctx, id),
    unit.query(notes, (query) =>
      query
        .where('recordType', '==', 'contact')
        .where('recordId', '==', id)
        .where('deletedAt', '==', null)
        .orderBy('createdAt', 'desc')
        .limit(MAX_NOTES),
    ),
  ]);
  return { contact, messages: [], appointments: [], notes: latestNotes };
}

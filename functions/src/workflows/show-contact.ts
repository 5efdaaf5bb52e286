import { findAppointmentsOfContact } from '../modules/appointments/appointments.public.ts';
import type { Appointment } from '../modules/appointments/appointments.schema.ts';
import { getContact } from '../modules/contacts/contacts.public.ts';
import type { Contact } from '../modules/contacts/contacts.schema.ts';
import { findLatestWith } from '../modules/conversations/conversations.public.ts';
import { type MessageView, toMessageView } from '../modules/conversations/message-view.schema.ts';
import { notes } from '../modules/notes/notes.public.ts';
import type { Note } from '../modules/notes/notes.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';

const MAX_NOTES = 50;
const MAX_MESSAGES = 50;

/** A contact with what was written to, planned with and noted about them, newest first. */
export interface ContactPage {
  readonly contact: Stored<Contact>;
  readonly messages: MessageView[];
  readonly appointments: Stored<Appointment>[];
  readonly notes: Stored<Note>[];
}

/**
 * A contact's page, with the latest 50 messages, appointments and notes, which whoever can see the
 * contact may read. Billed: one read, and one for each of those, for each kind at least one.
 * @throws AppError not-found
 */
export async function showContact(ctx: Context<Principal>, id: string): Promise<ContactPage> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [contact, latestNotes, latestAppointments, latestMessages] = await Promise.all([
    getContact(ctx, id),
    unit.query(notes, (query) =>
      query
        .where('recordType', '==', 'contact')
        .where('recordId', '==', id)
        .where('deletedAt', '==', null)
        .orderBy('createdAt', 'desc')
        .limit(MAX_NOTES),
    ),
    findAppointmentsOfContact(unit, id),
    findLatestWith(unit, [id], MAX_MESSAGES),
  ]);
  const isMerged = contact.mergedFrom.length > 0;
  const ids = [id, ...contact.mergedFrom];
  const said = isMerged ? await findLatestWith(unit, ids, MAX_MESSAGES) : latestMessages;
  return {
    contact,
    messages: said.map(toMessageView),
    appointments: latestAppointments,
    notes: latestNotes,
  };
}

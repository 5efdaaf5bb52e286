import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../../platform/collection.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { contacts } from '../contacts/contacts.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import type { RecordedChange } from '../events/events.public.ts';
import {
  conversationIdOf,
  conversations,
  messages,
  pageOfMessagesAbout,
} from './conversations.repository.ts';
import { type Channel, type Conversation, channelSchema } from './conversations.schema.ts';
import { glanceOf } from './write-message.ts';

/**
 * Brings what changed of a contact to its conversations and messages: who may see them, what a list
 * shows of it, and whether it is in use; the conversations of one that was merged go on with the
 * other's. Nobody has changed a message by that, so there is no new version and no event.
 */
export async function followContactInConversations(
  ctx: WorkContext,
  { orgId, recordId, before, after }: RecordedChange<Contact>,
): Promise<void> {
  if (before === undefined || after === undefined) return;
  if (isDeepStrictEqual(drawnFrom(before), drawnFrom(after))) return;
  const { store, now } = ctx;
  for (const channel of channelSchema.options) {
    await runUnitOfWork({ store, now }, orgId, (unit) => redraw(unit, recordId, channel));
  }
  if (before.ownerId !== after.ownerId || before.teamId !== after.teamId) {
    await handMessagesOver({ store, now }, orgId, recordId);
  }
}

function drawnFrom(contact: Contact) {
  const { ownerId, teamId, deletedAt, mergedInto } = contact;
  return { ...glanceOf(contact), ownerId, teamId, deletedAt, mergedInto };
}

/** From the contact as it is now: changes may arrive late and in any order. */
async function redraw(unit: UnitOfWork, contactId: string, channel: Channel): Promise<void> {
  const [contact, conversation] = await Promise.all([
    unit.find(contacts, contactId),
    unit.find(conversations, conversationIdOf(contactId, channel)),
  ]);
  if (contact === undefined || conversation === undefined) return;
  const { ownerId, teamId, deletedAt, mergedInto } = contact;
  if (mergedInto !== null && conversation.deletedAt === null) {
    await absorb(unit, conversation, mergedInto);
  }
  const drawn = { ownerId, teamId, deletedAt, contact: glanceOf(contact) };
  unit.update(conversations, conversation, drawn);
}

/** Lets a conversation go on with the contact that its own was merged into; once, as it ends then. */
async function absorb(
  unit: UnitOfWork,
  { id: _, ...ended }: Stored<Conversation>,
  contactId: string,
): Promise<void> {
  const goingOnId = conversationIdOf(contactId, ended.channel);
  const [contact, goingOn] = await Promise.all([
    unit.find(contacts, contactId),
    unit.find(conversations, goingOnId),
  ]);
  if (contact === undefined) return;
  const { ownerId, teamId, deletedAt } = contact;
  const drawn = { ownerId, teamId, deletedAt, contact: glanceOf(contact) };
  if (goingOn === undefined) {
    unit.create(conversations, goingOnId, { ...ended, contactId, ...drawn });
    return;
  }
  const { lastMessage, lastMessageAt, ourNumber } =
    ended.lastMessageAt > goingOn.lastMessageAt ? ended : goingOn;
  const unreadCount = ended.unreadCount + goingOn.unreadCount;
  const latest = { lastMessage, lastMessageAt, ourNumber, unreadCount };
  unit.update(conversations, goingOn, { ...drawn, ...latest });
}

/** Gives the messages of a contact its present owner and team. */
async function handMessagesOver(
  ctx: Pick<WorkContext, 'store' | 'now'>,
  orgId: string,
  contactId: string,
): Promise<void> {
  let afterId: string | undefined;
  do {
    const after: string | undefined = afterId;
    afterId = await runUnitOfWork(ctx, orgId, async (unit) => {
      const [contact, page] = await Promise.all([
        unit.find(contacts, contactId),
        pageOfMessagesAbout(unit, contactId, after),
      ]);
      if (contact === undefined) return undefined;
      const { ownerId, teamId } = contact;
      for (const message of page) {
        if (message.ownerId === ownerId && message.teamId === teamId) continue;
        unit.update(messages, message, { ownerId, teamId });
      }
      return page.at(-1)?.id;
    });
  } while (afterId !== undefined);
}

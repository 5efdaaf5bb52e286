import type { Stored } from '../../platform/collection.ts';
import { type Change, firstVersion } from '../../platform/records.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import { conversationIdOf, conversations, messages } from './conversations.repository.ts';
import { type Conversation, MAX_EXCERPT, type Message } from './conversations.schema.ts';

/** What differs from message to message; all else follows from its contact. */
export type NewLine = Pick<Message, 'channel' | 'direction' | 'content' | 'status'> &
  Partial<
    Pick<
      Message,
      'subject' | 'from' | 'to' | 'media' | 'keyword' | 'providerId' | 'nextSendAt' | 'attempt'
    >
  > & {
    readonly id: string;
    /** Which of our numbers the contact now knows. */
    readonly ourNumber: string | null;
  };

const UNTRIED = { count: 0, token: null, startedAt: null, uncertainSince: null };
const EMPTY = {
  ...{ subject: null, from: null, to: null, media: [], keyword: null, reason: null },
  ...{ providerId: null, sentAt: null, deliveredAt: null, nextSendAt: null, deletedAt: null },
};

/**
 * Adds a message and brings its conversation up to it; an inbound one is unread. The conversation's
 * precondition makes the messages of one contact follow one another. Two writes.
 */
export function writeMessage(
  unit: UnitOfWork,
  contact: Stored<Contact>,
  conversation: Stored<Conversation> | undefined,
  { id, ourNumber, ...line }: NewLine,
  change: Change,
): Stored<Message> {
  const conversationId = conversationIdOf(contact.id, line.channel);
  const { ownerId, teamId } = contact;
  const message = unit.create(messages, id, {
    ...firstVersion(change),
    ...EMPTY,
    attempt: UNTRIED,
    ...{ recordType: 'contact', recordId: contact.id, ownerId, teamId, conversationId },
    ...line,
  });
  const unread = line.direction === 'INBOUND' ? 1 : 0;
  const drawn = { ownerId, teamId, contact: glanceOf(contact), ourNumber, deletedAt: null };
  const latest = {
    lastMessage: lastMessageOf(message),
    lastMessageAt: message.createdAt,
  };
  if (conversation === undefined) {
    unit.create(conversations, conversationId, {
      ...{ contactId: contact.id, channel: line.channel, unreadCount: unread },
      ...{ ...drawn, ...latest },
    });
  } else {
    unit.update(conversations, conversation, {
      ...{ ...drawn, unreadCount: conversation.unreadCount + unread },
      ...(conversation.lastMessageAt > message.createdAt ? {} : latest),
    });
  }
  return message;
}

/** What a list of conversations shows of a contact. */
export function glanceOf({ firstName, lastName, phone, email }: Contact): Conversation['contact'] {
  return { firstName, lastName, phone, email };
}

function lastMessageOf({ id, content, direction, createdAt }: Stored<Message>) {
  return { id, content: excerptOf(content), direction, createdAt };
}

/** The beginning of a text; never half of a character. */
function excerptOf(content: string): string {
  if (content.length <= MAX_EXCERPT) return content;
  const cut = content.slice(0, MAX_EXCERPT);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

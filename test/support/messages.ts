import { contacts } from '../../functions/src/modules/contacts/contacts.public.ts';
import {
  conversationIdOf,
  conversations,
  writeMessage,
} from '../../functions/src/modules/conversations/conversations.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { invocationAt } from './jobs.ts';

/** Stores a text of a contact as if it had come in; answers the ids of conversation and message. */
export async function storeText(
  orgId: string,
  contactId: string,
): Promise<{ conversationId: string; messageId: string }> {
  const now = new Date();
  const unit = openUnit(invocationAt(now), orgId);
  const [contact, conversation] = await Promise.all([
    unit.get(contacts, contactId),
    unit.find(conversations, conversationIdOf(contactId, 'SMS')),
  ]);
  const line = { channel: 'SMS', direction: 'INBOUND', status: 'RECEIVED' } as const;
  const id = newId();
  writeMessage(
    unit,
    contact,
    conversation,
    { ...line, id, content: 'Hello', ourNumber: null },
    { actor: 'test', now },
  );
  await unit.commit();
  return { conversationId: conversationIdOf(contactId, 'SMS'), messageId: id };
}

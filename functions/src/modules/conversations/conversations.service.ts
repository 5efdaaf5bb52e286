import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireAccess, whereVisible } from '../access/access.public.ts';
import type { Operation } from '../access/access.schema.ts';
import { contacts } from '../contacts/contacts.public.ts';
import {
  conversationIdOf,
  conversations,
  messages,
  whereConversation,
  whereInConversations,
} from './conversations.repository.ts';
import type {
  Conversation,
  ListConversations,
  ListMessages,
  Message,
} from './conversations.schema.ts';

type Caller = Context<Principal>;

/** Who is concerned by a conversation: whoever its contact concerns. */
export function conversationAudience({ ownerId, teamId }: Conversation): Audience {
  return { ownerId, teamId, participantIds: [ownerId] };
}

/**
 * A page of the conversations visible to the caller, the latest message first. Billed: one read
 * each. @throws AppError invalid-argument (cursor)
 */
export function listConversations(
  { store, principal }: Caller,
  { cursor, limit, ...wanted }: ListConversations,
): Promise<{ records: Stored<Conversation>[]; nextCursor: string | null }> {
  return openUnit({ store }, principal.orgId).page(
    conversations,
    (query) => whereVisible(whereConversation(query, wanted), principal, 'conversation'),
    { order: { field: 'lastMessageAt', direction: 'desc' }, limit, cursor },
  );
}

/**
 * A page of a conversation, from its end: the oldest message first, and the cursor leads to those
 * before. It has the messages of the contacts that were merged into its own. Billed: two reads, and
 * one each. @throws AppError not-found, invalid-argument (cursor)
 */
export async function listMessages(
  ctx: Caller,
  { conversationId, cursor, limit }: ListMessages & { readonly conversationId: string },
): Promise<{ records: Stored<Message>[]; nextCursor: string | null }> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const conversation = await getVisible(unit, ctx.principal, conversationId, 'read');
  const contact = await unit.find(contacts, conversation.contactId);
  const ids = [conversation.contactId, ...(contact?.mergedFrom ?? [])].map((id) =>
    conversationIdOf(id, conversation.channel),
  );
  const page = await unit.page(messages, (query) => whereInConversations(query, ids), {
    ...{ order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  });
  return { records: page.records.toReversed(), nextCursor: page.nextCursor };
}

/** Marks all of a conversation as read. @throws AppError not-found, permission-denied */
export async function markRead(
  ctx: Caller,
  conversationId: string,
): Promise<{ id: string; unreadCount: number }> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const conversation = await getVisible(unit, ctx.principal, conversationId, 'update');
    if (conversation.unreadCount > 0) unit.update(conversations, conversation, { unreadCount: 0 });
    return { id: conversationId, unreadCount: 0 };
  });
}

async function getVisible(
  unit: UnitOfWork,
  caller: Principal,
  id: string,
  operation: Operation,
): Promise<Stored<Conversation>> {
  const conversation = await unit.get(conversations, id);
  requireAccess(caller, operation, 'conversation', { ...conversationAudience(conversation), id });
  if (conversation.deletedAt !== null) throw notFound(conversations.label, id);
  return conversation;
}

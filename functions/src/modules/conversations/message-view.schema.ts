import { z } from 'zod';
import {
  type Conversation,
  channelSchema,
  directionSchema,
  type Message,
  messageStatusSchema,
} from './conversations.schema.ts';

/** A message as the `/api` door shows it; what was received has no status. */
export const messageViewSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  contactId: z.string(),
  content: z.string(),
  subject: z.string().nullable(),
  direction: directionSchema,
  channel: channelSchema,
  status: messageStatusSchema.optional(),
  reason: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  media: z.array(z.object({ url: z.string(), contentType: z.string() })),
  authorId: z.string(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  /** When it is sent at the earliest, while it waits. */
  queuedUntil: z.string().nullable(),
});
export type MessageView = z.infer<typeof messageViewSchema>;

export function toMessageView(message: Message & { readonly id: string }): MessageView {
  const { id, conversationId, content, subject, direction, channel, status } = message;
  const { reason, from, to, media, createdAt, sentAt, deliveredAt, nextSendAt } = message;
  return {
    ...{ id, conversationId, contactId: message.recordId, content, subject, direction, channel },
    ...(direction === 'INBOUND' ? {} : { status }),
    ...{ reason, from, to, media, authorId: message.createdBy },
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    deliveredAt: deliveredAt?.toISOString() ?? null,
    queuedUntil: status === 'QUEUED' ? (nextSendAt?.toISOString() ?? null) : null,
  };
}

/** A conversation as the `/api` door shows it. */
export const conversationViewSchema = z.object({
  id: z.string(),
  contactId: z.string(),
  contact: z.object({
    firstName: z.string(),
    lastName: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  lastMessage: z.object({
    id: z.string(),
    content: z.string(),
    direction: directionSchema,
    createdAt: z.string(),
  }),
  unreadCount: z.int(),
  channel: channelSchema,
});

export function toConversationView({
  id,
  contactId,
  contact,
  lastMessage,
  unreadCount,
  channel,
}: Conversation & { readonly id: string }): z.infer<typeof conversationViewSchema> {
  const createdAt = lastMessage.createdAt.toISOString();
  return {
    id,
    contactId,
    contact,
    lastMessage: { ...lastMessage, createdAt },
    unreadCount,
    channel,
  };
}

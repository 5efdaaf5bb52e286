import {
  conversationSchema,
  conversationViewSchema,
  messageSchema,
  messageViewSchema,
  sendingOutlookSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the inbox reads of a conversation as it is stored. */
export const storedConversationSchema = conversationSchema
  .pick({ contactId: true, channel: true, contact: true, lastMessage: true, unreadCount: true })
  .strip();
export type Conversation = z.infer<typeof storedConversationSchema>;

/** What changes about a message after it was sent. */
export const messageProgressSchema = messageSchema
  .pick({ status: true, reason: true, nextSendAt: true })
  .strip();

export const messageSchemaOfDoor = z.object(messageViewSchema.shape);
export type MessageView = z.infer<typeof messageSchemaOfDoor>;

export const messageListSchema = z
  .object({ messages: z.array(messageSchemaOfDoor), nextCursor: z.string().nullable() })
  .transform(({ messages, nextCursor }) => ({
    records: messages.toReversed(),
    next: nextCursor === null ? undefined : { cursor: nextCursor },
  }));

export const conversationListSchema = z.object({
  conversations: z.array(z.object(conversationViewSchema.shape)),
});

export const outlookSchema = z.object(sendingOutlookSchema.shape);
export type Outlook = z.infer<typeof outlookSchema>;

export const draftSchema = z.object({ generatedMessage: z.string() });

import { z } from 'zod';
import { emailSchema, idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { e164Schema } from '../owned-records/owned-records.schema.ts';
import { aboutShape } from '../subjects/subjects.schema.ts';

export const channelSchema = z.enum(['SMS', 'EMAIL', 'WHATSAPP']);
export type Channel = z.infer<typeof channelSchema>;

export const directionSchema = z.enum(['INBOUND', 'OUTBOUND']);

/**
 * How far a message has come. It starts as QUEUED, and only ever goes on: SENT once the provider
 * has taken it over, and then one of DELIVERED, UNDELIVERED and FAILED, which are final. UNKNOWN is
 * one that the provider took over or not, and nobody could find out. An inbound one is RECEIVED.
 */
export const messageStatusSchema = z.enum([
  'QUEUED',
  'UNKNOWN',
  'SENT',
  'DELIVERED',
  'UNDELIVERED',
  'FAILED',
  'RECEIVED',
]);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/** What somebody says to be written no more, and to be written again. */
export const keywordSchema = z.enum(['STOP', 'START']);
export type Keyword = z.infer<typeof keywordSchema>;

/** The longest text that Twilio takes, in parts that it joins; of a mail there is more room. */
export const MAX_TEXT = 1600;
const MAX_MAIL = 20_000;
const MAX_INBOUND = 20_000;
export const MAX_EXCERPT = 300;

/**
 * An attempt at sending. While `token` is set, somebody has sent it or is about to: until its
 * outcome is known, nobody may send it again. `uncertainSince` is when the first attempt began whose
 * outcome nobody knows.
 */
const attemptSchema = z.strictObject({
  count: z.int().min(0),
  token: idSchema.nullable(),
  startedAt: z.date().nullable(),
  uncertainSince: z.date().nullable(),
});

/**
 * One message to or from a contact, `orgs/{orgId}/messages/{messageId}`. It is about its contact
 * (`recordType`, `recordId`), as a note is, and of whoever owns the contact.
 */
export const messageSchema = z.strictObject({
  ...aboutShape,
  conversationId: idSchema,
  channel: channelSchema,
  direction: directionSchema,
  content: textSchema(MAX_INBOUND),
  subject: lineSchema(300).nullable(),
  /** Addresses: phone numbers, or an e-mail address. Mails are from the deployment's own. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  media: z.array(z.strictObject({ url: z.string(), contentType: z.string() })).max(10),
  keyword: keywordSchema.nullable(),
  status: messageStatusSchema,
  /** Why it failed or waits, for people. */
  reason: z.string().nullable(),
  /** The provider's id of it. */
  providerId: z.string().nullable(),
  sentAt: z.date().nullable(),
  deliveredAt: z.date().nullable(),
  /** When it is to be sent, or looked after, next; null once nothing is left to do. */
  nextSendAt: z.date().nullable(),
  attempt: attemptSchema,
});
export type Message = z.infer<typeof messageSchema>;

/** What a list shows of a contact. */
const contactGlanceSchema = z.strictObject({
  firstName: z.string(),
  lastName: z.string().nullable(),
  phone: e164Schema.nullable(),
  email: emailSchema.nullable(),
});

/**
 * All that is said with one contact on one channel, `orgs/{orgId}/conversations/{contactId}_{channel}`:
 * drawn from its messages and its contact, so it has no versions and no events of its own.
 */
export const conversationSchema = z.strictObject({
  contactId: idSchema,
  channel: channelSchema,
  ownerId: idSchema,
  teamId: idSchema.nullable(),
  contact: contactGlanceSchema,
  lastMessage: z.strictObject({
    id: idSchema,
    content: z.string().max(MAX_EXCERPT + 1),
    direction: directionSchema,
    createdAt: z.date(),
  }),
  lastMessageAt: z.date(),
  unreadCount: z.int().min(0),
  /** Which of our numbers the contact knows; null for mails. */
  ourNumber: e164Schema.nullable(),
  /** When its contact went into the bin or into another one. */
  deletedAt: z.date().nullable(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** Somebody who wants no messages, `orgs/{orgId}/optOuts/{hash}` of channel and address. */
export const optOutSchema = z.strictObject({
  channel: channelSchema,
  address: z.string(),
  contactId: idSchema.nullable(),
  /** Who said so: the person with a keyword, the provider, or a member who was told. */
  source: z.enum(['KEYWORD', 'PROVIDER', 'MEMBER']),
  by: z.string(),
  at: z.date(),
});
export type OptOut = z.infer<typeof optOutSchema>;

/** How many messages were accepted for one day, `orgs/{orgId}/sendingBudgets/{day}`. */
export const budgetSchema = z.strictObject({ used: z.int().min(0) });
export type Budget = z.infer<typeof budgetSchema>;

const newTextShape = {
  contactId: idSchema,
  content: textSchema(MAX_MAIL).refine((text) => text.trim() !== '', {
    error: 'must not be empty',
  }),
  channel: channelSchema,
  /** Of a mail; without one it names the organisation. */
  subject: lineSchema(300).optional(),
};

/** A message to send. */
export const newMessageSchema = z
  .strictObject(newTextShape)
  .refine(({ channel, content }) => channel === 'EMAIL' || content.length <= MAX_TEXT, {
    path: ['content'],
    error: `must have at most ${MAX_TEXT} characters on this channel`,
  })
  .refine(({ channel, subject }) => channel === 'EMAIL' || subject === undefined, {
    path: ['subject'],
    error: 'only mails have one; leave it out',
  });
export type NewMessage = z.infer<typeof newMessageSchema>;

const pageShape = {
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
};

/** Which conversations to list. */
export const listConversationsSchema = z.strictObject({
  ...pageShape,
  channel: channelSchema.optional(),
  contactId: idSchema.optional(),
});
export type ListConversations = z.infer<typeof listConversationsSchema>;

/** Which of a conversation's messages to list: the latest, or those before an earlier page. */
export const listMessagesSchema = z.strictObject(pageShape);
export type ListMessages = z.infer<typeof listMessagesSchema>;

/** What a draft is to be about. */
export const draftSchema = z.strictObject({
  contactId: idSchema,
  context: textSchema(2000).refine((text) => text.trim() !== '', { error: 'must not be empty' }),
  tone: lineSchema(50).default('professional'),
  channel: channelSchema.default('SMS'),
});
export type DraftInput = z.infer<typeof draftSchema>;

/** Whether a contact wants to be written on a channel, as they told a member. */
export const optOutInputSchema = z.strictObject({
  contactId: idSchema,
  channel: channelSchema,
  optedOut: z.boolean(),
});
export type OptOutInput = z.infer<typeof optOutInputSchema>;

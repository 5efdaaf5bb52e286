import { createHash } from 'node:crypto';
import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type Budget,
  budgetSchema,
  type Channel,
  type Conversation,
  conversationSchema,
  type ListConversations,
  type Message,
  messageSchema,
  type OptOut,
  optOutSchema,
} from './conversations.schema.ts';
import {
  type MessageSettings,
  messageSettingsSchema,
  type NumberClaim,
  numberClaimSchema,
} from './message-settings.schema.ts';

export const conversations: Collection<Conversation> = orgCollection(
  'conversations',
  'Conversation',
  conversationSchema,
);
export const messages: Collection<Message> = orgCollection('messages', 'Message', messageSchema);
export const optOuts: Collection<OptOut> = orgCollection('optOuts', 'Opt-out', optOutSchema);
export const sendingBudgets: Collection<Budget> = orgCollection(
  'sendingBudgets',
  'Sending budget',
  budgetSchema,
);
export const messageSettings: Collection<MessageSettings> = orgCollection(
  'messageSettings',
  'Message settings',
  messageSettingsSchema,
);
/** Of no organisation: whose number was called is not known before it has been looked up. */
export const numberClaims: Collection<NumberClaim> = {
  path: () => 'numberClaims',
  label: 'Phone number',
  schema: numberClaimSchema,
};

/** The indexes that lists of conversations, and of messages with or about a contact, need. */
export const conversationIndexes = [
  compositeIndex('conversations', 'deletedAt', 'lastMessageAt desc'),
  ...['ownerId', 'teamId', 'channel', 'contactId'].map((filter) =>
    compositeIndex('conversations', 'deletedAt', filter, 'lastMessageAt desc'),
  ),
  compositeIndex('messages', 'conversationId', 'createdAt desc'),
  compositeIndex('messages', 'recordType', 'recordId', 'deletedAt', 'createdAt desc'),
];

const PAGE = 100;

/** The one conversation with a contact on a channel. */
export function conversationIdOf(contactId: string, channel: Channel): string {
  return `${contactId}_${channel.toLowerCase()}`;
}

/** The id under which an address opts out of a channel. */
export function optOutId(channel: Channel, address: string): string {
  return createHash('sha256')
    .update(JSON.stringify([channel, address.toLowerCase()]))
    .digest('base64url');
}

/** The id of a number's claim: its digits. */
export function numberClaimId(phoneNumber: string): string {
  return phoneNumber.replace(/\D/g, '');
}

/** Narrows a query of conversations to those in use, of one channel and contact if they are given. */
export function whereConversation(
  query: Query,
  { channel, contactId }: Pick<ListConversations, 'channel' | 'contactId'>,
): Query {
  let narrowed = query.where('deletedAt', '==', null);
  if (channel !== undefined) narrowed = narrowed.where('channel', '==', channel);
  return contactId === undefined ? narrowed : narrowed.where('contactId', '==', contactId);
}

/** Narrows a query of messages to those of conversations. */
export function whereInConversations(query: Query, ids: readonly string[]): Query {
  return ids.length === 1
    ? query.where('conversationId', '==', ids[0])
    : query.where('conversationId', 'in', [...ids]);
}

/** The latest messages with a contact on all channels, the newest first. */
export function findLatestWith(
  unit: UnitOfWork,
  contactIds: readonly string[],
  limit: number,
): Promise<Stored<Message>[]> {
  return unit.query(messages, (query) => {
    const ofType = query.where('recordType', '==', 'contact');
    const about =
      contactIds.length === 1
        ? ofType.where('recordId', '==', contactIds[0])
        : ofType.where('recordId', 'in', [...contactIds]);
    return about.where('deletedAt', '==', null).orderBy('createdAt', 'desc').limit(limit);
  });
}

/** Which of the provider's ids are those of messages that we know. */
export async function findKnownProviderIds(
  unit: UnitOfWork,
  providerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < providerIds.length; from += 30) {
    const some = providerIds.slice(from, from + 30);
    const found = await unit.query(messages, (query) =>
      query.where('providerId', 'in', some).limit(some.length),
    );
    for (const { providerId } of found) if (providerId !== null) known.add(providerId);
  }
  return known;
}

/** A page of the messages about a contact, by id. */
export function pageOfMessagesAbout(
  unit: UnitOfWork,
  contactId: string,
  afterId: string | undefined,
): Promise<Stored<Message>[]> {
  return unit.query(messages, (query) => {
    const about = query.where('recordId', '==', contactId).orderBy('__name__').limit(PAGE);
    return afterId === undefined ? about : about.startAfter(afterId);
  });
}

/** What an organisation may send in a day, and how much of that is used. */
export async function findBudget(
  unit: UnitOfWork,
  day: string,
): Promise<Stored<Budget> | undefined> {
  return unit.find(sendingBudgets, day);
}

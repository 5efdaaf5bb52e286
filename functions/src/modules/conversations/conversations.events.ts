import type { Message, MessageStatus } from './conversations.schema.ts';

const EVENTS: Readonly<Record<MessageStatus, readonly string[]>> = {
  QUEUED: ['message.queued'],
  UNKNOWN: ['message.unknown'],
  SENT: ['message.sent'],
  DELIVERED: ['message.delivered'],
  UNDELIVERED: ['message.undelivered', 'message.failed'],
  FAILED: ['message.failed'],
  RECEIVED: ['message.received'],
};

/** Names what happened to a message between two of its states, most telling first. */
export function nameMessageChanges(before: Message | undefined, after: Message): string[] {
  if (before?.status === after.status) return ['message.updated'];
  const wish = after.keyword === 'STOP' ? 'message.opted_out' : 'message.opted_in';
  return [...(after.keyword === null ? [] : [wish]), ...EVENTS[after.status]];
}

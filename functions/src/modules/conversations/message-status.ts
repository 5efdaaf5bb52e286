import type { MessageStatus } from './conversations.schema.ts';

/** How far each status is; a final one stays whatever is reported later. */
const RANKS: Readonly<Record<MessageStatus, number>> = {
  QUEUED: 0,
  UNKNOWN: 1,
  SENT: 2,
  DELIVERED: 3,
  UNDELIVERED: 3,
  FAILED: 3,
  RECEIVED: 3,
};

/** True when a report takes a message on: reports come late, twice and in any order. */
export function isAhead(reported: MessageStatus, current: MessageStatus): boolean {
  return RANKS[reported] > RANKS[current];
}

/** Twilio's words for how far a text is, in ours; undefined for those that say nothing new. */
const TWILIO_STATUSES: Readonly<Record<string, MessageStatus | undefined>> = {
  accepted: 'SENT',
  scheduled: 'SENT',
  queued: 'SENT',
  sending: 'SENT',
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'DELIVERED',
  undelivered: 'UNDELIVERED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

/** Our status for one of Twilio's, or undefined for a word that is not known. */
export function statusOfTwilio(status: string): MessageStatus | undefined {
  return Object.hasOwn(TWILIO_STATUSES, status) ? TWILIO_STATUSES[status] : undefined;
}

/** Twilio's code for somebody who has opted out with the carrier or with Twilio itself. */
export const OPTED_OUT_CODE = '21610';

/** What Twilio's commonest codes mean, and what can be done. */
const REASONS: Readonly<Record<string, string>> = {
  '21211': 'The number does not exist; correct the contact’s phone number',
  '21408': 'Texts to this country are switched off in the Twilio account',
  '21610': 'The contact has opted out of texts and can text START to get them again',
  '21614': 'The number cannot receive texts; use another channel',
  '30003': 'The phone is switched off or out of reach',
  '30004': 'The carrier has blocked the message',
  '30005': 'The number is unknown or no longer exists',
  '30006': 'The number is a landline or cannot receive texts; use another channel',
  '30007': 'The carrier took the message for spam',
  '30008': 'The carrier gave no reason',
  '63016': 'WhatsApp takes free text only within a day of the contact’s last message',
};

/** Why a text failed, for people. */
export function reasonOfTwilio(code: string, message = 'Twilio gave no reason'): string {
  return `${REASONS[code] ?? message} (Twilio ${code})`;
}

import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { dayIn } from '../analytics/analytics.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import { timeZoneSchema } from '../orgs/orgs.schema.ts';
import { findBudget, messageSettings, sendingBudgets } from './conversations.repository.ts';
import type { Channel, Conversation } from './conversations.schema.ts';
import { DEFAULT_DAILY_BUDGET, type MessageSettings } from './message-settings.schema.ts';
import { quietUntil } from './quiet-hours.ts';

export const SETTINGS_ID = 'current';

/** How an organisation sends that has set nothing: at any hour, and from no number yet. */
export const DEFAULT_SETTINGS: MessageSettings = {
  quietHours: null,
  dailyBudget: DEFAULT_DAILY_BUDGET,
  numbers: [],
  smsNumber: null,
  whatsAppNumber: null,
};

/** How the organisation sends. One billed read. */
export async function findSettings(unit: UnitOfWork): Promise<MessageSettings> {
  return (await unit.find(messageSettings, SETTINGS_ID)) ?? DEFAULT_SETTINGS;
}

/**
 * The zone of a contact's clock: the custom field `timeZone` where it names one, such as
 * `Europe/Berlin`; otherwise the organisation's.
 */
export function zoneOf({ customFields }: Pick<Contact, 'customFields'>, orgZone: string): string {
  const own = timeZoneSchema.safeParse(customFields.timeZone);
  return own.success ? own.data : orgZone;
}

/** When a message may be sent that may not be sent now, or null. Mails ring nobody's phone. */
export function heldUntil(
  { quietHours }: MessageSettings,
  channel: Channel,
  zone: string,
  now: Date,
): Date | null {
  return quietHours === null || channel === 'EMAIL' ? null : quietUntil(now, zone, quietHours);
}

/**
 * Which of our numbers a text is sent from: the one that the contact knows while it is ours, or the
 * organisation's usual one, if it has one.
 */
export function findSender(
  { numbers, smsNumber, whatsAppNumber }: MessageSettings,
  channel: Exclude<Channel, 'EMAIL'>,
  known: Pick<Conversation, 'ourNumber'> | undefined,
): string | undefined {
  const isOurs = ({ phoneNumber, isWhatsApp }: MessageSettings['numbers'][number]) =>
    phoneNumber === known?.ourNumber && (channel === 'SMS' || isWhatsApp);
  const usual = channel === 'SMS' ? smsNumber : whatsAppNumber;
  return numbers.find(isOurs)?.phoneNumber ?? usual ?? undefined;
}

/** The same for a text that is to be sent. @throws AppError failed-precondition */
export function senderOf(...[settings, channel, known]: Parameters<typeof findSender>): string {
  const sender = findSender(settings, channel, known);
  if (sender !== undefined) return sender;
  throw new AppError(
    'failed-precondition',
    `channel: there is no number to send ${channel} from; an administrator can register one at POST /api/twilio/phone-numbers`,
    { field: 'channel' },
  );
}

/**
 * Takes one message from the budget of the day it is to be sent on, in the organisation's zone. The
 * day's document is read and changed in the commit that accepts the message, so of many at once no
 * more get through than fit. What fails later is not given back: it may have cost something.
 * @throws AppError resource-exhausted: nothing was stored, and tomorrow there is more
 */
export async function useBudget(
  unit: UnitOfWork,
  { dailyBudget }: MessageSettings,
  sentAt: Date,
  orgZone: string,
): Promise<void> {
  const day = dayIn(orgZone, sentAt);
  const budget = await findBudget(unit, day);
  const used = budget?.used ?? 0;
  if (used >= dailyBudget) {
    throw new AppError(
      'resource-exhausted',
      `The organisation’s budget of ${dailyBudget} messages for ${day} is used up; send it on the next day, or have an administrator raise dailyBudget at PATCH /api/messages/settings`,
    );
  }
  if (budget === undefined) unit.create(sendingBudgets, day, { used: 1 });
  else unit.update(sendingBudgets, budget, { used: used + 1 });
}

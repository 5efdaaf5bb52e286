import { EmailRefusedError } from '../../integrations/email/email.port.ts';
import {
  TwilioPermanentError,
  TwilioTransientError,
} from '../../integrations/twilio/twilio.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import { describeError } from '../../platform/log.ts';
import { appUrl } from '../../platform/params.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { findKnownProviderIds } from './conversations.repository.ts';
import type { Message } from './conversations.schema.ts';
import type { MessagePorts } from './message-ports.ts';
import { OPTED_OUT_CODE, reasonOfTwilio, statusOfTwilio } from './message-status.ts';
import { type Outcome, settleMessage } from './settle-message.ts';

/** How long a claim keeps others from a message: several times as long as a call can take. */
export const LEASE_MS = 2 * 60 * 1000;
/** A process that was held up for longer no longer begins to send: its claim may be over soon. */
const MAX_HELD_UP_MS = 45_000;
/** Clocks differ, and Twilio's times are whole seconds. */
const CLOCK_MARGIN_MS = 60_000;

/** Where Twilio reports what becomes of a text. */
export const STATUS_PATH = '/webhooks/twilio/status';

export type Sender = Pick<Invocation, 'store' | 'now' | 'log'>;

/** A message that this process alone may send now. */
export interface Claimed {
  readonly message: Stored<Message>;
  readonly token: string;
  /** When it was claimed, by the clock of this process that nobody sets. */
  readonly startedMs: number;
}

/** Hands a claimed message to its provider, unless an earlier attempt turns out to have done so. */
export async function deliverMessage(
  ctx: Sender,
  ports: MessagePorts,
  orgId: string,
  claimed: Claimed,
): Promise<Stored<Message>> {
  const { message, token } = claimed;
  const outcome = await outcomeOf(ctx, ports, orgId, claimed);
  if (outcome.kind !== 'taken') {
    const { id, channel } = message;
    ctx.log.warn({ orgId, messageId: id, channel, ...outcome }, 'message not handed over');
  }
  return settleMessage(ctx, orgId, { message, token, outcome });
}

async function outcomeOf(
  ctx: Sender,
  ports: MessagePorts,
  orgId: string,
  { message, startedMs }: Claimed,
): Promise<Outcome> {
  try {
    if (message.channel === 'EMAIL') return await mail(ports, orgId, message);
    // An earlier attempt may have got through: it is looked for, and sent again another time.
    if (message.attempt.uncertainSince !== null) return await lookUp(ctx, ports, orgId, message);
    if (performance.now() - startedMs > MAX_HELD_UP_MS) return { kind: 'notSent', reason: null };
    const sent = await ports.twilio.sendMessage({
      ...addressesOf(message),
      body: message.content,
      statusCallback: `${appUrl()}${STATUS_PATH}?org=${orgId}&message=${message.id}`,
    });
    return { kind: 'taken', providerId: sent.sid, status: 'SENT' };
  } catch (error) {
    return outcomeOfError(ctx, message, error);
  }
}

/** A mail that is sent again carries the same Message-ID, by which mail programs show it once. */
async function mail(ports: MessagePorts, orgId: string, message: Stored<Message>) {
  const { id, to, subject, content } = message;
  const mailId = `${orgId}-${id}`;
  await ports.email.send({ to: to ?? '', subject: subject ?? '', text: content, id: mailId });
  return { kind: 'taken', providerId: mailId, status: 'SENT' } as const;
}

function addressesOf({ channel, from, to }: Message): { from: string; to: string } {
  const prefix = channel === 'WHATSAPP' ? 'whatsapp:' : '';
  return { from: `${prefix}${from ?? ''}`, to: `${prefix}${to ?? ''}` };
}

/**
 * Looks for the text of an attempt whose outcome nobody knows: one with these words, between these
 * numbers, since then, that is none of our other messages. Twilio lists what it has taken over at
 * once, and the call can no longer be under way when its claim is over: what is not there was not sent.
 */
async function lookUp(
  ctx: Sender,
  ports: MessagePorts,
  orgId: string,
  message: Stored<Message>,
): Promise<Outcome> {
  const sinceMs = (message.attempt.uncertainSince ?? ctx.now).getTime() - CLOCK_MARGIN_MS;
  const since = new Date(sinceMs);
  const sent = await ports.twilio.findMessages({ ...addressesOf(message), since });
  const alike = sent.filter(({ body }) => body === message.content);
  const known = await findKnownProviderIds(
    openUnit(ctx, orgId),
    alike.map(({ sid }) => sid),
  );
  const found = alike.find(({ sid }) => !known.has(sid));
  if (found === undefined) return { kind: 'notSent', reason: null };
  const status = statusOfTwilio(found.status) ?? 'SENT';
  const code = found.errorCode === null ? null : String(found.errorCode);
  return {
    ...{ kind: 'taken', providerId: found.sid, status },
    ...(code === null ? {} : { reason: reasonOfTwilio(code) }),
  };
}

/** What an error says about whether the message was sent. */
function outcomeOfError({ log }: Sender, message: Stored<Message>, error: unknown): Outcome {
  if (error instanceof EmailRefusedError) return { kind: 'refused', reason: error.message };
  if (error instanceof TwilioPermanentError) {
    const isOptOut = error.code === OPTED_OUT_CODE;
    return { kind: 'refused', reason: reasonOfTwilio(error.code, error.message), isOptOut };
  }
  if (error instanceof TwilioTransientError) {
    return { kind: 'later', reason: reasonOfTwilio(error.code, error.message) };
  }
  // Not set up: nobody was asked.
  if (error instanceof AppError) return { kind: 'later', reason: error.message };
  log.warn({ messageId: message.id, ...describeError(error) }, 'provider did not answer');
  if (message.channel === 'EMAIL') {
    return { kind: 'later', reason: 'The mail server did not take it; it is tried again' };
  }
  return { kind: 'unknown', reason: 'The provider did not answer; it is asked what became of it' };
}

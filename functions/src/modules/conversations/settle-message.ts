import type { Stored } from '../../platform/collection.ts';
import { type Change, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { messages } from './conversations.repository.ts';
import type { Message, MessageStatus } from './conversations.schema.ts';
import { isAhead, OPTED_OUT_CODE, reasonOfTwilio } from './message-status.ts';
import { addOptOut, findOptOut } from './opt-outs.ts';

const ACTOR = 'system:messages';
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 4 * 60 * 60 * 1000;
/** About a day and a half. */
const MAX_ATTEMPTS = 16;

/**
 * What came of an attempt: the provider has it; refuses it for good; cannot take it now; has not got
 * it, so that it is to be sent after all; or did not answer, so that nobody knows.
 */
export type Outcome =
  | {
      readonly kind: 'taken';
      readonly providerId: string;
      readonly status: MessageStatus;
      readonly reason?: string;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly isOptOut?: boolean }
  | { readonly kind: 'later' | 'unknown'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: null };

type Fields = Partial<Message>;

/**
 * Writes down what came of an attempt. A report of the provider that was faster stands, and so does
 * another process's claim after this one's was over. What it changes goes back to the same event as
 * the message does.
 */
export async function settleMessage(
  ctx: Pick<WorkContext, 'store' | 'now'>,
  orgId: string,
  { message, token, outcome }: { message: Stored<Message>; token: string; outcome: Outcome },
): Promise<Stored<Message>> {
  return runUnitOfWork(causedBy(ctx, message), orgId, async (unit) => {
    const current = await unit.get(messages, message.id);
    const isOurs = current.attempt.token === token;
    if (outcome.kind === 'taken') return take(unit, current, outcome, ctx.now);
    if (!isOurs || current.status !== 'QUEUED') return current;
    if (outcome.kind === 'refused') {
      if (outcome.isOptOut) await noteOptOut(unit, current, ctx.now);
      return fail(unit, current, outcome.reason, ctx.now);
    }
    return wait(unit, current, outcome, ctx.now);
  });
}

/** The context of a change that goes back to what the message goes back to. */
export function causedBy(
  { store, now }: Pick<WorkContext, 'store' | 'now'>,
  { cause }: Pick<Message, 'cause'>,
): WorkContext {
  return { store, now, ...(cause === null ? {} : { cause }) };
}

function take(
  unit: UnitOfWork,
  current: Stored<Message>,
  { providerId, status, reason }: Extract<Outcome, { kind: 'taken' }>,
  now: Date,
): Stored<Message> {
  if (isAhead(status, current.status)) {
    return advance(unit, current, { status, providerId, reason: reason ?? null }, now);
  }
  if (current.providerId !== null) return current;
  return unit.update(messages, current, { providerId });
}

/** Takes a message on to a status, with nothing left to do about it. */
function advance(
  unit: UnitOfWork,
  current: Stored<Message>,
  { status, providerId, reason }: Pick<Message, 'status' | 'providerId' | 'reason'>,
  now: Date,
): Stored<Message> {
  const isWithProvider = status === 'SENT' || status === 'DELIVERED';
  return updateRecord(
    unit,
    messages,
    current,
    {
      ...{ status, providerId, reason, nextSendAt: null },
      sentAt: current.sentAt ?? (isWithProvider ? now : null),
      deliveredAt: status === 'DELIVERED' ? now : current.deliveredAt,
      attempt: { ...current.attempt, token: null },
    },
    { actor: ACTOR, now } satisfies Change,
  );
}

/** Ends a message that is not sent. */
export function fail(
  unit: UnitOfWork,
  current: Stored<Message>,
  reason: string,
  now: Date,
): Stored<Message> {
  const { providerId } = current;
  return advance(unit, current, { status: 'FAILED', providerId, reason }, now);
}

function wait(
  unit: UnitOfWork,
  current: Stored<Message>,
  { kind, reason }: Exclude<Outcome, { kind: 'taken' | 'refused' }>,
  now: Date,
): Stored<Message> {
  const { count } = current.attempt;
  if (count >= MAX_ATTEMPTS && kind === 'unknown') {
    const { providerId } = current;
    const said = `Nobody knows whether it was sent: ${reason}`;
    return advance(unit, current, { status: 'UNKNOWN', providerId, reason: said }, now);
  }
  if (count >= MAX_ATTEMPTS && kind === 'later') {
    return fail(unit, current, `Given up after ${count} attempts: ${reason}`, now);
  }
  // How sending goes is no change of the message, and no event.
  const free: Message['attempt'] = { ...current.attempt, token: null, uncertainSince: null };
  const patch: Fields = {
    reason,
    nextSendAt: kind === 'notSent' ? now : new Date(now.getTime() + pauseMs(count)),
    ...(kind === 'unknown' ? {} : { attempt: free }),
  };
  return unit.update(messages, current, patch);
}

/** Not shorter than a claim is held: an uncertain attempt is over by then. */
function pauseMs(count: number): number {
  return Math.min(2 * FIRST_PAUSE_MS * 2 ** Math.max(0, count - 1), LONGEST_PAUSE_MS);
}

async function noteOptOut(unit: UnitOfWork, { channel, to, recordId }: Message, at: Date) {
  if (to === null) return;
  const found = await findOptOut(unit, channel, to);
  const noted = { source: 'PROVIDER', by: 'twilio', at, contactId: recordId } as const;
  addOptOut(unit, found, { channel, address: to, ...noted });
}

/** What the provider reports about a message of ours. */
export interface StatusReport {
  readonly messageId: string;
  readonly providerId: string;
  readonly status: MessageStatus;
  readonly errorCode: string | null;
}

/**
 * Takes a message on by what the provider reports of it, which may come before we know that it was
 * taken over: the report itself then settles that. Late and repeated reports change nothing.
 * @returns false when there is no such message, or it is another one's report
 */
export async function reportStatus(
  ctx: Pick<WorkContext, 'store' | 'now'>,
  orgId: string,
  { messageId, providerId, status, errorCode }: StatusReport,
): Promise<boolean> {
  const known = await openUnit(ctx, orgId).find(messages, messageId);
  if (known === undefined || known.direction !== 'OUTBOUND') return false;
  return runUnitOfWork(causedBy(ctx, known), orgId, async (unit) => {
    const current = await unit.get(messages, messageId);
    if (current.providerId !== null && current.providerId !== providerId) return false;
    if (!isAhead(status, current.status)) return true;
    const isOver = status === 'FAILED' || status === 'UNDELIVERED';
    if (isOver && errorCode === OPTED_OUT_CODE) await noteOptOut(unit, current, ctx.now);
    const reason = isOver ? reasonOfTwilio(errorCode ?? 'no code') : null;
    advance(unit, current, { status, providerId, reason }, ctx.now);
    return true;
  });
}

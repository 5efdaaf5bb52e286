import type {
  WebhookOutcome,
  WebhookRequest,
  WebhookSender,
} from '../../integrations/webhook/webhook.port.ts';
import type { Stored } from '../../platform/collection.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { isContention, openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  disableSubscription,
  subscriptionSecrets,
  subscriptions,
  validSecrets,
} from '../subscriptions/subscriptions.public.ts';
import type { Subscription } from '../subscriptions/subscriptions.schema.ts';
import { deliveries, wasReached } from './deliveries.repository.ts';
import { type Delivery, MAX_ATTEMPTS_KEPT } from './deliveries.schema.ts';
import { addDisablingNotice } from './disabling-notices.ts';
import { bodyOf } from './message-body.ts';
import { nextAttemptAt } from './retry-schedule.ts';

/** Longer than an attempt can take: until then nobody else tries. */
const LEASE_MS = 2 * 60 * 1000;
/** Clocks of two machines differ by so much. */
const SKEW_MS = 5_000;
const GONE = 410;

type Worker = Pick<Invocation, 'store' | 'now' | 'log'>;

export interface DeliveryPorts {
  readonly sender: WebhookSender;
  /** For the jitter of the pauses. */
  readonly random?: () => number;
}

/** `nothing`: it was not due, or somebody else is at it. */
export type DeliveryResult = 'nothing' | 'delivered' | 'retry' | 'failed' | 'skipped';

/**
 * Makes one attempt at a delivery and records how it went. At least once: a process that is killed
 * between sending and recording leaves the lease to run out, and the same message is sent again
 * under the same id. Billed: 5 reads, 2 writes.
 */
export async function deliver(
  ctx: Worker,
  orgId: string,
  deliveryId: string,
  { sender, random = Math.random }: DeliveryPorts,
): Promise<DeliveryResult> {
  const unit = openUnit(ctx, orgId);
  const delivery = await unit.find(deliveries, deliveryId);
  if (delivery === undefined || !isDue(delivery, ctx.now)) return 'nothing';
  const [isOurs, request] = await Promise.all([
    takeLease(unit, delivery, ctx.now),
    requestOf(openUnit(ctx, orgId), delivery, ctx.now),
  ]);
  if (!isOurs) return 'nothing';
  if (request === undefined) return close(ctx, orgId, deliveryId);
  const startedMs = performance.now();
  const outcome = await sender.send(request);
  const now = new Date(ctx.now.getTime() + Math.round(performance.now() - startedMs));
  const result = await runUnitOfWork({ store: ctx.store, now }, orgId, (again) =>
    recordOutcome(again, deliveryId, outcome, { now, random, startedAt: ctx.now }),
  );
  const { latencyMs } = outcome;
  ctx.log.info({ orgId, deliveryId, result, latencyMs, ...telling(outcome) }, 'webhook sent');
  return result;
}

function isDue({ status, nextSendAt }: Delivery, now: Date): boolean {
  if (status !== 'pending' || nextSendAt === null) return false;
  return nextSendAt.getTime() <= now.getTime() + SKEW_MS;
}

/** Moves the next attempt behind this one; of two that do so at once one gets through. */
async function takeLease(
  unit: UnitOfWork,
  delivery: Stored<Delivery>,
  now: Date,
): Promise<boolean> {
  const nextSendAt = new Date(now.getTime() + LEASE_MS);
  unit.update(deliveries, delivery, { nextSendAt, tries: delivery.tries + 1 });
  try {
    await unit.commit();
    return true;
  } catch (error) {
    if (isContention(error)) return false;
    throw error;
  }
}

/** What is to be sent, or undefined when nobody wants it any more. */
async function requestOf(
  unit: UnitOfWork,
  { id, message, subscriptionId }: Stored<Delivery>,
  now: Date,
): Promise<WebhookRequest | undefined> {
  if (message.kind === 'call') {
    const { url, headers, body } = message;
    return { ...{ url, headers, body, id }, at: now, secrets: [] };
  }
  if (subscriptionId === null) return undefined;
  const [subscription, secrets, body] = await Promise.all([
    unit.find(subscriptions, subscriptionId),
    unit.find(subscriptionSecrets, subscriptionId),
    bodyOf(unit, message),
  ]);
  if (subscription === undefined || secrets === undefined) return undefined;
  if (!isWanted(subscription, message.kind)) return undefined;
  if (body === undefined) return undefined;
  const { url } = subscription;
  return {
    ...{ id, url, body },
    at: now,
    headers: secrets.headers,
    secrets: validSecrets(secrets, now),
  };
}

/** What is paused can be tried out before it is resumed. */
function isWanted({ status, deletedAt }: Subscription, kind: 'event' | 'test'): boolean {
  if (deletedAt !== null) return false;
  return status === 'active' || (status === 'paused' && kind === 'test');
}

/** Ends a delivery that was not sent: its subscription does not want it now. */
async function close(ctx: Worker, orgId: string, deliveryId: string): Promise<DeliveryResult> {
  await runUnitOfWork({ store: ctx.store, now: ctx.now }, orgId, async (unit) => {
    const delivery = await unit.get(deliveries, deliveryId);
    const tries = Math.max(0, delivery.tries - 1);
    unit.update(deliveries, delivery, { status: 'skipped', nextSendAt: null, tries });
  });
  return 'skipped';
}

interface Recording {
  readonly now: Date;
  readonly startedAt: Date;
  readonly random: () => number;
}

async function recordOutcome(
  unit: UnitOfWork,
  deliveryId: string,
  outcome: WebhookOutcome,
  recording: Recording,
): Promise<DeliveryResult> {
  const delivery = await unit.get(deliveries, deliveryId);
  const attempts = [...delivery.attempts, attemptOf(outcome, recording.startedAt)].slice(
    -MAX_ATTEMPTS_KEPT,
  );
  const { now } = recording;
  if (isSuccess(outcome)) {
    const patch = { status: 'delivered', nextSendAt: null, deliveredAt: now, attempts } as const;
    unit.update(deliveries, delivery, patch);
    return 'delivered';
  }
  // Another worker, whose lease came after ours, has got through.
  if (delivery.status !== 'pending') {
    unit.update(deliveries, delivery, { attempts });
    return 'nothing';
  }
  const isGone = outcome.kind === 'answered' && outcome.status === GONE;
  const retryAfter = outcome.kind === 'answered' ? outcome.retryAfter : undefined;
  const next = isGone ? undefined : nextAttemptAt(delivery.tries, { ...recording, retryAfter });
  if (next !== undefined) {
    unit.update(deliveries, delivery, { attempts, nextSendAt: next });
    return 'retry';
  }
  unit.update(deliveries, delivery, { status: 'failed', nextSendAt: null, attempts });
  await disableIfDead(unit, delivery, { isGone, now });
  return 'failed';
}

/**
 * Disables the subscription of a delivery that is given up: at once when the endpoint says that it
 * is gone, and otherwise when nothing at all has reached it since the first of these attempts, which
 * is days ago.
 */
async function disableIfDead(
  unit: UnitOfWork,
  { subscriptionId, roundStartedAt, message }: Stored<Delivery>,
  { isGone, now }: { readonly isGone: boolean; readonly now: Date },
): Promise<void> {
  if (subscriptionId === null) return;
  // Somebody tries it out, and sees how that goes.
  if (message.kind === 'test' && !isGone) return;
  const [subscription, isReached] = await Promise.all([
    unit.find(subscriptions, subscriptionId),
    isGone ? false : wasReached(unit, subscriptionId, roundStartedAt),
  ]);
  if (subscription === undefined || isReached) return;
  const reason = isGone ? 'gone' : 'failing';
  if (!(await disableSubscription(unit, subscription, reason, now))) return;
  addDisablingNotice(unit, subscription, reason, now);
}

function isSuccess(outcome: WebhookOutcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

function attemptOf(outcome: WebhookOutcome, at: Date): Delivery['attempts'][number] {
  const { latencyMs } = outcome;
  return outcome.kind === 'answered'
    ? { at, latencyMs, status: outcome.status, response: outcome.excerpt, error: null }
    : { at, latencyMs, status: null, response: '', error: `${outcome.reason}: ${outcome.message}` };
}

/** What the log may hold of an outcome: never what the other side wrote. */
function telling(outcome: WebhookOutcome) {
  return outcome.kind === 'answered' ? { status: outcome.status } : { reason: outcome.reason };
}

import type { Delivery, Webhook } from '../../data/webhooks.ts';

export interface StatusWords {
  readonly name: string;
  readonly tone: 'accent' | 'warning' | 'danger' | undefined;
}

export const webhookStatusWords: Readonly<Record<Webhook['status'], StatusWords>> = {
  active: { name: 'Active', tone: 'accent' },
  paused: { name: 'Paused', tone: 'warning' },
  disabled: { name: 'Disabled', tone: 'danger' },
};

export const deliveryStatusWords: Readonly<Record<Delivery['status'], StatusWords>> = {
  pending: { name: 'Pending', tone: 'warning' },
  delivered: { name: 'Delivered', tone: 'accent' },
  failed: { name: 'Failed', tone: 'danger' },
  skipped: { name: 'Skipped', tone: undefined },
};

const reasons: Readonly<Record<string, string>> = {
  gone: 'The endpoint answered 410 Gone, so nothing is sent to it any more.',
  failing: 'Nothing reached the endpoint for about three days, so nothing is sent to it any more.',
};

/** Why nothing is sent and what to do about it; undefined while it is. */
export function whyNotSending({ status, disabledReason }: Webhook): string | undefined {
  if (status === 'active') return undefined;
  if (status === 'paused') {
    return 'It is paused. Events that happen meanwhile are not sent later; resume it to be sent new ones.';
  }
  const reason = reasons[disabledReason ?? ''] ?? 'It was disabled.';
  return `${reason} Repair the endpoint, then resume the webhook.`;
}

/** Pauses between attempts are at most this long while somebody watches; then it is looked at less. */
const SOON_MS = 150_000;

/** True when something is about to happen to a delivery. */
export function isDueSoon({ status, nextAttemptAt }: Delivery, now: number): boolean {
  if (status !== 'pending' || nextAttemptAt === null) return false;
  return new Date(nextAttemptAt).getTime() - now < SOON_MS;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** When a delivery that waits is tried again: `in 5 minutes`. */
export function untilText(iso: string, now: number, locale?: string): string {
  const leftMs = new Date(iso).getTime() - now;
  const [unit, unitMs] = units.find(([, ms]) => leftMs >= ms) ?? ['minute', 60_000];
  if (leftMs < unitMs) return leftMs > 5_000 ? 'in less than a minute' : 'now';
  return new Intl.RelativeTimeFormat(locale).format(Math.round(leftMs / unitMs), unit);
}

/** What has become of a delivery, or is about to. */
export function outcomeText(delivery: Delivery, now: number): string {
  const { status, attempts, nextAttemptAt } = delivery;
  if (status === 'pending' && nextAttemptAt !== null) {
    const next = untilText(nextAttemptAt, now);
    return attempts.length === 0 ? `Being sent ${next}` : `Next try ${next}`;
  }
  if (status === 'skipped') return 'Not sent: the webhook was not active';
  return attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
}

/** What the endpoint answered at an attempt, or why it did not: `503`. */
export function answerText({ status, error }: Delivery['attempts'][number]): string {
  return status === null ? sentence(error ?? 'no answer') : String(status);
}

/** A JSON text with line breaks; any other text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

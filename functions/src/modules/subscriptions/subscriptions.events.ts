import type { Subscription } from './subscriptions.schema.ts';

/** What can happen to a subscription to webhooks; an event lists every name that fits. */
export const subscriptionEventTypes = [
  'subscription.created',
  'subscription.deleted',
  'subscription.paused',
  'subscription.resumed',
  'subscription.disabled',
  'subscription.secret_rotated',
  'subscription.updated',
] as const;
export type SubscriptionEventType = (typeof subscriptionEventTypes)[number];

const byStatus = {
  active: 'subscription.resumed',
  paused: 'subscription.paused',
  disabled: 'subscription.disabled',
} as const satisfies Record<Subscription['status'], SubscriptionEventType>;

/** Names what happened to a subscription between two of its states. */
export function nameSubscriptionChanges(
  before: Subscription | undefined,
  after: Subscription,
): SubscriptionEventType[] {
  if (before === undefined) return ['subscription.created'];
  const names: SubscriptionEventType[] = [];
  if (before.deletedAt === null && after.deletedAt !== null) names.push('subscription.deleted');
  if (before.status !== after.status) names.push(byStatus[after.status]);
  if (before.secretId !== after.secretId) names.push('subscription.secret_rotated');
  return names.length === 0 ? ['subscription.updated'] : names;
}

import type { Stored } from '../../platform/collection.ts';
import type { Subscription, SubscriptionView } from './subscriptions.schema.ts';
import type { WithSecret } from './subscriptions.service.ts';

/** A subscription as doors show it: neither its secret nor the values of its headers. */
export function toSubscriptionView(subscription: Stored<Subscription>): SubscriptionView {
  const { id, url, types, filters, headerNames, description, status, version } = subscription;
  return {
    ...{ id, url, types, headerNames, description, status, version },
    filters: {
      recordType: filters.recordType ?? null,
      teamId: filters.teamId ?? null,
      ownerId: filters.ownerId ?? null,
    },
    disabledReason: subscription.disabledReason,
    disabledAt: subscription.disabledAt?.toISOString() ?? null,
    previousSecretUntil: subscription.previousSecretUntil?.toISOString() ?? null,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}

/** The same with the secret, when this is the answer that shows it. */
export function toViewWithSecret({ subscription, secret }: WithSecret) {
  return { ...toSubscriptionView(subscription), ...(secret === undefined ? {} : { secret }) };
}

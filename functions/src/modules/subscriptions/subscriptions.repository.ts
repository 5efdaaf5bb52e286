import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import {
  type Subscription,
  type SubscriptionSecrets,
  subscriptionSchema,
  subscriptionSecretsSchema,
} from './subscriptions.schema.ts';

export const subscriptions: Collection<Subscription> = orgCollection(
  'subscriptions',
  'Subscription',
  subscriptionSchema,
);

export const subscriptionSecrets: Collection<SubscriptionSecrets> = orgCollection(
  'subscriptionSecrets',
  'Subscription secrets',
  subscriptionSecretsSchema,
);

export const subscriptionIndexes: readonly CompositeIndex[] = [
  compositeIndex('subscriptions', 'deletedAt', 'createdAt desc'),
];

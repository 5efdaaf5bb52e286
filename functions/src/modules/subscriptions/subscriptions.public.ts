export { subscriptionKind } from './subscriptions.kind.ts';
export { passesFilters, validSecrets } from './subscriptions.policy.ts';
export {
  subscriptionIndexes,
  subscriptionSecrets,
  subscriptions,
} from './subscriptions.repository.ts';
export { disableSubscription } from './subscriptions.service.ts';

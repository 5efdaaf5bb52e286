export { addCall } from './add-call.ts';
export { deliveries, deliveryIndexes } from './deliveries.repository.ts';
export { subscriptionReactions } from './subscription-reactions.ts';

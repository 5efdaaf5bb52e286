export { InboxRefusal } from './inbox.policy.ts';
export {
  driveInbox,
  type InboxHandler,
  type InboxHandlers,
  processEntry,
  receiveDelivery,
} from './inbox.service.ts';
export { receiveStripeEvent } from './stripe-delivery.ts';

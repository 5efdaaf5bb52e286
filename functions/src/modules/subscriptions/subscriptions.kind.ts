import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameSubscriptionChanges } from './subscriptions.events.ts';
import { subscriptions } from './subscriptions.repository.ts';
import type { Subscription } from './subscriptions.schema.ts';

/** How changes of subscriptions become events, which administrators alone see. */
export const subscriptionKind: RecordKind<Subscription> = {
  recordType: 'subscription',
  collection: subscriptions,
  audienceOf: () => orgWide,
  nameChanges: nameSubscriptionChanges,
};

import type { StripeEventType } from '../integrations/stripe/stripe.port.ts';
import type { InboxHandler, InboxHandlers } from '../modules/inbox/inbox.public.ts';
import { dealPaymentHandlers } from '../workflows/stripe-payments.ts';
import { stripe } from './stripe.ts';

/** The one handler of each type of event; what is of no type in here is kept as ignored. */
export const inboxHandlers = {
  stripe: {
    ...dealPaymentHandlers(stripe),
  } satisfies Partial<Record<StripeEventType, InboxHandler>>,
} satisfies InboxHandlers;

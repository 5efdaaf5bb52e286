import type { StripeEventType } from '../integrations/stripe/stripe.port.ts';
import type { InboxHandler, InboxHandlers } from '../modules/inbox/inbox.public.ts';
import { payeeHandlers } from '../modules/payees/payees.public.ts';
import {
  INBOUND_TYPE,
  receiveMessage,
  STATUS_TYPE,
  settleByReport,
} from '../workflows/receive-message.ts';
import type { HandledTypes } from '../workflows/reconcile-stripe.ts';
import { transferHandlers } from '../workflows/settle-transfer.ts';
import { dealPaymentHandlers } from '../workflows/stripe-payments.ts';
import { stripe } from './stripe.ts';

/** The one handler of each type of event; what is of no type in here is kept as ignored. */
export const inboxHandlers = {
  stripe: {
    ...dealPaymentHandlers(stripe),
    ...transferHandlers(),
    ...payeeHandlers(stripe),
  } satisfies Partial<Record<StripeEventType, InboxHandler>>,
  twilio: { [INBOUND_TYPE]: receiveMessage, [STATUS_TYPE]: settleByReport },
} satisfies InboxHandlers;

/** The types of Stripe's events that somebody handles, by where they happen. */
export const handledTypes = {
  platform: handledFrom('platform'),
  connected: handledFrom('connected'),
} satisfies HandledTypes;

function handledFrom(source: InboxHandler['source']) {
  return Object.entries(inboxHandlers.stripe).flatMap(([type, handler]) =>
    isHandled(type) && handler.source === source ? [type] : [],
  );
}

function isHandled(type: string): type is keyof typeof inboxHandlers.stripe {
  return Object.hasOwn(inboxHandlers.stripe, type);
}

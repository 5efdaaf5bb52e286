import { z } from 'zod';
import type { StripePort } from '../integrations/stripe/stripe.port.ts';
import { fromStripeAmount } from '../integrations/stripe/stripe-amount.ts';
import {
  stripeChargeSchema,
  stripeCheckoutSessionSchema,
  stripeDisputeSchema,
  stripeInvoiceSchema,
} from '../integrations/stripe/stripe-objects.schema.ts';
import { type InboxHandler, InboxRefusal } from '../modules/inbox/inbox.public.ts';
import type { InboxEntry } from '../modules/inbox/inbox.schema.ts';
import { findPaymentLink, type PaymentReport } from '../modules/payments/payments.public.ts';
import type { Invocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';
import { type PaymentTarget, recordPayment } from './record-payment.ts';

type Run = InboxHandler['run'];
/** What names the deal: whoever makes a payment for one at Stripe gives it both. */
type Metadata = Readonly<Record<string, string>> | null | undefined;

/** The platform's own customers pay on the platform's own account. */
const onPlatform = (run: Run): InboxHandler => ({ source: 'platform', run });

/** The events of Stripe's that say what customers paid for deals, and what they have back. */
export function dealPaymentHandlers(stripe: Pick<StripePort, 'invoicePayments'>) {
  const dispute = onPlatform(recordDispute);
  const session = onPlatform(recordSession);
  return {
    'checkout.session.completed': session,
    // Direct debits and the like are paid days after the session was completed.
    'checkout.session.async_payment_succeeded': session,
    'invoice.paid': onPlatform((ctx, entry) => recordInvoice(ctx, entry, stripe)),
    'charge.refunded': onPlatform(recordRefund),
    'charge.dispute.created': dispute,
    'charge.dispute.updated': dispute,
    'charge.dispute.closed': dispute,
    'charge.dispute.funds_withdrawn': dispute,
    'charge.dispute.funds_reinstated': dispute,
  };
}

async function recordSession(ctx: Invocation, { payload }: InboxEntry): Promise<void> {
  const session = stripeCheckoutSessionSchema.parse(payload);
  const deal = dealIn(session.metadata);
  // A subscription's payments are its invoices'; an unpaid session is told of again once it is paid.
  if (deal === undefined || session.mode !== 'payment') return;
  if (session.payment_status !== 'paid') return;
  const { amount_total, currency, payment_intent } = session;
  if (amount_total === null || currency === null) {
    throw new InboxRefusal(`Session ${session.id} is paid and has no amount`);
  }
  await recordPaid(ctx, deal, payment_intent ?? session.id, {
    ...paid(amount_total, currency),
    paymentIntentId: payment_intent,
  });
}

async function recordInvoice(
  ctx: Invocation,
  { payload }: InboxEntry,
  stripe: Pick<StripePort, 'invoicePayments'>,
): Promise<void> {
  const invoice = stripeInvoiceSchema.parse(payload);
  const subscription = invoice.parent?.subscription_details;
  const deal = dealIn(invoice.metadata) ?? dealIn(subscription?.metadata);
  if (deal === undefined || invoice.amount_paid === 0) return;
  const payments = await stripe.invoicePayments(invoice.id);
  if (payments.length === 0) {
    // Paid past Stripe: nothing will ever be refunded through it.
    await recordPaid(ctx, deal, invoice.id, paid(invoice.amount_paid, invoice.currency));
  }
  for (const { paymentIntentId, amountMinor, currency } of payments) {
    const report = { paidMinor: amountMinor, currency, paymentIntentId };
    await recordPaid(ctx, deal, paymentIntentId, report);
  }
}

async function recordRefund(ctx: Invocation, { payload }: InboxEntry): Promise<void> {
  const charge = stripeChargeSchema.parse(payload);
  const { id, payment_intent, amount_captured, amount_refunded, currency } = charge;
  const target = await targetOf(ctx, charge.metadata, payment_intent, id);
  const refunded = fromStripeAmount(amount_refunded, currency);
  await recordPayment(ctx, target, {
    ...(charge.paid ? paid(amount_captured, currency) : { currency: refunded.currency }),
    ...{ paymentIntentId: payment_intent, chargeId: id, refundedMinor: refunded.amountMinor },
  });
}

/** Whether the money is away in each state of a dispute, and which state follows which. */
const disputeStates = {
  warning_needs_response: { isTaken: false, rank: 0 },
  warning_under_review: { isTaken: false, rank: 1 },
  warning_closed: { isTaken: false, rank: 2 },
  prevented: { isTaken: false, rank: 2 },
  needs_response: { isTaken: true, rank: 3 },
  under_review: { isTaken: true, rank: 4 },
  lost: { isTaken: true, rank: 5 },
  appeal_needs_response: { isTaken: true, rank: 6 },
  appeal_under_review: { isTaken: true, rank: 7 },
  won: { isTaken: false, rank: 8 },
} as const;
const disputeStatusSchema = z
  .string()
  .refine((status): status is keyof typeof disputeStates => Object.hasOwn(disputeStates, status), {
    error: 'is a state of disputes that is not known here',
  });

async function recordDispute(
  ctx: Invocation,
  { payload, type, occurredAt }: InboxEntry,
): Promise<void> {
  const dispute = stripeDisputeSchema.parse(payload);
  const { metadata, payment_intent, charge } = dispute;
  const target = await targetOf(ctx, metadata, payment_intent, charge);
  const { amountMinor, currency } = fromStripeAmount(dispute.amount, dispute.currency);
  const state = disputeStates[disputeStatusSchema.parse(dispute.status)];
  const isReinstated = type === 'charge.dispute.funds_reinstated';
  await recordPayment(ctx, target, {
    ...{ currency, paymentIntentId: payment_intent, chargeId: charge },
    dispute: {
      ...{ id: dispute.id, amountMinor, toldAt: occurredAt },
      ...(isReinstated ? disputeStates.won : state),
    },
  });
}

function paid(amount: number, stripeCurrency: string) {
  const { amountMinor, currency } = fromStripeAmount(amount, stripeCurrency);
  return { paidMinor: amountMinor, currency };
}

function recordPaid(
  ctx: Invocation,
  deal: { readonly orgId: string; readonly dealId: string },
  paymentId: string,
  report: PaymentReport,
): Promise<void> {
  const target = { ...deal, linkId: linkIdOf(paymentId) };
  return recordPayment(ctx, target, { ...report, winsDeal: true });
}

/** The deal that metadata name; undefined for a payment for something else. */
function dealIn(metadata: Metadata): Pick<PaymentTarget, 'orgId' | 'dealId'> | undefined {
  const { orgId, dealId } = metadata ?? {};
  if (dealId === undefined) return undefined;
  return z.object({ orgId: idSchema, dealId: idSchema }).parse({ orgId, dealId });
}

/**
 * The payment that a charge or dispute is about: by the metadata, which Stripe copies from a payment
 * to its charge, or by what was recorded when it was paid.
 * @throws Error when it is not known yet; events come in any order
 */
async function targetOf(
  { store }: Invocation,
  metadata: Metadata,
  paymentIntentId: string | null,
  chargeId: string | null,
): Promise<PaymentTarget> {
  const deal = dealIn(metadata);
  const paymentId = paymentIntentId ?? chargeId;
  if (deal !== undefined && paymentId !== null) return { ...deal, linkId: linkIdOf(paymentId) };
  const found =
    (paymentIntentId && (await findPaymentLink(store, 'paymentIntentId', paymentIntentId))) ||
    (chargeId && (await findPaymentLink(store, 'chargeId', chargeId)));
  if (found) return found;
  throw new Error(
    `Payment ${paymentId ?? 'without an id'} is not recorded for any deal yet; give it the metadata orgId and dealId when it is made`,
  );
}

function linkIdOf(paymentId: string): string {
  return idSchema.parse(`stripe_${paymentId}`);
}

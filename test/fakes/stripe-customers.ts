import type { StripeApi, StripeState } from './stripe-api.ts';
import {
  chargeOf,
  disputeOf,
  invoiceOf,
  payoutOf,
  type StripeObject,
  sessionOf,
  stripeId,
} from './stripe-objects.ts';

/** A payment for a deal, in Stripe's smallest units. */
export interface Purchase {
  readonly orgId: string;
  readonly dealId: string;
  readonly amount: number;
  readonly currency: string;
  /** False for a charge that does not carry the deal's ids, as one of an invoice does not. */
  readonly isChargeMarked?: boolean;
}

interface Payment {
  readonly charge: StripeObject;
  readonly event: StripeObject;
}

/** What customers and banks do, which Stripe then tells of. */
export interface StripeCustomers {
  /** Pays through a checkout session. */
  pay(purchase: Purchase): Payment;
  payInvoice(purchase: Purchase): Payment;
  /** Gives back `amount` in all, everything unless given; answers `charge.refunded`. */
  refund(chargeId: string, amount?: number): StripeObject;
  /** Begins a dispute of a charge; answers `charge.dispute.created`. */
  dispute(chargeId: string, amount: number): { dispute: StripeObject; event: StripeObject };
  /** Goes on with a dispute; answers the event. */
  changeDispute(disputeId: string, status: string, type: string): StripeObject;
  /** A connected account's balance goes to its owner's bank, or does not. */
  payOut(
    accountId: string,
    payout: { readonly amount: number; readonly currency: string; status: 'paid' | 'failed' },
  ): StripeObject;
}

export function createCustomers(state: StripeState, { emit }: StripeApi): StripeCustomers {
  const now = () => Math.floor(Date.now() / 1000);
  const chargeFor = ({ amount, currency, ...purchase }: Purchase) => {
    const { orgId, dealId, isChargeMarked = true } = purchase;
    const paid = { amount, currency, payment_intent: stripeId('pi') };
    const metadata = { orgId, dealId };
    const charge = chargeOf({ ...paid, metadata: isChargeMarked ? metadata : {} }, now());
    state.charges.push(charge);
    return { charge, paid: { ...paid, metadata } };
  };
  const find = (objects: readonly StripeObject[], id: string) => {
    const object = objects.find((each) => each.id === id);
    if (object === undefined) throw new Error(`there is no ${id}`);
    return object;
  };
  return {
    pay: (purchase) => {
      const { charge, paid } = chargeFor(purchase);
      return { charge, event: emit('checkout.session.completed', sessionOf(paid, now())) };
    },
    payInvoice: (purchase) => {
      const { charge, paid } = chargeFor({ isChargeMarked: false, ...purchase });
      const [invoice, payment] = invoiceOf(paid, now());
      state.invoicePayments.push(payment);
      return { charge, event: emit('invoice.paid', invoice) };
    },
    refund: (chargeId, amount) => {
      const charge = find(state.charges, chargeId);
      const refunded = amount ?? Number(charge.amount);
      const isWhole = refunded === charge.amount;
      Object.assign(charge, { amount_refunded: refunded, refunded: isWhole });
      return emit('charge.refunded', charge);
    },
    dispute: (chargeId, amount) => {
      const dispute = disputeOf(find(state.charges, chargeId), amount, now());
      state.disputes.push(dispute);
      return { dispute, event: emit('charge.dispute.created', dispute) };
    },
    changeDispute: (disputeId, status, type) => {
      const dispute = find(state.disputes, disputeId);
      Object.assign(dispute, { status });
      return emit(type, dispute);
    },
    payOut: (accountId, payout) =>
      emit(`payout.${payout.status}`, payoutOf(payout, now()), accountId),
  };
}

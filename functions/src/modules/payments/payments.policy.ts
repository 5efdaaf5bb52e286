import type { DisputeState, PaymentLink } from './payments.schema.ts';

/** What an event tells of a payment: absolute amounts, so that it may come again and in any order. */
export interface PaymentReport {
  readonly currency: string;
  readonly paymentIntentId?: string | null;
  readonly chargeId?: string | null;
  readonly paidMinor?: number;
  readonly refundedMinor?: number;
  readonly dispute?: DisputeState & { readonly id: string };
  /** True for a payment that wins its deal. */
  readonly winsDeal?: boolean;
}

type Amounts = Pick<PaymentLink, 'paidMinor' | 'refundedMinor' | 'disputes'>;

/**
 * A payment after another report of it. Paid and refunded amounts only rise; of a dispute, which
 * goes back and forth, the later report counts.
 */
export function mergeReport(link: PaymentLink, report: PaymentReport): PaymentLink {
  return {
    ...link,
    paymentIntentId: link.paymentIntentId ?? report.paymentIntentId ?? null,
    chargeId: link.chargeId ?? report.chargeId ?? null,
    paidMinor: Math.max(link.paidMinor, report.paidMinor ?? 0),
    refundedMinor: Math.max(link.refundedMinor, report.refundedMinor ?? 0),
    disputes: mergeDispute(link.disputes, report.dispute),
    // Once: a deal that people re-opened since is not won a second time.
    win: link.win === 'none' && report.winsDeal === true ? 'due' : link.win,
  };
}

function mergeDispute(
  disputes: PaymentLink['disputes'],
  report: PaymentReport['dispute'],
): PaymentLink['disputes'] {
  if (report === undefined) return disputes;
  const { id, ...state } = report;
  const known = disputes[id];
  return known !== undefined && isLater(known, state) ? disputes : { ...disputes, [id]: state };
}

function isLater(a: DisputeState, b: DisputeState): boolean {
  const aheadMs = a.toldAt.getTime() - b.toldAt.getTime();
  return aheadMs > 0 || (aheadMs === 0 && a.rank >= b.rank);
}

/** A payment of which nothing has been told. */
export function newPayment(
  provider: PaymentLink['provider'],
  dealId: string,
  { currency }: PaymentReport,
  now: Date,
): PaymentLink {
  return {
    ...{ provider, dealId, currency, paymentIntentId: null, chargeId: null },
    ...{ paidMinor: 0, refundedMinor: 0, disputes: {}, win: 'none' },
    ...{ createdAt: now, updatedAt: now },
  };
}

/** What a deal's customers have paid, and what of it they have back: never more than they paid. */
export function sumPayments(payments: readonly Amounts[]): {
  readonly paidMinor: number;
  readonly refundedMinor: number;
} {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
  return {
    paidMinor: sum(payments.map(({ paidMinor }) => paidMinor)),
    refundedMinor: sum(payments.map(backFrom)),
  };
}

function backFrom({ paidMinor, refundedMinor, disputes }: Amounts): number {
  const taken = Object.values(disputes)
    .filter(({ isTaken }) => isTaken)
    .reduce((total, { amountMinor }) => total + amountMinor, 0);
  // A refund may be told of before its payment is.
  return Math.min(refundedMinor + taken, Math.max(paidMinor, refundedMinor));
}

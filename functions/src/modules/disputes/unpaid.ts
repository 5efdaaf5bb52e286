import type { LedgerEntry } from '../ledger/ledger.schema.ts';
import type { Payout } from '../payouts/payouts.schema.ts';

/** What of a posting on a deal decides what of the deal is still to be paid. */
export type DealEntry = Pick<LedgerEntry, 'pendingMinor' | 'approvedMinor' | 'reason' | 'postedAt'>;
/** What of a payout decides what it takes. */
export type DealPayout = Pick<
  Payout,
  'status' | 'amountMinor' | 'returnedMinor' | 'periodEndsAt' | 'sentAt' | 'paidAt'
>;

/** What of one deal is in one payout, or in none yet. */
interface Slot {
  readonly endsAt: Date | null;
  /** When its money left the organisation; null while it is here. */
  readonly leftAt: Date | null;
  minor: number;
}

/**
 * What of a payee's earnings on a deal no payout has taken away yet, in minor units; less than
 * nothing when more was taken back than is unpaid. Payouts are for all deals together, so what is
 * in one follows from its cut: each posting is in the first payout that was cut after it, and a
 * hold takes from those that had not left yet, the earliest first, as `shrinkForHold` does. One
 * that was voided or came back has taken nothing. The entries are one payee's on one deal in one
 * currency, the payouts that payee's in that currency.
 */
export function unpaidMinor(entries: readonly DealEntry[], payouts: readonly DealPayout[]): number {
  const inPayouts = slotsOf(payouts);
  const later: Slot = { endsAt: null, leftAt: null, minor: 0 };
  const slotAt = (at: Date) =>
    inPayouts.find(({ endsAt }) => endsAt !== null && endsAt > at) ?? later;
  for (const entry of entries.toSorted((a, b) => a.postedAt.getTime() - b.postedAt.getTime())) {
    // Of the entries on a deal only holds touch what is approved.
    const minor = entry.pendingMinor + entry.approvedMinor;
    const isHold = entry.reason === 'dispute_hold';
    const taken = isHold ? takeFrom([...inPayouts, later], -minor, entry.postedAt) : 0;
    slotAt(entry.postedAt).minor += minor + taken;
  }
  return [...inPayouts, later].reduce(
    (sum, { leftAt, minor }) => (leftAt === null ? sum + minor : sum),
    0,
  );
}

function slotsOf(payouts: readonly DealPayout[]): Slot[] {
  return payouts
    .filter(isInForce)
    .toSorted((a, b) => a.periodEndsAt.getTime() - b.periodEndsAt.getTime())
    .map((payout) => ({ endsAt: payout.periodEndsAt, leftAt: leftAt(payout), minor: 0 }));
}

function isInForce({ status, amountMinor, returnedMinor }: DealPayout): boolean {
  return status !== 'voided' && !(status === 'returned' && returnedMinor >= amountMinor);
}

function leftAt({ status, sentAt, paidAt }: DealPayout): Date | null {
  return status === 'sending' || status === 'paid' || status === 'returned'
    ? (sentAt ?? paidAt)
    : null;
}

/** Takes up to so much from what had not left by `at`, and answers how much it was. */
function takeFrom(slots: readonly Slot[], heldMinor: number, at: Date): number {
  let taken = 0;
  for (const slot of slots.filter(({ leftAt }) => leftAt === null || leftAt > at)) {
    const part = Math.min(heldMinor - taken, Math.max(0, slot.minor));
    slot.minor -= part;
    taken += part;
  }
  return taken;
}

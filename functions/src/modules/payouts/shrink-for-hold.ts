import type { Stored } from '../../platform/collection.ts';
import { updateRecord } from '../../platform/records.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Mover } from './payout-moves.ts';
import { findPayoutsOf, payouts } from './payouts.repository.ts';
import type { Payout } from './payouts.schema.ts';

/** Money of a payee that is about to be held. */
export interface Hold {
  readonly ownerId: string;
  readonly currency: string;
  /** How much, more than nothing. */
  readonly amountMinor: number;
  /** When the latest of the entries concerned was posted: payouts cut before it do not contain it. */
  readonly postedAt: Date;
}

/** Which accounts the held money has to be taken from; the two sum to the amount. */
export interface HoldSources {
  readonly pendingMinor: number;
  readonly approvedMinor: number;
}

const HELD = 'All of it is held for a dispute';

/**
 * Takes money that is about to be held out of the payee's payouts that are drafts or approved (or
 * have failed) and may contain it, the earliest cut first. One that is left with nothing is voided.
 * The caller holds the guard `payee_{ownerId}` and posts the hold from the accounts answered, in
 * the same commit. What is on its way or paid is not touched: what then remains is taken from
 * pending. Billed: one read for each open payout, at least one; one write for each that shrinks.
 */
export async function shrinkForHold(
  unit: UnitOfWork,
  { ownerId, currency, amountMinor, postedAt }: Hold,
  change: Mover,
): Promise<HoldSources> {
  const account = { ownerId, currency };
  const open = await findPayoutsOf(unit, account, ['draft', 'approved', 'failed']);
  const byCut = open.toSorted((a, b) => a.periodEndsAt.getTime() - b.periodEndsAt.getTime());
  let rest = amountMinor;
  let approvedMinor = 0;
  for (const payout of byCut.filter(({ periodEndsAt }) => periodEndsAt > postedAt)) {
    const taken = Math.min(rest, payout.amountMinor);
    if (taken === 0) continue;
    shrink(unit, payout, taken, change);
    rest -= taken;
    if (payout.status !== 'draft') approvedMinor += taken;
  }
  return { pendingMinor: amountMinor - approvedMinor, approvedMinor };
}

function shrink(unit: UnitOfWork, payout: Stored<Payout>, taken: number, change: Mover): void {
  const amountMinor = payout.amountMinor - taken;
  const patch = amountMinor === 0 ? { status: 'voided' as const, reason: HELD } : {};
  updateRecord(unit, payouts, payout, { amountMinor, ...patch }, change);
}

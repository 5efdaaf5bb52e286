import type { Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { post, sumAccounts } from '../ledger/ledger.public.ts';
import { shrinkForHold } from '../payouts/payouts.public.ts';
import { findEntriesOfPayee, findPayoutsCutAfter } from './disputes.repository.ts';
import type { Dispute } from './disputes.schema.ts';
import { unpaidMinor } from './unpaid.ts';

/** Who moves money of a dispute, and when. */
interface Mover {
  readonly actor: string;
  readonly now: Date;
}

/** Whose earnings on which deal are looked at. */
interface Share {
  readonly ownerId: string;
  readonly dealId: string;
  readonly currency: string;
}

/** What of a payee's earnings on a deal can still be held. */
export interface Holdable {
  readonly amountMinor: number;
  /** When the earliest of the postings was made: payouts that were cut before contain none. */
  readonly since: Date;
}

/**
 * What of a payee's earnings on a deal is not paid and not on its way, at most what is owed to the
 * payee in all. The caller holds the guard of the payee. Billed: one read for each posting on the
 * deal and for each payout since the first of them, and one for the balance.
 */
export async function holdable(
  unit: UnitOfWork,
  { ownerId, dealId, currency }: Share,
): Promise<Holdable | undefined> {
  const found = await findEntriesOfPayee(unit, ownerId, dealId);
  const entries = found.filter((entry) => entry.currency === currency);
  const since = entries.map(({ postedAt }) => postedAt).toSorted(byTime)[0];
  if (since === undefined) return undefined;
  const [payouts, { pendingMinor, approvedMinor }] = await Promise.all([
    findPayoutsCutAfter(unit, { ownerId, currency }, since),
    sumAccounts(unit, (query) =>
      query.where('ownerId', '==', ownerId).where('currency', '==', currency),
    ),
  ]);
  const amountMinor = Math.min(unpaidMinor(entries, payouts), pendingMinor + approvedMinor);
  return amountMinor > 0 ? { amountMinor, since } : undefined;
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}

type Held = Pick<Dispute, 'ownerId' | 'teamId' | 'dealId' | 'currency'> & { readonly id: string };

/** Holds an amount for a new dispute, out of approved payouts where it is in them already. */
export async function hold(
  unit: UnitOfWork,
  dispute: Held,
  { amountMinor, since }: Holdable,
  { actor, now }: Mover,
): Promise<void> {
  const { id, ownerId, currency } = dispute;
  const sources = await shrinkForHold(
    unit,
    { ownerId, currency, amountMinor, postedAt: since },
    { actor, now },
  );
  post(unit, `dispute_${id}_1`, {
    ...linksOf(dispute, 1),
    reason: 'dispute_hold',
    pendingMinor: 0 - sources.pendingMinor,
    approvedMinor: 0 - sources.approvedMinor,
    heldMinor: amountMinor,
    ...{ actor, at: now, postedAt: now },
  });
}

/** Releases what is held for a dispute that ends with its next version. */
export function release(
  unit: UnitOfWork,
  dispute: Stored<Dispute>,
  { actor, now }: Mover,
  note: string | null,
): void {
  const { id, heldMinor, version } = dispute;
  if (heldMinor === 0) return;
  post(unit, `dispute_${id}_${version + 1}`, {
    ...linksOf(dispute, version + 1),
    ...{ reason: 'release', heldMinor: -heldMinor, pendingMinor: heldMinor, note },
    ...{ actor, at: now, postedAt: now },
  });
}

/** Gives the payee so much more, or less, in the step that ends a dispute. */
export function adjust(
  unit: UnitOfWork,
  dispute: Stored<Dispute>,
  adjustmentMinor: number,
  { actor, now }: Mover,
  note: string,
): void {
  const { id, version } = dispute;
  post(unit, `dispute_${id}_${version + 1}_adjustment`, {
    ...linksOf(dispute, version + 1),
    reason: 'manual_adjustment',
    ...{ expenseMinor: -adjustmentMinor, pendingMinor: adjustmentMinor, note },
    ...{ actor, at: now, postedAt: now },
  });
}

function linksOf({ id, ownerId, teamId, dealId, currency }: Held, version: number) {
  return { ownerId, teamId, currency, dealId, disputeId: id, eventId: `${id}_${version}` };
}

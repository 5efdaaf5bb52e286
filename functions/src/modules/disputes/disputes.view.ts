import type { Stored } from '../../platform/collection.ts';
import type { LedgerEntry } from '../ledger/ledger.schema.ts';
import type { Dispute, DisputeDetail, DisputeLine, DisputeView } from './disputes.schema.ts';

/** What the doors show of a dispute. */
export function toDisputeView(dispute: Stored<Dispute>): DisputeView {
  const { id, version, dealId, ownerId, teamId, currency, status, outcome } = dispute;
  const { reason, resolution, closedBy, expectedMinor, adjustmentMinor } = dispute;
  const amount = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...{ id, version, dealId, payeeId: ownerId, teamId, status, outcome },
    ...{ reason, resolution, closedBy },
    contested: amount(dispute.contestedMinor),
    held: amount(dispute.heldMinor),
    expected: expectedMinor === null ? null : amount(expectedMinor),
    adjustment: adjustmentMinor === null ? null : amount(adjustmentMinor),
    closedAt: dispute.closedAt?.toISOString() ?? null,
    comments: dispute.comments.map(({ at, ...comment }) => ({ ...comment, at: at.toISOString() })),
    createdAt: dispute.createdAt.toISOString(),
    updatedAt: dispute.updatedAt.toISOString(),
  };
}

/** A dispute with the postings on its deal, which are the payee's, oldest first. */
export function toDisputeDetail(
  dispute: Stored<Dispute>,
  entries: readonly Stored<LedgerEntry>[],
): DisputeDetail {
  const { currency } = dispute;
  const inCurrency = entries.filter((entry) => entry.currency === currency);
  const amountMinor = inCurrency.reduce((sum, entry) => sum - entry.expenseMinor, 0);
  return {
    ...toDisputeView(dispute),
    earned: { amountMinor, currency },
    ledger: entries
      .toSorted((a, b) => a.postedAt.getTime() - b.postedAt.getTime() || (a.id < b.id ? -1 : 1))
      .map(toLine),
  };
}

function toLine(entry: Stored<LedgerEntry>): DisputeLine {
  const { id, reason, currency, pendingMinor, heldMinor, approvedMinor } = entry;
  const { dealVersion, termsId, disputeId, note } = entry;
  return {
    ...{ id, reason, currency, pendingMinor, heldMinor, approvedMinor },
    ...{ dealVersion, termsId, disputeId, note },
    earnedMinor: 0 - entry.expenseMinor,
    postedAt: entry.postedAt.toISOString(),
  };
}

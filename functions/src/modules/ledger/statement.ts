import type { Stored } from '../../platform/collection.ts';
import type { StatementLine } from './balances.schema.ts';
import type { LedgerEntry, Reason } from './ledger.schema.ts';

const words: Readonly<Record<Reason, string>> = {
  earning: 'Commission',
  override: 'Override on a deal of the team',
  tier_adjustment: 'Tiers reached in the period',
  clawback: 'Commission taken back',
  dispute_hold: 'Held for a dispute',
  release: 'Released after a dispute',
  approval: 'Approved for payment',
  payout: 'Payout',
  payout_failure: 'Payout failed',
  payout_return: 'Payout came back',
  manual_adjustment: 'Adjustment',
  restatement: 'Restated commission',
};

/** Why money moved, as a payee reads it. */
function reasonText({
  reason,
  pendingMinor,
}: Pick<LedgerEntry, 'reason' | 'pendingMinor'>): string {
  // What was approved goes back to pending when its payout is given up.
  return reason === 'approval' && pendingMinor > 0 ? 'Approval withdrawn' : words[reason];
}

/**
 * The lines of entries in the order of a statement, each with what was owed after it. `owed` is
 * what was owed before the first of them, by currency.
 */
export function toLines(
  entries: readonly Stored<LedgerEntry>[],
  owed: ReadonlyMap<string, number>,
): StatementLine[] {
  const running = new Map(owed);
  return entries.map((entry) => {
    const { currency, expenseMinor, paidMinor } = entry;
    const owedMinor = (running.get(currency) ?? 0) - expenseMinor - paidMinor;
    running.set(currency, owedMinor);
    return { ...toLine(entry), owedMinor };
  });
}

function toLine(entry: Stored<LedgerEntry>): Omit<StatementLine, 'owedMinor'> {
  const { id, currency, reason, component, dealId, dealTitle, payoutId, disputeId, note } = entry;
  return {
    entryId: id,
    postedAt: entry.postedAt.toISOString(),
    at: entry.at.toISOString(),
    ...{ currency, reason, description: reasonText(entry), component },
    ...{ dealId, dealTitle, payoutId, disputeId, note },
    earnedMinor: opposite(entry.expenseMinor),
    ...{ pendingMinor: entry.pendingMinor, heldMinor: entry.heldMinor },
    ...{ approvedMinor: entry.approvedMinor, inTransitMinor: entry.inTransitMinor },
    paidMinor: entry.paidMinor,
  };
}

/** JSON knows -0, people do not. */
function opposite(minor: number): number {
  return minor === 0 ? 0 : -minor;
}

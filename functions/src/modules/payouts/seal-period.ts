import { createHash } from 'node:crypto';
import { openUnit, type Store } from '../../platform/unit-of-work.ts';
import type { Account, LedgerEntry } from '../ledger/ledger.schema.ts';
import { pageEntries, type Span } from './payouts.repository.ts';
import type { PeriodTotals } from './payouts.schema.ts';

/** What a period's entries were: their number, their hash, and their sums by currency. */
export interface Seal {
  readonly entries: number;
  readonly rootHash: string;
  readonly totals: PeriodTotals['totals'];
}

type Totals = PeriodTotals['totals'][string];

const PAGE = 1000;

/** One hash for a set of entries, in whatever order: of their digests, sorted, a line each. */
export function rootHashOf(digests: readonly string[]): string {
  return createHash('sha256').update(digests.toSorted().join('\n')).digest('hex');
}

/** Reads all entries that were posted in a period. Billed: one read for each. */
export async function sealOf(
  ctx: { readonly store: Store },
  orgId: string,
  span: Span,
): Promise<Seal> {
  const digests: string[] = [];
  const totals: Record<string, Totals> = {};
  const order = { field: 'postedAt', direction: 'asc' } as const;
  let cursor: string | undefined;
  do {
    // A unit of work remembers what it has read; a period may be larger than one should.
    const unit = openUnit(ctx, orgId);
    const page = await pageEntries(unit, span, { order, limit: PAGE, cursor });
    for (const entry of page.records) {
      digests.push(entry.digest);
      totals[entry.currency] = plus(totals[entry.currency], entry);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { entries: digests.length, rootHash: rootHashOf(digests), totals };
}

function plus(totals: Totals | undefined, entry: LedgerEntry): Totals {
  const sumOf = (account: Account) => (totals?.[account] ?? 0) + entry[account];
  return {
    entries: (totals?.entries ?? 0) + 1,
    expenseMinor: sumOf('expenseMinor'),
    pendingMinor: sumOf('pendingMinor'),
    heldMinor: sumOf('heldMinor'),
    approvedMinor: sumOf('approvedMinor'),
    inTransitMinor: sumOf('inTransitMinor'),
    paidMinor: sumOf('paidMinor'),
  };
}

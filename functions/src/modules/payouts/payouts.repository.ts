import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { compositeIndex, sumIndex } from '../../platform/indexes.ts';
import type { PageRequest } from '../../platform/paging.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { whereVisible } from '../access/access.public.ts';
import { ledger } from '../ledger/ledger.public.ts';
import type { LedgerEntry, Reason } from '../ledger/ledger.schema.ts';
import {
  type ListPayouts,
  type Payout,
  type PayoutSettings,
  type PayoutStatus,
  type Period,
  type PeriodTotals,
  payoutSchema,
  payoutSettingsSchema,
  periodSchema,
  periodTotalsSchema,
} from './payouts.schema.ts';

export const payouts: Collection<Payout> = orgCollection('payouts', 'Payout', payoutSchema);
export const periods: Collection<Period> = orgCollection('periods', 'Period', periodSchema);
export const periodTotals: Collection<PeriodTotals> = orgCollection(
  'periodTotals',
  'Period totals',
  periodTotalsSchema,
);
export const payoutSettings: Collection<PayoutSettings> = orgCollection(
  'payoutSettings',
  'Payout settings',
  payoutSettingsSchema,
);

/** The one settings document of an organisation. */
export const SETTINGS_ID = 'current';

/** What lists of payouts are in the order of. */
const payoutOrder = { field: 'createdAt', direction: 'desc' } as const;

/** The indexes that payouts need, in their own collection and in the ledger. */
export const payoutIndexes = [
  ...['ownerId', 'teamId', 'periodId', 'status'].map((filter) =>
    compositeIndex('payouts', filter, 'createdAt desc'),
  ),
  // What is pending of a payee: now, at a cut, and as it moved for a reason.
  sumIndex('ledger', ['ownerId', 'currency'], ['pendingMinor']),
  sumIndex('ledger', ['ownerId', 'currency', 'postedAt'], ['pendingMinor', 'heldMinor']),
  sumIndex('ledger', ['ownerId', 'currency', 'reason', 'postedAt'], ['pendingMinor']),
  // What tiers count: posted in a period, and won in one.
  compositeIndex('ledger', 'ownerId', 'currency', 'isTiered', 'postedAt'),
  sumIndex(
    'ledger',
    ['ownerId', 'currency', 'planKey', 'isTiered', 'wonAt', 'postedAt'],
    ['basisMinor'],
  ),
  sumIndex(
    'ledger',
    ['ownerId', 'currency', 'planKey', 'reason', 'wonAt', 'postedAt'],
    ['expenseMinor'],
  ),
];

/** A payee's account in one currency. */
export interface PayeeAccount {
  readonly ownerId: string;
  readonly currency: string;
}

/** A stretch of time, the end excluded. */
export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const MAX_OPEN_PAYOUTS = 200;
const MAX_ENTRIES_OF_PAYOUT = 200;

/** The next account with entries after another, by payee and currency. One billed read. */
export async function findAccountAfter(
  unit: UnitOfWork,
  after: PayeeAccount | undefined,
): Promise<PayeeAccount | undefined> {
  const [entry] = await unit.query(ledger, (query) => {
    const ordered = query.orderBy('ownerId').orderBy('currency').orderBy('postedAt').limit(1);
    return after === undefined ? ordered : ordered.startAfter(after.ownerId, after.currency, LAST);
  });
  return entry === undefined ? undefined : { ownerId: entry.ownerId, currency: entry.currency };
}

/** After every instant that Firestore stores. */
const LAST = new Date('9999-12-31T23:59:59.999Z');

/** A payee's payouts in these states. At least one billed read. */
export function findPayoutsOf(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  statuses: readonly PayoutStatus[],
): Promise<Stored<Payout>[]> {
  return unit.query(payouts, (query) =>
    query
      .where('ownerId', '==', ownerId)
      .where('currency', '==', currency)
      .where('status', 'in', [...statuses])
      .limit(MAX_OPEN_PAYOUTS),
  );
}

/** What is pending of a payee now. One billed read for a thousand entries. */
export async function sumPending(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
): Promise<number> {
  const [pendingMinor = 0] = await unit.sum(
    ledger,
    (query) => query.where('ownerId', '==', ownerId).where('currency', '==', currency),
    ['pendingMinor'],
  );
  return pendingMinor;
}

/** What was pending and held of a payee before an instant. */
export async function sumBefore(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  cut: Date,
): Promise<{ readonly pendingMinor: number; readonly heldMinor: number }> {
  const [pendingMinor = 0, heldMinor = 0] = await unit.sum(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('currency', '==', currency)
        .where('postedAt', '<', cut),
    ['pendingMinor', 'heldMinor'],
  );
  return { pendingMinor, heldMinor };
}

/** What entries for these reasons moved to or from pending, from an instant on. */
export async function sumPendingSince(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  reasons: readonly Reason[],
  { startsAt, endsAt = LAST }: { readonly startsAt: Date; readonly endsAt?: Date },
): Promise<number> {
  const [pendingMinor = 0] = await unit.sum(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('currency', '==', currency)
        .where('reason', 'in', [...reasons])
        .where('postedAt', '>=', startsAt)
        .where('postedAt', '<', endsAt),
    ['pendingMinor'],
  );
  return pendingMinor;
}

/** A page of the entries of a payee that count for tiers and were posted in a period. */
export function pageTieredEntries(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  { startsAt, endsAt }: Span,
  request: PageRequest,
): Promise<{ records: Stored<LedgerEntry>[]; nextCursor: string | null }> {
  return unit.page(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('currency', '==', currency)
        .where('isTiered', '==', true)
        .where('postedAt', '>=', startsAt)
        .where('postedAt', '<', endsAt),
    request,
  );
}

/** A page of all entries that were posted in a period. */
export function pageEntries(
  unit: UnitOfWork,
  { startsAt, endsAt }: Span,
  request: PageRequest,
): Promise<{ records: Stored<LedgerEntry>[]; nextCursor: string | null }> {
  return unit.page(
    ledger,
    (query) => query.where('postedAt', '>=', startsAt).where('postedAt', '<', endsAt),
    request,
  );
}

/** What a payee won in a period by one version of a plan, as far as it was posted before the cut. */
export async function sumTieredBasis(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  planKey: string,
  won: Span,
  cut: Date,
): Promise<number> {
  const [basisMinor = 0] = await unit.sum(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('currency', '==', currency)
        .where('planKey', '==', planKey)
        .where('isTiered', '==', true)
        .where('wonAt', '>=', won.startsAt)
        .where('wonAt', '<', won.endsAt)
        .where('postedAt', '<', cut),
    ['basisMinor'],
  );
  return basisMinor;
}

/** What the closings before `cut` paid beyond the first tier for what was won in a period. */
export async function sumTierAdjustments(
  unit: UnitOfWork,
  { ownerId, currency }: PayeeAccount,
  planKey: string,
  won: Span,
  cut: Date,
): Promise<number> {
  const [expenseMinor = 0] = await unit.sum(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('currency', '==', currency)
        .where('planKey', '==', planKey)
        .where('reason', '==', 'tier_adjustment')
        .where('wonAt', '>=', won.startsAt)
        .where('wonAt', '<', won.endsAt)
        .where('postedAt', '<', cut),
    ['expenseMinor'],
  );
  // Never the negative zero.
  return 0 - expenseMinor;
}

/** When the first entry of the organisation was posted. One billed read. */
export async function findFirstPosting(unit: UnitOfWork): Promise<Date | undefined> {
  const [first] = await unit.query(ledger, (query) => query.orderBy('postedAt').limit(1));
  return first?.postedAt;
}

/** The period whose closing was ordered last. One billed read. */
export async function findLastPeriod(unit: UnitOfWork): Promise<Stored<Period> | undefined> {
  const [last] = await unit.query(periods, (query) => query.orderBy('endsAt', 'desc').limit(1));
  return last;
}

/** The entries that a payout posted, the earliest first. */
export async function findEntriesOf(
  unit: UnitOfWork,
  payoutId: string,
): Promise<Stored<LedgerEntry>[]> {
  const found = await unit.query(ledger, (query) =>
    query.where('payoutId', '==', payoutId).limit(MAX_ENTRIES_OF_PAYOUT),
  );
  return found.toSorted((a, b) => a.postedAt.getTime() - b.postedAt.getTime());
}

/** A page of the payouts that the caller may see. */
export function pageVisible(
  unit: UnitOfWork,
  caller: Principal,
  { periodId, status, payeeId }: Pick<ListPayouts, 'periodId' | 'status' | 'payeeId'>,
  request: Pick<PageRequest, 'limit' | 'cursor'>,
): Promise<{ records: Stored<Payout>[]; nextCursor: string | null }> {
  const filters = Object.entries({ periodId, status, ownerId: payeeId });
  return unit.page(
    payouts,
    (query) =>
      filters.reduce(
        (narrowed, [field, value]) =>
          value === undefined ? narrowed : narrowed.where(field, '==', value),
        whereVisible(query, caller, 'payout'),
      ),
    { ...request, order: payoutOrder },
  );
}

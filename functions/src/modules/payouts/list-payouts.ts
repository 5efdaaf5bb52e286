import { stringify } from 'csv-stringify/sync';
import pMap from 'p-map';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { minorDigits, toMajorUnits } from '../../platform/money.schema.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, orgWide, requireAccess, requireOrgAccess } from '../access/access.public.ts';
import type { LedgerEntry, Reason } from '../ledger/ledger.schema.ts';
import { users } from '../users/users.public.ts';
import { closableFrom, findNextPeriod } from './close-period.ts';
import { payableOf } from './payout-moves.ts';
import {
  findEntriesOf,
  findLastPeriod,
  pageVisible,
  payouts,
  periods,
  periodTotals,
  sumPending,
  sumPendingSince,
} from './payouts.repository.ts';
import type { ListPayouts, ListPeriods, Payout, Period, PeriodTotals } from './payouts.schema.ts';
import type { PeriodSpan } from './periods.ts';
import { findTimeline } from './settings.ts';

type Caller = Context<Principal>;

/** A page of the payouts that the caller may see, the latest first. */
export function listPayouts(
  ctx: Caller,
  { cursor, limit, ...filters }: ListPayouts,
): Promise<{ records: Stored<Payout>[]; nextCursor: string | null }> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  return pageVisible(unit, ctx.principal, filters, { cursor, limit });
}

/** What moved a payee's pending money, in the order in which it is shown. */
const earningReasons: readonly Reason[] = [
  ...(['earning', 'override', 'tier_adjustment', 'clawback', 'restatement'] as const),
  ...(['dispute_hold', 'release', 'manual_adjustment', 'payout_return'] as const),
];

/** A payout, the entries it posted, and what of the period it is made of. */
export interface PayoutDetail {
  readonly payout: Stored<Payout>;
  readonly entries: readonly Stored<LedgerEntry>[];
  /** What was added to, or taken from, pending in its period, by reason. */
  readonly periodSums: readonly { readonly reason: Reason; readonly amountMinor: number }[];
}

/** The payout with this id. Billed: it, its entries, and a sum for each reason. @throws AppError not-found */
export async function getPayout(ctx: Caller, payoutId: string): Promise<PayoutDetail> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const payout = await unit.get(payouts, payoutId);
  requireAccess(ctx.principal, 'read', 'payout', payout);
  const span = { startsAt: payout.periodStartsAt, endsAt: payout.periodEndsAt };
  const [entries, sums] = await Promise.all([
    findEntriesOf(unit, payoutId),
    pMap(earningReasons, async (reason) => ({
      reason,
      amountMinor: await sumPendingSince(unit, payout, [reason], span),
    })),
  ]);
  return { payout, entries, periodSums: sums.filter(({ amountMinor }) => amountMinor !== 0) };
}

/** A period with its totals, which are for administrators; null for everybody else. */
export interface PeriodDetail {
  readonly period: Stored<Period>;
  readonly totals: PeriodTotals['totals'] | null;
}

/** The period with this id. @throws AppError not-found, permission-denied */
export async function getPeriod(ctx: Caller, periodId: string): Promise<PeriodDetail> {
  requireOrgAccess(ctx.principal, 'read', 'period');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const period = await unit.get(periods, periodId);
  if (!isAllowed(ctx.principal, 'update', 'period', orgWide)) return { period, totals: null };
  const found = await unit.find(periodTotals, periodId);
  return { period, totals: found?.totals ?? null };
}

/** The periods that were closed or are being closed, and the one that is next. */
export interface PeriodList {
  readonly periods: readonly Stored<Period>[];
  readonly nextCursor: string | null;
  readonly next: (PeriodSpan & { readonly closableFrom: Date }) | null;
}

/** A page of the periods, the latest first. @throws AppError permission-denied */
export async function listPeriods(ctx: Caller, page: ListPeriods): Promise<PeriodList> {
  requireOrgAccess(ctx.principal, 'read', 'period');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const order = { field: 'endsAt', direction: 'desc' } as const;
  const [found, timeline, last] = await Promise.all([
    unit.page(periods, (query) => query, { ...page, cursor: page.cursor, order }),
    findTimeline(unit),
    findLastPeriod(unit),
  ]);
  const next = await findNextPeriod(unit, timeline, last);
  return {
    periods: found.records,
    nextCursor: found.nextCursor,
    next: next === undefined ? null : { ...next, closableFrom: closableFrom(next) },
  };
}

/** More payouts of one period than a file for a bank should have. */
const MAX_EXPORTED = 5000;
const EXPORT_PAGE = 500;
const CONCURRENCY = 8;

/**
 * A period's payouts as a CSV file, for paying them at a bank: `amount` is what was approved,
 * `payable` that less what the payee owes by now. A cell that a spreadsheet would take for a
 * formula begins with an apostrophe.
 * @throws AppError permission-denied, not-found (the period)
 */
export async function exportPayouts(ctx: Caller, periodId: string): Promise<string> {
  requireOrgAccess(ctx.principal, 'move', 'payout');
  const unit = openUnit(ctx, ctx.principal.orgId);
  await unit.get(periods, periodId);
  const found = await findAllOf(ctx, unit, periodId);
  const people = await unit.findMany(
    users,
    found.map(({ ownerId }) => ownerId),
  );
  const rows = await pMap(
    found,
    async (payout) => ({
      ...rowOf(payout),
      payable: decimal(await payableNow(unit, payout), payout.currency),
      payeeName: people.get(payout.ownerId)?.name ?? '',
      payeeEmail: people.get(payout.ownerId)?.email ?? '',
    }),
    { concurrency: CONCURRENCY },
  );
  const columns = [
    ...['payoutId', 'periodId', 'payeeId', 'payeeName', 'payeeEmail', 'currency', 'amount'],
    ...['payable', 'status', 'method', 'reference'],
  ];
  return stringify(rows, {
    header: true,
    columns,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

async function findAllOf(
  ctx: Caller,
  unit: UnitOfWork,
  periodId: string,
): Promise<Stored<Payout>[]> {
  const all: Stored<Payout>[] = [];
  let cursor: string | undefined;
  do {
    const request = { cursor, limit: EXPORT_PAGE };
    const page = await pageVisible(unit, ctx.principal, { periodId }, request);
    all.push(...page.records);
    cursor = page.nextCursor ?? undefined;
    if (all.length > MAX_EXPORTED) {
      throw new AppError(
        'failed-precondition',
        `The period has more than ${MAX_EXPORTED} payouts; list them page by page`,
      );
    }
  } while (cursor !== undefined);
  return all;
}

async function payableNow(unit: UnitOfWork, payout: Stored<Payout>): Promise<number> {
  if (payout.status !== 'approved' && payout.status !== 'failed') return 0;
  return payableOf(payout, await sumPending(unit, payout));
}

function rowOf(payout: Stored<Payout>) {
  const { id, periodId, ownerId, currency, amountMinor, status, method, reference } = payout;
  return {
    ...{ payoutId: id, periodId, payeeId: ownerId, currency, status },
    amount: decimal(amountMinor, currency),
    method: method ?? '',
    reference: reference ?? '',
  };
}

function decimal(minor: number, currency: string): string {
  return toMajorUnits(minor, currency).toFixed(minorDigits(currency));
}

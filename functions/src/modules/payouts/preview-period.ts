import pMap from 'p-map';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { ledger } from '../ledger/ledger.public.ts';
import { users } from '../users/users.public.ts';
import { type Payable, payableOfPeriod } from './close-payee.ts';
import { closableFrom, findNextPeriod } from './close-period.ts';
import {
  findAccountAfter,
  findLastPeriod,
  type PayeeAccount,
  periods,
} from './payouts.repository.ts';
import { closeCursorSchema, type PreviewPeriod, type Timeline } from './payouts.schema.ts';
import type { PeriodSpan } from './periods.ts';
import { findTimeline } from './settings.ts';
import { type TierAdjustment, tierAdjustmentsOf, tierEntryId } from './tier-adjustments.ts';

type Caller = Context<Principal>;

/** What a person should look at before closing. */
export type Warning =
  | 'negative_balance'
  | 'held_for_dispute'
  | 'payee_not_active'
  | 'earlier_draft_open';

/** What closing the period now would pay one payee in one currency. */
export interface PreviewLine extends PayeeAccount, Payable {
  readonly payeeName: string | null;
  readonly tierAdjustmentMinor: number;
  readonly warnings: readonly Warning[];
}

export interface Preview {
  readonly period: PeriodSpan & { readonly closableFrom: Date };
  readonly lines: readonly PreviewLine[];
  readonly nextCursor: string | null;
}

const CONCURRENCY = 4;

/**
 * What closing the next period would do as things are, payee by payee; nothing is written. It may
 * be asked before the period is over.
 * @throws AppError permission-denied, not-found, failed-precondition (closed already), invalid-argument (cursor)
 */
export async function previewPeriod(
  ctx: Caller,
  { periodId, cursor, limit }: PreviewPeriod,
): Promise<Preview> {
  requireOrgAccess(ctx.principal, 'update', 'period');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const timeline = await findTimeline(unit);
  const period = await getNext(unit, timeline, periodId);
  const accounts = await findAccounts(unit, readCursor(cursor), limit);
  const lines = await pMap(accounts, (account) => preview(unit, period, timeline, account), {
    concurrency: CONCURRENCY,
  });
  return {
    period: { ...period, closableFrom: closableFrom(period) },
    lines,
    nextCursor: accounts.length < limit ? null : writeCursor(accounts.at(-1)),
  };
}

async function getNext(
  unit: UnitOfWork,
  timeline: Timeline,
  periodId: string,
): Promise<PeriodSpan> {
  const [known, last] = await Promise.all([unit.find(periods, periodId), findLastPeriod(unit)]);
  if (known?.status === 'closing') return known;
  if (known !== undefined) {
    throw new AppError('failed-precondition', 'id: the period is closed; list its payouts', {
      field: 'id',
    });
  }
  const next = await findNextPeriod(unit, timeline, last);
  if (next?.id !== periodId) throw notFound('Period', periodId);
  return next;
}

async function findAccounts(
  unit: UnitOfWork,
  after: PayeeAccount | undefined,
  limit: number,
): Promise<PayeeAccount[]> {
  const found: PayeeAccount[] = [];
  for (let last = after; found.length < limit; last = found.at(-1)) {
    const account = await findAccountAfter(unit, last);
    if (account === undefined) break;
    found.push(account);
  }
  return found;
}

async function preview(
  unit: UnitOfWork,
  period: PeriodSpan,
  timeline: Timeline,
  account: PayeeAccount,
): Promise<PreviewLine> {
  const [adjustments, payee] = await Promise.all([
    tierAdjustmentsOf(unit, period, timeline, account),
    unit.find(users, account.ownerId),
  ]);
  const tierAdjustmentMinor = adjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const missingMinor = await sumMissing(unit, period, account, adjustments);
  const payable = await payableOfPeriod(unit, period, account, missingMinor);
  const warnings: readonly (readonly [Warning, boolean])[] = [
    ['negative_balance', payable.pendingMinor < 0],
    ['held_for_dispute', payable.heldMinor !== 0],
    ['payee_not_active', payee?.active !== true],
    ['earlier_draft_open', payable.spokenForMinor > 0],
  ];
  return {
    ...account,
    ...payable,
    payeeName: payee?.name ?? null,
    tierAdjustmentMinor,
    warnings: warnings.flatMap(([warning, applies]) => (applies ? [warning] : [])),
  };
}

/** What of the adjustments a closing that is under way has not posted yet. */
async function sumMissing(
  unit: UnitOfWork,
  period: PeriodSpan,
  account: PayeeAccount,
  adjustments: readonly TierAdjustment[],
): Promise<number> {
  const ids = adjustments.map((adjustment) => tierEntryId(period, account, adjustment));
  const posted = await unit.findMany(ledger, ids);
  return adjustments
    .filter((adjustment) => !posted.has(tierEntryId(period, account, adjustment)))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function writeCursor(account: PayeeAccount | undefined): string | null {
  return account === undefined ? null : Buffer.from(JSON.stringify(account)).toString('base64url');
}

function readCursor(cursor: string | undefined): PayeeAccount | undefined {
  if (cursor === undefined) return undefined;
  try {
    return closeCursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError('invalid-argument', 'cursor: use the nextCursor of an earlier answer', {
      field: 'cursor',
      cause: error,
    });
  }
}

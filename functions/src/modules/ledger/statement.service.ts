import { DateTime } from 'luxon';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import type { Org } from '../orgs/orgs.schema.ts';
import { findPeriodSpan } from '../payouts/payouts.public.ts';
import type { User } from '../users/users.schema.ts';
import {
  findCurrencies,
  findTwinsBefore,
  type OwnAccounts,
  pageEntriesOf,
  type Span,
  sumUntil,
} from './balances.repository.ts';
import type { Bound, Statement, StatementQuery } from './balances.schema.ts';
import { asOfIn, getPayee, isFinal, toAccountsView } from './balances.service.ts';
import type { LedgerEntry } from './ledger.schema.ts';
import { toLines } from './statement.ts';

type Caller = Context<Principal>;

/** A file or page is made in memory; more lines than anybody reads. */
const MAX_LINES = 10_000;
const FILE_PAGE = 500;
const FIRST_INSTANT = new Date(0);
const NOTHING: OwnAccounts = {
  ...{ pendingMinor: 0, heldMinor: 0, approvedMinor: 0, inTransitMinor: 0, paidMinor: 0 },
};

/** A statement with what its head says. */
export interface WholeStatement {
  readonly org: Org;
  readonly payee: Stored<User>;
  readonly statement: Statement;
}

/** What a statement is about, once its parameters have been understood. */
interface Frame {
  readonly org: Org;
  readonly payee: Stored<User>;
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  readonly asOf: Date;
  /** Its entries were posted from the first instant until the last, which is included. */
  readonly span: Span;
}

/**
 * A page of a payee's statement: what there was before, each entry with what was owed after it, and
 * what there was in the end. It depends on nothing but entries posted up to `asOf`, so once `final`
 * the same question is answered the same for ever. Billed: the payee, the organisation, the lines,
 * one read for each currency and one more, two sums for each currency (each one read a thousand
 * entries), and after the first page another and the entries of the same instant; see `isFinal` for the rest.
 * @throws AppError not-found, invalid-argument (userId, asOf, from, to, periodId, cursor)
 */
export async function getStatement(ctx: Caller, query: StatementQuery): Promise<Statement> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const frame = await frameOf(ctx, unit, query);
  const { limit, cursor } = query;
  const [head, page] = await Promise.all([
    headOf(ctx, unit, frame, query),
    pageEntriesOf(unit, frame.payee.id, frame.span, { limit, cursor }),
  ]);
  const owed =
    cursor === undefined ? owedAtFirst(head) : await owedBefore(unit, frame, head, page.records[0]);
  return { ...head, lines: toLines(page.records, owed), nextCursor: page.nextCursor };
}

/**
 * The whole statement, for a file or a page to print.
 * @throws AppError as `getStatement`; invalid-argument (from) when it is too long
 */
export async function getWholeStatement(
  ctx: Caller,
  query: StatementQuery,
): Promise<WholeStatement> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const frame = await frameOf(ctx, unit, query);
  const head = await headOf(ctx, unit, frame, query);
  const entries: Stored<LedgerEntry>[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageEntriesOf(unit, frame.payee.id, frame.span, {
      limit: FILE_PAGE,
      cursor,
    });
    entries.push(...page.records);
    if (entries.length > MAX_LINES) throw tooLong();
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const lines = toLines(entries, owedAtFirst(head));
  const { org, payee } = frame;
  return { org, payee, statement: { ...head, lines, nextCursor: null } };
}

type Head = Omit<Statement, 'lines' | 'nextCursor'>;

async function frameOf(ctx: Caller, unit: UnitOfWork, query: StatementQuery): Promise<Frame> {
  const asOf = asOfIn(query, ctx.now);
  const [payee, org] = await Promise.all([
    getPayee(unit, ctx.principal, query.userId),
    getOrg(unit),
  ]);
  const { from, to } = await boundsOf(unit, query, asOf, org.timeZone);
  if (from >= to) throw invalid('to', 'must be after from');
  const last = Math.min(to.getTime() - 1, asOf.getTime());
  const first = Math.max(from.getTime(), FIRST_INSTANT.getTime());
  const span = { first: new Date(Math.min(first, last + 1)), last: new Date(last) };
  return { org, payee, from, to, asOf, span };
}

async function boundsOf(
  unit: UnitOfWork,
  { from, to, periodId }: StatementQuery,
  asOf: Date,
  timeZone: string,
): Promise<{ from: Date; to: Date }> {
  if (periodId !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw invalid('periodId', 'give either a period, or from and to');
    }
    const span = await findPeriodSpan(unit, periodId);
    if (span !== undefined) return { from: span.startsAt, to: span.endsAt };
    throw invalid('periodId', 'no period begins on this day; give the id of a period');
  }
  const month = DateTime.fromJSDate(asOf, { zone: timeZone }).startOf('month');
  return {
    from: from === undefined ? month.toJSDate() : beginOf(from, timeZone),
    to: to === undefined ? new Date(asOf.getTime() + 1) : endOf(to, timeZone),
  };
}

function beginOf(bound: Bound, timeZone: string): Date {
  return bound instanceof Date ? bound : dayIn(bound, timeZone).toJSDate();
}

function endOf(bound: Bound, timeZone: string): Date {
  return bound instanceof Date ? bound : dayIn(bound, timeZone).plus({ days: 1 }).toJSDate();
}

function dayIn(day: string, timeZone: string): DateTime {
  return DateTime.fromISO(day, { zone: timeZone }).startOf('day');
}

async function headOf(
  ctx: Caller,
  unit: UnitOfWork,
  { org, payee, from, to, asOf, span }: Frame,
  { periodId }: StatementQuery,
): Promise<Head> {
  const before = new Date(span.first.getTime() - 1);
  const [found, final] = await Promise.all([
    findCurrencies(unit, payee.id),
    isFinal(unit, payee.id, span.last, ctx.now),
  ]);
  const currencies = await Promise.all(
    found
      .filter(({ since }) => since <= span.last)
      .map(async ({ currency }) => {
        const [opening, closing] = await Promise.all([
          sumUntil(unit, payee.id, currency, before),
          sumUntil(unit, payee.id, currency, span.last),
        ]);
        const [first, last] = [toAccountsView(opening), toAccountsView(closing)];
        return { currency, opening: first, closing: last };
      }),
  );
  return {
    ...{ userId: payee.id, asOf: asOf.toISOString(), final },
    ...{
      from: from.toISOString(),
      to: to.toISOString(),
      periodId: periodId ?? null,
      timeZone: org.timeZone,
    },
    currencies,
  };
}

function owedAtFirst({ currencies }: Head): Map<string, number> {
  return new Map(currencies.map(({ currency, opening }) => [currency, opening.owedMinor]));
}

async function owedBefore(
  unit: UnitOfWork,
  { payee }: Frame,
  { currencies }: Head,
  entry: Stored<LedgerEntry> | undefined,
): Promise<Map<string, number>> {
  if (entry === undefined) return new Map();
  const before = new Date(entry.postedAt.getTime() - 1);
  const [twins, ...sums] = await Promise.all([
    findTwinsBefore(unit, payee.id, entry),
    ...currencies.map(({ currency }) => sumUntil(unit, payee.id, currency, before)),
  ]);
  const owed = new Map(
    currencies.map(({ currency }, index) => [
      currency,
      toAccountsView(sums[index] ?? NOTHING).owedMinor,
    ]),
  );
  for (const { currency, owedMinor } of toLines(twins, owed)) owed.set(currency, owedMinor);
  return owed;
}

function invalid(field: string, problem: string): AppError {
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}

function tooLong(): AppError {
  return invalid('from', `a statement to print has at most ${MAX_LINES} lines; choose less time`);
}

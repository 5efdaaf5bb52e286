import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { addJob, enqueueJob, jobs, type StepResult } from '../jobs/jobs.public.ts';
import { isOpenStatus } from '../jobs/jobs.schema.ts';
import { closePayee } from './close-payee.ts';
import {
  findAccountAfter,
  findFirstPosting,
  findLastPeriod,
  type PayeeAccount,
  periods,
  periodTotals,
} from './payouts.repository.ts';
import { closeCursorSchema, type Period, type Timeline } from './payouts.schema.ts';
import { type PeriodSpan, periodAfter, periodContaining } from './periods.ts';
import { sealOf } from './seal-period.ts';
import { findTimeline, PERIODS_GUARD, pinTimeline } from './settings.ts';

type Caller = Context<Principal>;
type Work = Pick<Invocation, 'store' | 'now'>;

/**
 * How long after its end a period may be closed. An entry is dated by the clock of the invocation
 * that posts it, and no invocation lives longer: by then nothing can be on its way into the period.
 */
const CLOSABLE_AFTER_MS = 5 * 60 * 1000;

/** From when on a period may be closed. */
export function closableFrom({ endsAt }: Pick<PeriodSpan, 'endsAt'>): Date {
  return new Date(endsAt.getTime() + CLOSABLE_AFTER_MS);
}

/**
 * Orders to close a period: the next that is due, once it is over. Ordering it again answers the
 * same period; if its job ended without closing it, another one goes on.
 * @throws AppError permission-denied, failed-precondition (too early, or not the next one)
 */
export async function orderClose(ctx: Caller, periodId: string): Promise<Stored<Period>> {
  requireOrgAccess(ctx.principal, 'update', 'period');
  const jobId = ctx.newId();
  const period = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    await holdGuard(unit, PERIODS_GUARD, ctx.now);
    const known = await unit.find(periods, periodId);
    return known === undefined
      ? beginClosing(ctx, unit, periodId, jobId)
      : resumeClosing(ctx, unit, known, jobId);
  });
  if (period.jobId === jobId) await enqueueJob(ctx, jobId);
  return period;
}

/** The next period to be closed, or undefined before anything has been posted. */
export async function findNextPeriod(
  unit: UnitOfWork,
  timeline: Timeline,
  last: Period | undefined,
): Promise<PeriodSpan | undefined> {
  if (last !== undefined) return periodAfter(timeline, last);
  const first = await findFirstPosting(unit);
  return first && periodContaining(timeline, first);
}

async function beginClosing(
  ctx: Caller,
  unit: UnitOfWork,
  periodId: string,
  jobId: string,
): Promise<Stored<Period>> {
  const change = { actor: ctx.principal.uid, now: ctx.now };
  const [timeline, last] = await Promise.all([pinTimeline(unit, change), findLastPeriod(unit)]);
  const next = await findNextPeriod(unit, timeline, last);
  requireNext(next, last, periodId, ctx.now);
  const { startsAt, endsAt, schedule, timeZone } = next;
  addJob(ctx, unit, { id: jobId, type: 'closePeriod', input: { periodId } });
  return unit.create(periods, periodId, {
    ...firstVersion(change),
    status: 'closing',
    ...{ startsAt, endsAt, schedule, timeZone, jobId },
    closedBy: change.actor,
    ...{ closedAt: null, entries: null, rootHash: null },
  });
}

function requireNext(
  next: PeriodSpan | undefined,
  last: Stored<Period> | undefined,
  periodId: string,
  now: Date,
): asserts next is PeriodSpan {
  const refuse = (why: string) => new AppError('failed-precondition', why, { field: 'id' });
  if (next === undefined) {
    throw refuse('id: nothing has been earned yet, so there is no period to close');
  }
  if (last?.status === 'closing') {
    throw refuse(`id: period ${last.id} is being closed; close periods one after the other`);
  }
  if (next.id !== periodId) {
    throw refuse(`id: the next period to close is ${next.id}; close periods one after the other`);
  }
  if (now < closableFrom(next)) {
    throw refuse(`id: the period can be closed from ${closableFrom(next).toISOString()} on`);
  }
}

/** A job that failed or was cancelled is followed by another, which finds what the first has done. */
async function resumeClosing(
  ctx: Caller,
  unit: UnitOfWork,
  period: Stored<Period>,
  jobId: string,
): Promise<Stored<Period>> {
  if (period.status === 'closed') return period;
  const job = await unit.find(jobs, period.jobId);
  if (job !== undefined && isOpenStatus(job.status)) return period;
  addJob(ctx, unit, { id: jobId, type: 'closePeriod', input: { periodId: period.id } });
  const change = { actor: ctx.principal.uid, now: ctx.now };
  return updateRecord(unit, periods, period, { jobId }, change);
}

/**
 * A step of the job: closes the period for the next payees, and seals it after the last of them.
 * Killed anywhere and run again from its cursor, it posts and drafts nothing twice.
 */
export async function closePeriodStep(
  ctx: Work & { readonly principal: Pick<Principal, 'orgId' | 'uid'> },
  step: {
    readonly input: { readonly periodId: string };
    readonly cursor: string | null;
    readonly limit: number;
  },
): Promise<StepResult> {
  const { orgId, uid: actor } = ctx.principal;
  const unit = openUnit(ctx, orgId);
  const period = await unit.get(periods, step.input.periodId);
  if (period.status === 'closed') return { cursor: null, processed: 0, done: true };
  const closing = { period, timeline: await findTimeline(unit), actor };
  let after = readCursor(step.cursor);
  let drafted = 0;
  for (let processed = 0; processed < step.limit; processed += 1) {
    const account = await findAccountAfter(unit, after);
    if (account === undefined) {
      await sealPeriod(ctx, orgId, period);
      return { cursor: null, processed, counts: { drafted }, done: true };
    }
    if (await closePayee(ctx, orgId, closing, account)) drafted += 1;
    after = account;
  }
  const cursor = JSON.stringify(after);
  return { cursor, processed: step.limit, counts: { drafted }, done: false };
}

async function sealPeriod(
  ctx: Work & { readonly principal: Pick<Principal, 'uid'> },
  orgId: string,
  { id, startsAt, endsAt }: Stored<Period>,
): Promise<void> {
  const { store, now } = ctx;
  const { entries, rootHash, totals } = await sealOf(ctx, orgId, { startsAt, endsAt });
  await runUnitOfWork({ store, now }, orgId, async (unit) => {
    const period = await unit.get(periods, id);
    if (period.status === 'closed') return;
    unit.create(periodTotals, id, { totals });
    const patch = { status: 'closed' as const, closedAt: now, entries, rootHash };
    updateRecord(unit, periods, period, patch, { actor: ctx.principal.uid, now });
  });
}

function readCursor(cursor: string | null): PayeeAccount | undefined {
  return cursor === null ? undefined : closeCursorSchema.parse(JSON.parse(cursor));
}

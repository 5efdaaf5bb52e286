import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { describeError } from '../../platform/log.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireAccess } from '../access/access.public.ts';
import { GRACE_MS, isOpen } from './jobs.policy.ts';
import { findAbandonedJobs, jobs } from './jobs.repository.ts';
import type { Job, JobType } from './jobs.schema.ts';

type Caller = Context<Principal>;

/** What is ordered. */
export interface JobOrder {
  readonly type: JobType;
  /** Stored in the job and read by its handler; only what Firestore can store. */
  readonly input: Readonly<Record<string, unknown>>;
  /** How many items there are, if that is known. */
  readonly total?: number;
  /** Who may watch the job; the caller unless given. */
  readonly audience?: Audience & { readonly ownerId: string };
  /** The job's id, when it must follow from something; a new one unless given. */
  readonly id?: string;
}

const SWEEP_LIMIT = 500;

/**
 * Orders a job: one commit with the caller's Idempotency-Key, then its first task. A repeated
 * request answers the same job.
 */
export async function startJob(ctx: Caller, order: JobOrder): Promise<Stored<Job>> {
  const id = order.id ?? ctx.newId();
  const job = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) =>
    addJob(ctx, unit, { ...order, id }),
  );
  await enqueueJob(ctx, job.id, job.chunk);
  return job;
}

/**
 * Adds a job to a commit that has more in it; call `enqueueJob` once that commit has succeeded.
 * If that is never reached, the sweep starts the job.
 */
export function addJob(ctx: Caller, unit: UnitOfWork, order: JobOrder): Stored<Job> {
  const { uid, teamId } = ctx.principal;
  return unit.create(jobs, order.id ?? ctx.newId(), {
    ...(order.audience === undefined
      ? { ownerId: uid, teamId, participantIds: [] }
      : { ...order.audience, participantIds: [...order.audience.participantIds] }),
    type: order.type,
    status: 'queued',
    input: { ...order.input },
    cursor: null,
    chunk: 0,
    processed: 0,
    total: order.total ?? null,
    failed: 0,
    counts: {},
    errors: [],
    error: null,
    attempts: 0,
    leaseId: null,
    leaseUntil: new Date(ctx.now.getTime() + GRACE_MS),
    createdBy: uid,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    finishedAt: null,
  });
}

/**
 * Asks for the step after `chunk`. A queue that does not answer is no failure of the request: the
 * job is stored, and the sweep asks again within a minute or two.
 */
export async function enqueueJob(
  ctx: Pick<Caller, 'tasks' | 'log'> & { readonly principal: Pick<Principal, 'orgId'> },
  jobId: string,
  chunk = 0,
): Promise<void> {
  const { orgId } = ctx.principal;
  try {
    await ctx.tasks.enqueue('runJob', `${jobId}_${chunk}`, { orgId, jobId });
  } catch (error) {
    ctx.log.warn({ orgId, jobId, ...describeError(error) }, 'job not enqueued; left to the sweep');
  }
}

/** The job with this id. @throws AppError not-found */
export async function getJob(ctx: Caller, jobId: string): Promise<Stored<Job>> {
  const job = await openUnit(ctx, ctx.principal.orgId).get(jobs, jobId);
  requireAccess(ctx.principal, 'read', 'job', job);
  return job;
}

/**
 * Ends a job before its next step; what it has done stays. Cancelling it again changes nothing.
 * @throws AppError not-found, permission-denied, failed-precondition when it has ended
 */
export async function cancelJob(ctx: Caller, jobId: string): Promise<Stored<Job>> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const job = await unit.get(jobs, jobId);
    requireAccess(ctx.principal, 'update', 'job', job);
    if (job.status === 'cancelled') return job;
    if (!isOpen(job)) {
      throw new AppError('failed-precondition', `The job has ended already: it is ${job.status}`);
    }
    return unit.update(jobs, job, {
      status: 'cancelled',
      leaseUntil: null,
      updatedAt: ctx.now,
      finishedAt: ctx.now,
    });
  });
}

/**
 * Drives on the jobs that were left behind, by a killed process or a lost task. Its tasks have
 * fresh names, for Cloud Tasks refuses one that was used within the last day.
 * @returns how many jobs it asked for
 */
export async function sweepJobs(ctx: Invocation): Promise<number> {
  const abandoned = await findAbandonedJobs(ctx.store, ctx.now, SWEEP_LIMIT);
  const minute = Math.floor(ctx.now.getTime() / 60_000);
  for (const { orgId, jobId, chunk } of abandoned) {
    await ctx.tasks.enqueue('runJob', `${jobId}_${chunk}_${minute}`, { orgId, jobId });
  }
  if (abandoned.length > 0) ctx.log.warn({ jobs: abandoned.length }, 'abandoned jobs driven on');
  return abandoned.length;
}

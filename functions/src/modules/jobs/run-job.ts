import type { Stored } from '../../platform/collection.ts';
import { AppError, toAppError } from '../../platform/errors.ts';
import { describeError } from '../../platform/log.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { isContention, openUnit } from '../../platform/unit-of-work.ts';
import type { JobHandlers } from './job-handler.ts';
import {
  afterStep,
  GRACE_MS,
  isClaimable,
  isOpen,
  LEASE_MS,
  MAX_ATTEMPTS,
  type StepResult,
} from './jobs.policy.ts';
import { jobs } from './jobs.repository.ts';
import type { Job } from './jobs.schema.ts';

/** What the runner is given by the application. */
export interface JobRunner {
  readonly handlers: JobHandlers;
  /** The present rights of a user or API key. @throws AppError permission-denied */
  readonly loadActor: (
    ctx: Pick<Invocation, 'store' | 'now'>,
    orgId: string,
    uid: string,
  ) => Promise<Principal>;
}

/**
 * `more`: the job has a next step, `chunk`; `ended`: there is nothing left to do;
 * `busy`: another run holds the job.
 */
export type ChunkOutcome =
  | { readonly state: 'more'; readonly chunk: number }
  | { readonly state: 'ended' | 'busy' };

/**
 * Runs one step of a job: claims it by a lease, lets its handler work, and commits how far it got.
 * Called twice, or beside itself, or after a run that was killed anywhere, it does each item once,
 * because a claim excludes others and the handlers' effects carry derived ids.
 * @throws whatever kept the step from running, when trying again may help
 */
export async function runJobChunk(
  ctx: Invocation,
  runner: JobRunner,
  orgId: string,
  jobId: string,
): Promise<ChunkOutcome> {
  const claim = await claimJob(ctx, orgId, jobId);
  if (claim.job === undefined) return { state: claim.state };
  const { job } = claim;
  try {
    const handler = runner.handlers[job.type];
    const principal =
      handler.authority === 'orderer'
        ? await runner.loadActor(ctx, orgId, job.createdBy)
        : orderOf(job, orgId);
    return await commitStep(ctx, orgId, job, await handler.run({ ...ctx, principal }, job));
  } catch (error) {
    const isFinal = error instanceof AppError && error.status < 500 && error.code !== 'conflict';
    ctx.log.error({ orgId, jobId, type: job.type, ...describeError(error) }, 'job step failed');
    if (isFinal || job.attempts >= MAX_ATTEMPTS) {
      return failJob(ctx, orgId, job, toAppError(error).message);
    }
    await releaseLease(ctx, orgId, job);
    throw error;
  }
}

type Claim =
  | { readonly job: Stored<Job> }
  | { readonly job: undefined; readonly state: 'ended' | 'busy' };

async function claimJob(ctx: Invocation, orgId: string, jobId: string): Promise<Claim> {
  const unit = openUnit(ctx, orgId);
  const job = await unit.find(jobs, jobId);
  if (job === undefined || !isOpen(job)) return { job: undefined, state: 'ended' };
  if (!isClaimable(job, ctx.now)) return { job: undefined, state: 'busy' };
  if (job.attempts >= MAX_ATTEMPTS) {
    await failJob(ctx, orgId, job, 'A step of the job was killed each time it was tried');
    return { job: undefined, state: 'ended' };
  }
  const claimed = unit.update(jobs, job, {
    status: 'running',
    attempts: job.attempts + 1,
    leaseId: ctx.newId(),
    leaseUntil: new Date(ctx.now.getTime() + LEASE_MS),
    updatedAt: ctx.now,
  });
  try {
    await unit.commit();
    return { job: claimed };
  } catch (error) {
    if (isContention(error)) return { job: undefined, state: 'busy' };
    throw error;
  }
}

/** The rights of an order that was checked when it was given. */
function orderOf(job: Job, orgId: string): Principal {
  return {
    kind: 'user',
    orgId,
    uid: job.createdBy,
    role: 'admin',
    teamId: null,
    managedTeamIds: [],
    scopes: ['read:crm', 'write:crm'],
  };
}

/** Changes the job if this run still holds it; a run that was taken for dead has no say any more. */
async function changeHeld(
  ctx: Invocation,
  orgId: string,
  { id, leaseId }: Stored<Job>,
  change: (job: Job) => Partial<Job>,
): Promise<Stored<Job> | undefined> {
  const { store, now } = ctx;
  return runUnitOfWork({ store, now }, orgId, async (unit) => {
    const job = await unit.get(jobs, id);
    return job.leaseId === leaseId ? unit.update(jobs, job, change(job)) : undefined;
  });
}

async function commitStep(
  ctx: Invocation,
  orgId: string,
  held: Stored<Job>,
  step: StepResult,
): Promise<ChunkOutcome> {
  const job = await changeHeld(ctx, orgId, held, (current) => afterStep(current, step, ctx.now));
  if (job === undefined) return { state: 'busy' };
  return isOpen(job) ? { state: 'more', chunk: job.chunk } : { state: 'ended' };
}

async function failJob(
  ctx: Invocation,
  orgId: string,
  held: Stored<Job>,
  error: string,
): Promise<ChunkOutcome> {
  await changeHeld(ctx, orgId, held, (job) => ({
    ...(isOpen(job) ? { status: 'failed' as const, error } : {}),
    leaseId: null,
    leaseUntil: null,
    updatedAt: ctx.now,
    finishedAt: ctx.now,
  }));
  return { state: 'ended' };
}

/** Lets the retry begin at once; if even that fails, the lease runs out and the sweep goes on. */
async function releaseLease(ctx: Invocation, orgId: string, held: Stored<Job>): Promise<void> {
  try {
    await changeHeld(ctx, orgId, held, (job) => ({
      leaseId: null,
      leaseUntil: isOpen(job) ? new Date(ctx.now.getTime() + GRACE_MS) : null,
    }));
  } catch (error) {
    ctx.log.warn({ orgId, jobId: held.id, ...describeError(error) }, 'lease not released');
  }
}

import { isOpenStatus, type Job, type JobError, MAX_JOB_ERRORS } from './jobs.schema.ts';

/** Longer than the task function may run, so that a run that lives never loses its lease. */
export const LEASE_MS = 6 * 60 * 1000;
/** How long the next task may take to arrive before the sweep asks again. */
export const GRACE_MS = 60 * 1000;
/** After this many tries of one step the job fails: something is wrong that waiting does not mend. */
export const MAX_ATTEMPTS = 6;

/** What one step did. */
export interface StepResult {
  /** Where the next step begins. */
  readonly cursor: string | null;
  /** Items that were dealt with, the failed ones included. */
  readonly processed: number;
  readonly errors?: readonly JobError[];
  /** Items that failed; the number of `errors` unless given. */
  readonly failed?: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly done: boolean;
}

/** True while there is something left to do. */
export function isOpen({ status }: Pick<Job, 'status'>): boolean {
  return isOpenStatus(status);
}

/** True when a run may take the job: it is open, and nobody holds it, or whoever did is gone. */
export function isClaimable(job: Job, now: Date): boolean {
  if (!isOpen(job)) return false;
  return job.leaseId === null || job.leaseUntil === null || job.leaseUntil <= now;
}

/** The job after a step. A job that was cancelled meanwhile keeps what the step had done. */
export function afterStep(job: Job, step: StepResult, now: Date): Partial<Job> {
  const errors = step.errors ?? [];
  const ended = step.done || !isOpen(job);
  return {
    cursor: step.cursor,
    chunk: job.chunk + 1,
    processed: job.processed + step.processed,
    failed: job.failed + (step.failed ?? errors.length),
    counts: addCounts(job.counts, step.counts ?? {}),
    errors: [...job.errors, ...errors].slice(0, MAX_JOB_ERRORS),
    attempts: 0,
    leaseId: null,
    leaseUntil: ended ? null : new Date(now.getTime() + GRACE_MS),
    updatedAt: now,
    ...(isOpen(job) && step.done ? { status: 'done' } : {}),
    ...(ended ? { finishedAt: now } : {}),
  };
}

function addCounts(
  sum: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = [...new Set([...Object.keys(sum), ...Object.keys(counts)])];
  return Object.fromEntries(names.map((name) => [name, (sum[name] ?? 0) + (counts[name] ?? 0)]));
}

import { jobRunner } from '../../functions/src/app/job-handlers.ts';
import {
  type ChunkOutcome,
  type JobRunner,
  runJobChunk,
} from '../../functions/src/modules/jobs/jobs.public.ts';
import type { Job } from '../../functions/src/modules/jobs/jobs.schema.ts';
import { jobSchema } from '../../functions/src/modules/jobs/jobs.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { type Invocation, startInvocation } from '../../functions/src/platform/runtime.ts';
import type { Tasks } from '../../functions/src/platform/tasks.ts';

/** A queue that only remembers what was asked of it, so that a test drives its jobs itself. */
export class RecordedTasks implements Tasks {
  readonly asked: { queue: string; id: string; payload: object }[] = [];

  enqueue(queue: string, id: string, payload: object): Promise<void> {
    this.asked.push({ queue, id, payload });
    return Promise.resolve();
  }
}

/** An invocation at a moment and on a meter of the test's choice. */
export function invocationAt(
  now: Date,
  options: { meter?: Meter; tasks?: Tasks } = {},
): Invocation {
  const invocation = startInvocation(newId());
  return {
    ...invocation,
    now,
    store: { ...invocation.store, ...(options.meter ? { meter: options.meter } : {}) },
    tasks: options.tasks ?? new RecordedTasks(),
  };
}

const MAX_CHUNKS = 1000;

/** Runs a job to its end, as its tasks would; answers how many steps that took. */
export async function runJobToEnd(
  runner: JobRunner,
  orgId: string,
  jobId: string,
  { now, meter }: { now?: Date; meter?: Meter } = {},
): Promise<{ outcome: ChunkOutcome; chunks: number }> {
  for (let chunks = 1; chunks <= MAX_CHUNKS; chunks += 1) {
    const ctx = invocationAt(now ?? new Date(), meter === undefined ? {} : { meter });
    const outcome = await runJobChunk(ctx, runner, orgId, jobId);
    if (outcome.state !== 'more') return { outcome, chunks };
  }
  throw new Error(`Job ${jobId} has not ended after ${MAX_CHUNKS} steps`);
}

/** The job as it is stored. */
export async function storedJob(orgId: string, jobId: string): Promise<Job> {
  const snapshot = await firestore().doc(`orgs/${orgId}/jobs/${jobId}`).get();
  return jobSchema.parse(timestampsToDates(snapshot.data()));
}

const PAUSE_MS = 50;

/**
 * Sees to it that a job ends: runs its steps in this process, and waits while a task of the running
 * platform is at it.
 */
export async function driveJob(orgId: string, jobId: string): Promise<void> {
  for (;;) {
    const { outcome } = await runJobToEnd(jobRunner, orgId, jobId);
    if (outcome.state === 'ended') return;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

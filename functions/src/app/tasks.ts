import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { z } from 'zod';
import { type ChunkOutcome, enqueueJob, runJobChunk } from '../modules/jobs/jobs.public.ts';
import { newId } from '../platform/ids.ts';
import { REGION } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';

const payloadSchema = z.strictObject({ orgId: idSchema, jobId: idSchema });

/** What the import benchmark adds up from the log. */
const JOB_STEP_MESSAGE = 'job step run';
/** A task goes on with its job for so long, which saves a queue's round trip for each step. */
const BUDGET_MS = 30_000;

/** Runs steps of one job; asks for another task when there are more than fit in one. */
export const runJob = onTaskDispatched<unknown>(
  {
    region: REGION,
    memory: '1GiB',
    timeoutSeconds: 300,
    concurrency: 4,
    maxInstances: 20,
    retryConfig: {
      maxAttempts: 8,
      minBackoffSeconds: 2,
      maxBackoffSeconds: 120,
      maxDoublings: 6,
    },
    rateLimits: { maxConcurrentDispatches: 20, maxDispatchesPerSecond: 50 },
  },
  async ({ data }) => {
    const { orgId, jobId } = payloadSchema.parse(data);
    const { jobRunner } = await import('./job-handlers.ts');
    const startedMs = performance.now();
    let outcome: ChunkOutcome;
    do {
      const ctx = startInvocation(newId());
      outcome = await runJobChunk(ctx, jobRunner, orgId, jobId);
      const { reads, writes, roundTrips } = ctx.store.meter;
      const rssMb = Math.round(process.memoryUsage.rss() / 1_000_000);
      const { state } = outcome;
      ctx.log.info({ orgId, jobId, state, reads, writes, roundTrips, rssMb }, JOB_STEP_MESSAGE);
    } while (outcome.state === 'more' && performance.now() - startedMs < BUDGET_MS);
    if (outcome.state !== 'more') return;
    await enqueueJob({ ...startInvocation(newId()), principal: { orgId } }, jobId, outcome.chunk);
  },
);

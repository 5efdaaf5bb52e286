import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { z } from 'zod';
import { runIdSchema } from '../modules/runs/runs.schema.ts';
import { newId } from '../platform/ids.ts';
import {
  dispatchesAtOnce,
  OPENAI_API_KEY,
  REGION,
  SMTP_PASSWORD,
  TWILIO_AUTH_TOKEN,
} from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';
import { driveRuns as drive } from '../workflows/drive-runs.ts';
import { runWorkflow as run, wakeRuns } from '../workflows/run-workflow.ts';
import { startDueRuns } from '../workflows/start-due-runs.ts';
import { workflowPorts } from './workflow-ports.ts';

const secrets = [SMTP_PASSWORD, OPENAI_API_KEY, TWILIO_AUTH_TOKEN];
const payloadSchema = z.union([
  z.strictObject({ orgId: idSchema, runId: runIdSchema }),
  z.strictObject({ orgId: idSchema, wakeId: runIdSchema }),
]);

/**
 * Does the steps of one run, or wakes those that wait for an event. A step that fails is no failure
 * of the task: the run has when it is tried again, and the sweep does that.
 */
export const runWorkflow = onTaskDispatched<unknown>(
  {
    region: REGION,
    memory: '512MiB',
    timeoutSeconds: 120,
    concurrency: 16,
    maxInstances: 20,
    secrets,
    retryConfig: { maxAttempts: 5, minBackoffSeconds: 5, maxBackoffSeconds: 120, maxDoublings: 4 },
    rateLimits: { maxConcurrentDispatches: dispatchesAtOnce(100), maxDispatchesPerSecond: 200 },
  },
  async ({ data }) => {
    const payload = payloadSchema.parse(data);
    const ctx = startInvocation(newId());
    if ('wakeId' in payload) await wakeRuns(ctx, workflowPorts, payload);
    else await run(ctx, workflowPorts, payload);
    const { reads, writes, roundTrips } = ctx.store.meter;
    ctx.log.info({ ...payload, reads, writes, roundTrips }, 'workflow run');
  },
);

const schedule = {
  region: REGION,
  timeZone: 'Etc/UTC',
  memory: '512MiB',
  retryCount: 3,
  schedule: 'every 1 minutes',
  timeoutSeconds: 300,
  maxInstances: 1,
} as const;

/** Goes on with runs whose time has come: waits, other attempts, and what lost tasks left behind. */
export const driveRuns = onSchedule({ ...schedule, secrets }, async () => {
  await drive(startInvocation(newId()), workflowPorts);
});

/** Starts the workflows that the clock starts: stalled deals, coming appointments, the calendar. */
export const startRuns = onSchedule(schedule, async () => {
  await startDueRuns(startInvocation(newId()));
});

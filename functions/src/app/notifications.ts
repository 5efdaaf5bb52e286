import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { z } from 'zod';
import {
  handOutAlert as handOut,
  sendNotificationMails,
  sweepAlerts,
} from '../modules/notifications/notifications.public.ts';
import { newId } from '../platform/ids.ts';
import { dispatchesAtOnce, REGION, SMTP_PASSWORD } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { makeDigests } from '../workflows/send-digests.ts';
import { email } from './email.ts';

/** An alert's id is longer than a record's. */
const payloadSchema = z.strictObject({ orgId: z.string().min(1), alertId: z.string().min(1) });

/** Hands one alert out to those who want it. */
export const handOutAlert = onTaskDispatched<unknown>(
  {
    region: REGION,
    memory: '256MiB',
    timeoutSeconds: 60,
    concurrency: 20,
    maxInstances: 20,
    retryConfig: {
      maxAttempts: 5,
      minBackoffSeconds: 2,
      maxBackoffSeconds: 60,
      maxDoublings: 5,
    },
    rateLimits: { maxConcurrentDispatches: dispatchesAtOnce(50), maxDispatchesPerSecond: 100 },
  },
  async ({ data }) => {
    const { orgId, alertId } = payloadSchema.parse(data);
    await handOut(startInvocation(newId()), orgId, alertId);
  },
);

/** Hands out alerts that were left behind, makes the digests that are due, and sends the mails. */
export const sendNotifications = onSchedule(
  {
    ...{ region: REGION, timeZone: 'Etc/UTC', memory: '512MiB', retryCount: 3 },
    schedule: 'every 1 minutes',
    timeoutSeconds: 300,
    secrets: [SMTP_PASSWORD],
  },
  async () => {
    const ctx = startInvocation(newId());
    await sweepAlerts(ctx);
    await makeDigests(ctx);
    // By the clock as it is now: what was just made is due.
    await sendNotificationMails(startInvocation(newId()), email);
  },
);

import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { z } from 'zod';
import { deliveryIdSchema } from '../modules/deliveries/deliveries.schema.ts';
import { newId } from '../platform/ids.ts';
import { dispatchesAtOnce, REGION, SMTP_PASSWORD, webhookTargets } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';

const payloadSchema = z.strictObject({ orgId: idSchema, deliveryId: deliveryIdSchema });

/**
 * Makes one attempt at a delivery. How often and when another one is made is decided by the delivery
 * and not by the queue, whose retries are for what fails on our side.
 */
export const deliverWebhook = onTaskDispatched<unknown>(
  {
    region: REGION,
    memory: '512MiB',
    timeoutSeconds: 60,
    concurrency: 40,
    maxInstances: 20,
    retryConfig: {
      maxAttempts: 5,
      minBackoffSeconds: 10,
      maxBackoffSeconds: 300,
      maxDoublings: 4,
    },
    rateLimits: { maxConcurrentDispatches: dispatchesAtOnce(200), maxDispatchesPerSecond: 100 },
  },
  async ({ data }) => {
    const { orgId, deliveryId } = payloadSchema.parse(data);
    const [{ deliver }, { createWebhookSender }] = await Promise.all([
      import('../modules/deliveries/sending.public.ts'),
      import('../integrations/webhook/webhook.client.ts'),
    ]);
    const sender = createWebhookSender({ policy: webhookTargets() });
    await deliver(startInvocation(newId()), orgId, deliveryId, { sender });
  },
);

/** Asks for the attempts that are due, and tells administrators of endpoints that were given up. */
export const driveDeliveries = onSchedule(
  {
    region: REGION,
    timeZone: 'Etc/UTC',
    memory: '512MiB',
    retryCount: 3,
    schedule: 'every 1 minutes',
    timeoutSeconds: 300,
    secrets: [SMTP_PASSWORD],
  },
  async () => {
    const [{ driveDeliveries: drive, sendDisablingNotices }, { email }] = await Promise.all([
      import('../modules/deliveries/sending.public.ts'),
      import('./email.ts'),
    ]);
    const ctx = startInvocation(newId());
    await drive(ctx);
    await sendDisablingNotices(ctx, email);
  },
);

import { onSchedule } from 'firebase-functions/v2/scheduler';
import { driveInbox as drive } from '../modules/inbox/inbox.public.ts';
import { inboxTrigger } from '../modules/inbox/inbox.triggers.ts';
import { newId } from '../platform/ids.ts';
import { REGION, STRIPE_SECRET_KEY } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';

const settings = { region: REGION, timeZone: 'Etc/UTC', memory: '512MiB', retryCount: 3 } as const;
const schedule = { ...settings, secrets: [STRIPE_SECRET_KEY] };

async function loadHandlers() {
  const { inboxHandlers } = await import('./inbox-handlers.ts');
  return inboxHandlers;
}

/** Does what providers' deliveries ask for. */
export const processInbox = inboxTrigger(loadHandlers);

/** Goes on with the payouts that a killed process left half sent, or that Stripe did not answer. */
export const sendPayouts = onSchedule(
  { ...schedule, schedule: 'every 5 minutes', timeoutSeconds: 300, maxInstances: 1 },
  async () => {
    const [{ driveSendings }, { stripe }] = await Promise.all([
      import('../workflows/send-payout.ts'),
      import('./stripe.ts'),
    ]);
    await driveSendings(startInvocation(newId()), stripe);
  },
);

/** Compares what Stripe knows with what we know, and repairs what a lost webhook left behind. */
export const reconcileStripe = onSchedule(
  { ...schedule, schedule: 'every day 04:00', timeoutSeconds: 1800, maxInstances: 1 },
  async () => {
    const [{ reconcileStripe: reconcile }, { stripe }, { handledTypes }] = await Promise.all([
      import('../workflows/reconcile-stripe.ts'),
      import('./stripe.ts'),
      import('./inbox-handlers.ts'),
    ]);
    await reconcile(startInvocation(newId()), stripe, handledTypes);
  },
);

/** Takes up the deliveries that the trigger left behind, and those that wait for another attempt. */
export const driveInbox = onSchedule(
  { ...schedule, schedule: 'every 5 minutes', timeoutSeconds: 300 },
  async () => {
    await drive(startInvocation(newId()), await loadHandlers());
  },
);

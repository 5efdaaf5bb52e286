import { onSchedule } from 'firebase-functions/v2/scheduler';
import { driveInbox as drive } from '../modules/inbox/inbox.public.ts';
import { inboxTrigger } from '../modules/inbox/inbox.triggers.ts';
import { newId } from '../platform/ids.ts';
import { REGION, STRIPE_SECRET_KEY } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';

async function loadHandlers() {
  const { inboxHandlers } = await import('./inbox-handlers.ts');
  return inboxHandlers;
}

/** Does what providers' deliveries ask for. */
export const processInbox = inboxTrigger(loadHandlers);

/** Takes up the deliveries that the trigger left behind, and those that wait for another attempt. */
export const driveInbox = onSchedule(
  {
    ...{ region: REGION, timeZone: 'Etc/UTC', memory: '512MiB', retryCount: 3 },
    ...{ schedule: 'every 5 minutes', timeoutSeconds: 300 },
    secrets: [STRIPE_SECRET_KEY],
  },
  async () => {
    await drive(startInvocation(newId()), await loadHandlers());
  },
);

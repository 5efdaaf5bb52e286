import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { REGION, STRIPE_SECRET_KEY } from '../../platform/params.ts';
import { startInvocation } from '../../platform/runtime.ts';
import { type InboxHandlers, processEntry } from './inbox.service.ts';

/**
 * The trigger that processes each stored delivery. Delivered at least once; what throws is retried
 * for a day, and the sweep goes on after that.
 */
export function inboxTrigger(loadHandlers: () => Promise<InboxHandlers>) {
  return onDocumentCreated(
    {
      document: 'inbox/{entryId}',
      region: REGION,
      retry: true,
      memory: '512MiB',
      timeoutSeconds: 120,
      maxInstances: 20,
      concurrency: 20,
      secrets: [STRIPE_SECRET_KEY],
    },
    async ({ id, params }) => {
      await processEntry(startInvocation(id), await loadHandlers(), params.entryId);
    },
  );
}

import { onRequest } from 'firebase-functions/v2/https';
import { receiveUnparsed, restoreHeaders } from '../platform/http/unparsed-requests.ts';
import {
  INVITATION_KEY,
  OPENAI_API_KEY,
  REGION,
  SMTP_PASSWORD,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRETS,
  servedFunction,
  TWILIO_AUTH_TOKEN,
} from '../platform/params.ts';

if (servedFunction() === 'api') receiveUnparsed();

/** The REST doors. The router is loaded on the first request, which keeps the module load short. */
export const api = onRequest(
  {
    region: REGION,
    memory: '512MiB',
    timeoutSeconds: 60,
    concurrency: 80,
    maxInstances: 100,
    invoker: 'public',
    secrets: [
      SMTP_PASSWORD,
      INVITATION_KEY,
      STRIPE_SECRET_KEY,
      STRIPE_WEBHOOK_SECRETS,
      TWILIO_AUTH_TOKEN,
      OPENAI_API_KEY,
    ],
  },
  async (request, response) => {
    restoreHeaders(request);
    listener ??= await loadListener();
    await listener(request, response);
  },
);

type Listener = Awaited<ReturnType<typeof loadListener>>;
let listener: Listener | undefined;

async function loadListener() {
  const [{ getRequestListener }, { createRouter }] = await Promise.all([
    import('@hono/node-server'),
    import('./router.ts'),
  ]);
  return getRequestListener(createRouter().fetch, { overrideGlobalObjects: false });
}

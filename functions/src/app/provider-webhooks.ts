import type { WebhooksOf } from '../modules/providers/providers.public.ts';
import { appUrl } from '../platform/params.ts';
import { TWILIO_INBOUND_PATH } from './twilio-webhooks.http.ts';
import { STRIPE_WEBHOOK_PATHS } from './webhooks.http.ts';

/** Where the providers are to deliver. What Twilio reports of a text's way goes where the text says. */
export const providerWebhooks: WebhooksOf = async () => {
  // Loaded here: other requests have no need of what happens to deliveries.
  const { handledTypes } = await import('./inbox-handlers.ts');
  const url = `${appUrl()}${STRIPE_WEBHOOK_PATHS[0]}`;
  return {
    stripe: [
      { at: 'account', url, events: handledTypes.platform.toSorted() },
      { at: 'connectedAccounts', url, events: handledTypes.connected.toSorted() },
    ],
    twilio: [{ at: 'phoneNumbers', url: `${appUrl()}${TWILIO_INBOUND_PATH}`, events: [] }],
  };
};

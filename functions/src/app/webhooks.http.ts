import { receiveStripeEvent } from '../modules/inbox/inbox.public.ts';
import { AppError } from '../platform/errors.ts';
import type { Api } from '../platform/http/api.ts';
import { stripeWebhookSecrets } from '../platform/params.ts';

/** Where Stripe delivers its events; both are the same door. */
export const STRIPE_WEBHOOK_PATHS = ['/api/payments/stripe/webhook', '/webhooks/stripe'] as const;

/**
 * The doors of providers, who sign what they send: the signature over the raw body stands for
 * authentication. A delivery is stored before it is answered, and processed later; what could not be
 * stored is answered with a 5xx, so that the provider sends it again.
 */
export function registerWebhookRoutes(api: Api): void {
  for (const path of STRIPE_WEBHOOK_PATHS) {
    api.post(path, async (c) => {
      const { invocation } = c.var;
      const body = new Uint8Array(await c.req.arrayBuffer());
      const event = await verified(body, c.req.header('Stripe-Signature'), invocation.now);
      const { duplicate } = await receiveStripeEvent(invocation, event);
      const { id, type } = event;
      invocation.log.info({ stripeEventId: id, type, duplicate }, 'webhook received');
      return c.json({ received: true, duplicate });
    });
  }
}

/** @throws AppError malformed: field Stripe-Signature, or body for what is signed and is no event */
async function verified(body: Uint8Array, header: string | undefined, now: Date) {
  const secrets = stripeWebhookSecrets();
  // Loaded here: other requests have no need of Stripe's SDK.
  const { StripeSignatureRefusal, verifyStripeDelivery } = await import(
    '../integrations/stripe/stripe.verify.ts'
  );
  try {
    return verifyStripeDelivery(body, header, { secrets, now });
  } catch (cause) {
    if (cause instanceof StripeSignatureRefusal) {
      const field = 'Stripe-Signature';
      throw new AppError('malformed', `${field}: ${cause.message}`, { field, cause });
    }
    throw new AppError('malformed', 'body: this is not an event as Stripe sends it', { cause });
  }
}

import { afterAll, beforeAll } from '@jest/globals';
import { createStripeClient } from '../../functions/src/integrations/stripe/stripe.client.ts';
import type { StripePort } from '../../functions/src/integrations/stripe/stripe.port.ts';
import { STRIPE_FAKE_WEBHOOK_SECRET, type StripeFake, startStripeFake } from '../fakes/stripe.ts';
import { STRIPE_FAKE_KEY } from '../fakes/stripe-door.ts';
import type { StripeObject } from '../fakes/stripe-objects.ts';
import { bodyOf, stripeSignature } from '../fakes/stripe-wire.ts';
import { type Answer, request } from './request.ts';

/** Stripe for one test file. */
export interface TestStripe {
  readonly fake: () => StripeFake;
  /** The real SDK, pointed at the fake, with short time-outs. */
  readonly client: (options?: { timeoutMs?: number; maxRetries?: number }) => StripePort;
  /** Delivers an event as Stripe would, to the router in this process. */
  readonly deliver: (event: StripeObject) => Promise<Answer>;
}

const STRIPE_DOOR = 'POST /webhooks/stripe';

/** Gives a test file a Stripe of its own, and points the product in this process at it. */
export function useStripe(): TestStripe {
  let started: StripeFake | undefined;
  const fake = () => {
    if (started === undefined) throw new Error('the fake of Stripe runs during tests only');
    return started;
  };
  beforeAll(async () => {
    started = await startStripeFake({ port: 0 });
    Object.assign(process.env, {
      STRIPE_API_URL: started.url,
      STRIPE_SECRET_KEY: STRIPE_FAKE_KEY,
      STRIPE_WEBHOOK_SECRETS: STRIPE_FAKE_WEBHOOK_SECRET,
    });
  });
  afterAll(async () => {
    await started?.stop();
  });
  return {
    fake,
    client: ({ timeoutMs = 2000, maxRetries = 2 } = {}) =>
      createStripeClient({
        ...{ secretKey: STRIPE_FAKE_KEY, apiUrl: fake().url },
        ...{ timeoutMs, maxRetries },
      }),
    deliver: (event) => {
      const body = bodyOf(event);
      return deliverSigned(body, stripeSignature(body, STRIPE_FAKE_WEBHOOK_SECRET));
    },
  };
}

/** Sends a body with a signature of the test's choice. */
export function deliverSigned(
  body: string,
  signature: string | undefined,
  door = STRIPE_DOOR,
): Promise<Answer> {
  return request(door, {
    body,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(signature === undefined ? {} : { 'Stripe-Signature': signature }),
    },
  });
}

import type { StripeEvent } from './stripe.port.ts';
import { keptOf, stripeEventSchema } from './stripe-objects.schema.ts';

/**
 * An event as it is kept, from what Stripe sent or listed.
 * @throws ZodError when it is no event
 */
export function toStripeEvent(raw: unknown): StripeEvent {
  const { id, type, created, account, livemode, data } = stripeEventSchema.parse(raw);
  return {
    ...{ id, type, livemode },
    createdAt: new Date(created * 1000),
    account: account ?? null,
    object: withoutUndefined(keptOf(data.object)),
  };
}

/** Firestore does not store undefined, and neither does JSON. */
function withoutUndefined(object: Record<string, unknown>): Record<string, unknown> {
  const copy: unknown = JSON.parse(JSON.stringify(object));
  return Object.fromEntries(Object.entries(Object(copy)));
}

import type { StripeEvent } from '../../integrations/stripe/stripe.port.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { receiveDelivery } from './inbox.service.ts';

/**
 * Stores an event of Stripe's, once, whether Stripe delivered it or it was found in Stripe's list:
 * the trigger then processes it. Billed: one write, none when it is there.
 */
export function receiveStripeEvent(
  ctx: Pick<Invocation, 'store' | 'now'>,
  { id, type, createdAt, account, livemode, object }: StripeEvent,
): Promise<{ readonly duplicate: boolean }> {
  return receiveDelivery(ctx, {
    ...{ provider: 'stripe', eventId: id, type, account, livemode },
    occurredAt: createdAt,
    payload: { ...object },
  });
}

import Stripe from 'stripe';
import type { StripeEvent } from './stripe.port.ts';
import { toStripeEvent } from './stripe-event.ts';

/** How far the time of a signature may be from ours, to either side. */
const TOLERANCE_SECONDS = 300;

/** Why a delivery is not taken for Stripe's; the text may be shown to whoever sent it. */
export class StripeSignatureRefusal extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StripeSignatureRefusal';
  }
}

/**
 * The event in a delivery that one of our endpoint's secrets has signed. The SDK refuses what is
 * older than the tolerance; what is signed for the future is refused here, for it could be kept and
 * delivered again when its time has come.
 * @throws StripeSignatureRefusal; ZodError for a signed body that is no event
 */
export function verifyStripeDelivery(
  body: Uint8Array,
  header: string | undefined,
  { secrets, now }: { readonly secrets: readonly string[]; readonly now: Date },
): StripeEvent {
  if (header === undefined || header === '') {
    throw new StripeSignatureRefusal('the header Stripe-Signature is missing');
  }
  const refusals: unknown[] = [];
  for (const secret of secrets) {
    try {
      const event: unknown = Stripe.webhooks.constructEvent(
        body,
        header,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        now.getTime(),
      );
      requireNotFuture(header, now);
      return toStripeEvent(event);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
      refusals.push(error);
    }
  }
  throw new StripeSignatureRefusal(
    refusals.some(isStale)
      ? `the signature is older than ${TOLERANCE_SECONDS} seconds; send the delivery again`
      : 'no signature in it is one of this endpoint’s secrets for this very body',
    { cause: refusals[0] },
  );
}

function isStale(error: unknown): boolean {
  return error instanceof Error && error.message.includes('tolerance');
}

function requireNotFuture(header: string, now: Date): void {
  // The last one counts, as it does for the SDK that has just checked the signature over it.
  const stamp = /(?:^|,)t=(\d+)(?!.*,t=)/.exec(header)?.[1];
  const signedAt = stamp === undefined ? Number.NaN : Number(stamp);
  if (signedAt - Math.floor(now.getTime() / 1000) <= TOLERANCE_SECONDS) return;
  throw new StripeSignatureRefusal(
    `the signature is more than ${TOLERANCE_SECONDS} seconds in the future; check the sender's clock`,
  );
}

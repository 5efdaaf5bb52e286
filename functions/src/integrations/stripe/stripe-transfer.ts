import type { StripeTransfer } from './stripe.port.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import { type StripeTransferObject, stripeTransferSchema } from './stripe-objects.schema.ts';

/**
 * A transfer from what Stripe answered, or from what was kept of an event.
 * @throws ZodError when it is none; StripePermanentError for an amount that its currency cannot have
 */
export function toTransfer(raw: unknown): StripeTransfer {
  const transfer: StripeTransferObject = stripeTransferSchema.parse(raw);
  const { amountMinor, currency } = fromStripeAmount(transfer.amount, transfer.currency);
  return {
    ...{ id: transfer.id, amountMinor, currency },
    payoutId: transfer.transfer_group ?? null,
    reversedMinor: fromStripeAmount(transfer.amount_reversed, transfer.currency).amountMinor,
    destination: transfer.destination,
    createdAt: new Date(transfer.created * 1000),
    metadata: transfer.metadata ?? {},
  };
}

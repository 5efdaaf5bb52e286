import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';

/** A chargeback as the provider last told of it. */
const disputeStateSchema = z.strictObject({
  amountMinor: amountMinorSchema,
  /** True while the money is with the customer's bank, and for good once it is lost. */
  isTaken: z.boolean(),
  /** When the provider said so, and what goes on from what when two of its events are of one second. */
  toldAt: z.date(),
  rank: z.int(),
});
export type DisputeState = z.infer<typeof disputeStateSchema>;

/**
 * A customer's payment for a deal, `orgs/{orgId}/paymentLinks/{provider}_{paymentId}`. It holds what
 * the provider said last about this payment; a deal's amounts are the sums over its payments.
 */
export const paymentLinkSchema = z.strictObject({
  provider: z.enum(['stripe']),
  dealId: idSchema,
  currency: currencySchema,
  /** The provider's ids, by which later events name the payment. */
  paymentIntentId: z.string().nullable(),
  chargeId: z.string().nullable(),
  paidMinor: amountMinorSchema,
  refundedMinor: amountMinorSchema,
  disputes: z.record(z.string(), disputeStateSchema),
  /** Whether the deal is moved to a won stage for it: once, however often the payment is told of. */
  win: z.enum(['none', 'due', 'done']),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type PaymentLink = z.infer<typeof paymentLinkSchema>;

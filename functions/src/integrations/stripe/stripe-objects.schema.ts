import { z } from 'zod';

/**
 * What of Stripe's objects is stored and looked at: nothing else of them is kept, above all no
 * personal data. Keys that Stripe adds are dropped. https://docs.stripe.com/api
 */

const metadataSchema = z.record(z.string().max(100), z.string().max(500)).nullish();
const amountSchema = z.int();
const currencySchema = z.string().length(3);
/** An object by its id; Stripe sends the whole object instead where somebody asked for that. */
const referenceSchema = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? null);

export const stripeAccountSchema = z.object({
  object: z.literal('account'),
  id: z.string(),
  payouts_enabled: z.boolean().optional(),
  details_submitted: z.boolean().optional(),
  capabilities: z.object({ transfers: z.string().optional() }).optional(),
  requirements: z
    .object({
      disabled_reason: z.string().nullish(),
      currently_due: z.array(z.string()).max(200).nullish(),
    })
    .nullish(),
  metadata: metadataSchema,
});
export type StripeAccountObject = z.infer<typeof stripeAccountSchema>;

export const stripeTransferSchema = z.object({
  object: z.literal('transfer'),
  id: z.string(),
  amount: amountSchema,
  amount_reversed: amountSchema,
  reversed: z.boolean(),
  currency: currencySchema,
  created: z.int(),
  destination: referenceSchema,
  transfer_group: z.string().nullish(),
  metadata: metadataSchema,
});
export type StripeTransferObject = z.infer<typeof stripeTransferSchema>;

/** Stripe's payout: from a payee's balance to their bank. */
export const stripeBankPayoutSchema = z.object({
  object: z.literal('payout'),
  id: z.string(),
  amount: amountSchema,
  currency: currencySchema,
  status: z.string(),
  arrival_date: z.int().nullish(),
  failure_code: z.string().nullish(),
  failure_message: z.string().nullish(),
  metadata: metadataSchema,
});

export const stripeChargeSchema = z.object({
  object: z.literal('charge'),
  id: z.string(),
  amount: amountSchema,
  amount_captured: amountSchema,
  amount_refunded: amountSchema,
  currency: currencySchema,
  paid: z.boolean(),
  payment_intent: referenceSchema,
  metadata: metadataSchema,
});

export const stripeDisputeSchema = z.object({
  object: z.literal('dispute'),
  id: z.string(),
  amount: amountSchema,
  currency: currencySchema,
  status: z.string(),
  charge: referenceSchema,
  payment_intent: referenceSchema,
  metadata: metadataSchema,
});

export const stripeCheckoutSessionSchema = z.object({
  object: z.literal('checkout.session'),
  id: z.string(),
  mode: z.string(),
  payment_status: z.string(),
  amount_total: amountSchema.nullable(),
  currency: currencySchema.nullable(),
  payment_intent: referenceSchema,
  metadata: metadataSchema,
});

export const stripeInvoiceSchema = z.object({
  object: z.literal('invoice'),
  id: z.string(),
  amount_paid: amountSchema,
  currency: currencySchema,
  metadata: metadataSchema,
  /** An invoice of a subscription carries the subscription's metadata here. */
  parent: z
    .object({ subscription_details: z.object({ metadata: metadataSchema }).nullish() })
    .nullish(),
});

/** An object that no handler looks at. */
const otherSchema = z.object({
  object: z.string().optional(),
  id: z.string().optional(),
  metadata: metadataSchema,
});

const objectSchemas: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  account: stripeAccountSchema,
  transfer: stripeTransferSchema,
  payout: stripeBankPayoutSchema,
  charge: stripeChargeSchema,
  dispute: stripeDisputeSchema,
  'checkout.session': stripeCheckoutSessionSchema,
  invoice: stripeInvoiceSchema,
};

/** What is kept of an object; of one that is not as its kind should be, what names it. */
export function keptOf(object: unknown): Record<string, unknown> {
  const other = otherSchema.safeParse(object);
  const kind = other.data?.object ?? '';
  const known = objectSchemas[kind]?.safeParse(object);
  if (known?.success) return known.data;
  return other.data ?? {};
}

export const stripeEventSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
  type: z.string().min(1).max(100),
  created: z.int().min(0).max(253_402_300_799),
  account: z.string().max(100).nullish(),
  livemode: z.boolean(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

import { z } from 'zod';

/** ISO 3166 code of two letters. */
const countrySchema = z.string().regex(/^[A-Z]{2}$/, {
  error: 'must be a country code of two capital letters, such as US or DE',
});

/** What became of the latest payment from a payee's balance at Stripe to their bank. */
const bankPaymentSchema = z.strictObject({
  /** Stripe's payout, which may carry several of our payouts. */
  stripePayoutId: z.string(),
  status: z.enum(['paid', 'failed']),
  /** Why the bank did not take it. */
  failure: z.string().nullable(),
  /** When it happened, by Stripe's clock. */
  occurredAt: z.date(),
});
export type BankPayment = z.infer<typeof bankPaymentSchema>;

/**
 * How somebody is paid by Stripe, `orgs/{orgId}/payees/{uid}`, for the server alone. It is there
 * before the account is: the country claimed first keeps two requests from opening two accounts.
 */
export const payeeSchema = z.strictObject({
  country: countrySchema.nullable(),
  /** Never changes once it is set. */
  stripeAccountId: z.string().nullable(),
  /** What Stripe said of the account when it was last asked. */
  transfersEnabled: z.boolean(),
  payoutsEnabled: z.boolean(),
  detailsSubmitted: z.boolean(),
  requirements: z.array(z.string()).max(200),
  disabledReason: z.string().nullable(),
  bank: bankPaymentSchema.nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Payee = z.infer<typeof payeeSchema>;

export const beginOnboardingSchema = z.strictObject({ country: countrySchema.optional() });
export type BeginOnboarding = z.infer<typeof beginOnboardingSchema>;

/** Where a payee is on the way to being paid by Stripe. */
export const payeeStateSchema = z.enum([
  'not_started',
  'incomplete',
  'in_review',
  'ready',
  'bank_missing',
  'bank_refused',
  'rejected',
]);
export type PayeeState = z.infer<typeof payeeStateSchema>;

/** A page of the payees, by name. */
export const listPayeesSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListPayees = z.infer<typeof listPayeesSchema>;

/** What the web client shows a payee of how Stripe pays them. */
export const payeeProgressSchema = z.object({ state: payeeStateSchema, message: z.string() });

/** A page of Stripe's, which works once and for minutes. */
export const onboardingLinkSchema = z.object({ url: z.string(), expiresAt: z.string() });

import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { audienceShape, recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

/** How often people are paid: from Mondays, from the 1st and 16th, or from the 1st of each month. */
export const scheduleSchema = z.enum(['weekly', 'semimonthly', 'monthly']);
export type Schedule = z.infer<typeof scheduleSchema>;

/** A schedule and the time zone of its days, from an instant on; null is since ever. */
const segmentSchema = z.strictObject({
  from: z.date().nullable(),
  schedule: scheduleSchema,
  timeZone: z.string(),
});

/**
 * Every schedule that was ever in force, the first since ever: an instant belongs to one period,
 * and to the same one for good once that has been closed.
 */
const timelineSchema = z.array(segmentSchema).min(1).max(200);
export type Timeline = z.infer<typeof timelineSchema>;

/** `orgs/{orgId}/payoutSettings/current`. */
export const payoutSettingsSchema = z.strictObject({
  timeline: timelineSchema,
  updatedAt: z.date(),
  updatedBy: z.string(),
});
export type PayoutSettings = z.infer<typeof payoutSettingsSchema>;

export const changePayoutSettingsSchema = z.strictObject({ schedule: scheduleSchema });
export type ChangePayoutSettings = z.infer<typeof changePayoutSettingsSchema>;

export const periodStatusSchema = z.enum(['closing', 'closed']);

/**
 * A period whose closing was ordered, `orgs/{orgId}/periods/{periodId}`. What is posted before
 * `endsAt` is paid with it; the rest goes to a later one. Sealed: once it is closed, the root hash
 * says what its entries were.
 */
export const periodSchema = z.strictObject({
  ...recordShape,
  status: periodStatusSchema,
  schedule: scheduleSchema,
  timeZone: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  /** The job that closes it. */
  jobId: idSchema,
  closedBy: z.string(),
  closedAt: z.date().nullable(),
  /** How many entries were posted in it, and `rootHashOf` their digests; null until it is closed. */
  entries: z.int().min(0).nullable(),
  rootHash: z.string().nullable(),
});
export type Period = z.infer<typeof periodSchema>;

/** What the entries of a period sum to in one currency, in minor units. */
const currencyTotalsSchema = z.strictObject({
  entries: z.int(),
  expenseMinor: z.int(),
  pendingMinor: z.int(),
  heldMinor: z.int(),
  approvedMinor: z.int(),
  inTransitMinor: z.int(),
  paidMinor: z.int(),
});

/**
 * `orgs/{orgId}/periodTotals/{periodId}`: apart from the period, which everybody sees, because what
 * all together earn is for administrators.
 */
export const periodTotalsSchema = z.strictObject({
  totals: z.record(currencySchema, currencyTotalsSchema),
});
export type PeriodTotals = z.infer<typeof periodTotalsSchema>;

export const payoutStatusSchema = z.enum([
  'draft',
  'approved',
  'sending',
  'paid',
  'failed',
  'returned',
  'voided',
]);
export type PayoutStatus = z.infer<typeof payoutStatusSchema>;

/**
 * What one payee is paid of one period in one currency,
 * `orgs/{orgId}/payouts/{periodId}_{uid}_{currency}`. Its money is pending while it is a draft, on
 * the account of its name while it is approved (or failed), in transit or paid, and pending again
 * when it is voided or returned.
 */
export const payoutSchema = z.strictObject({
  ...recordShape,
  ...audienceShape,
  /** The payee. */
  ownerId: idSchema,
  currency: currencySchema,
  periodId: idSchema,
  periodStartsAt: z.date(),
  /** The cut: what was posted before it is paid. */
  periodEndsAt: z.date(),
  status: payoutStatusSchema,
  /** What is to be paid, or was: at most what was drafted. */
  amountMinor: amountMinorSchema,
  draftedMinor: amountMinorSchema,
  /** How much of what was paid came back. */
  returnedMinor: amountMinorSchema,
  method: z.enum(['stripe', 'manual']).nullable(),
  /** What the bank or the payer calls the payment. */
  reference: lineSchema(200).nullable(),
  transferId: z.string().nullable(),
  /** How often sending was begun. */
  attempts: z.int().min(0),
  /** Why the last attempt failed or the money came back. */
  failure: z.string().nullable(),
  /** Why it was voided. */
  reason: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.date().nullable(),
  sentAt: z.date().nullable(),
  paidAt: z.date().nullable(),
});
export type Payout = z.infer<typeof payoutSchema>;

export const voidPayoutSchema = z.strictObject({ payoutId: idSchema, reason: lineSchema(500) });
export type VoidPayout = z.infer<typeof voidPayoutSchema>;

/** `amountMinor`: what was paid; refused when the payout is of another amount by now. */
export const markPaidSchema = z.strictObject({
  payoutId: idSchema,
  reference: lineSchema(200),
  amountMinor: amountMinorSchema.optional(),
});
export type MarkPaid = z.infer<typeof markPaidSchema>;

const MAX_APPROVALS = 100;
export const approvePayoutsSchema = z.strictObject({
  ids: z.array(idSchema).min(1).max(MAX_APPROVALS),
});
export type ApprovePayouts = z.infer<typeof approvePayoutsSchema>;

/** Each is a transfer, a second or so; all of them must be made within one request. */
const MAX_SENDINGS = 100;
export const sendPayoutsSchema = z.strictObject({
  ids: z.array(idSchema).min(1).max(MAX_SENDINGS),
});

/** Which payouts to list, the latest first. */
export const listPayoutsSchema = z.strictObject({
  periodId: idSchema.optional(),
  status: payoutStatusSchema.optional(),
  payeeId: idSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListPayouts = z.infer<typeof listPayoutsSchema>;

/** A page of the payees that a period's closing would look at. */
export const previewPeriodSchema = z.strictObject({
  periodId: idSchema,
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type PreviewPeriod = z.infer<typeof previewPeriodSchema>;

/** A page of the periods, the latest first. */
export const listPeriodsSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListPeriods = z.infer<typeof listPeriodsSchema>;

/** Where the next step of a closing begins: after this payee and currency. */
export const closeCursorSchema = z.strictObject({ ownerId: idSchema, currency: currencySchema });

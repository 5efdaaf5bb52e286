import {
  jobStatusSchema,
  payoutStatusSchema,
  periodStatusSchema,
  scheduleSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the page reads of the answers about payouts; what else they carry is left out. */
const spanShape = {
  id: z.string(),
  schedule: scheduleSchema,
  timeZone: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
};

const openPeriodSchema = z.object({ ...spanShape, closableFrom: z.string() });
export type OpenPeriod = z.infer<typeof openPeriodSchema>;

const periodSchema = z.object({
  ...spanShape,
  status: periodStatusSchema,
  jobId: z.string(),
  closedAt: z.string().nullable(),
  entries: z.int().nullable(),
});
export type Period = z.infer<typeof periodSchema>;

export const periodListSchema = z.object({
  periods: z.array(periodSchema),
  nextCursor: z.string().nullable(),
  next: openPeriodSchema.nullable(),
});
export type PeriodList = z.infer<typeof periodListSchema>;

export const settingsSchema = z.object({
  schedule: scheduleSchema,
  timeZone: z.string(),
  since: z.string().nullable(),
});

const previewLineSchema = z.object({
  payeeId: z.string(),
  payeeName: z.string().nullable(),
  currency: z.string(),
  pendingMinor: z.int(),
  heldMinor: z.int(),
  spokenForMinor: z.int(),
  tierAdjustmentMinor: z.int(),
  amountMinor: z.int(),
  warnings: z.array(z.string()),
});
export type PreviewedPayee = z.infer<typeof previewLineSchema>;

export const previewSchema = z.object({
  payees: z.array(previewLineSchema),
  nextCursor: z.string().nullable(),
});

const payoutSchema = z.object({
  id: z.string(),
  status: payoutStatusSchema,
  payeeId: z.string(),
  periodId: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  draftedMinor: z.int(),
  returnedMinor: z.int(),
  method: z.enum(['stripe', 'manual']).nullable(),
  reference: z.string().nullable(),
  failure: z.string().nullable(),
  reason: z.string().nullable(),
  paidAt: z.string().nullable(),
});
export type Payout = z.infer<typeof payoutSchema>;

export const payoutListSchema = z.object({
  payouts: z.array(payoutSchema),
  nextCursor: z.string().nullable(),
});

/** How the items of a batch fared, as far as they failed. */
export const batchSchema = z.object({
  succeeded: z.int(),
  failed: z.int(),
  results: z.array(
    z.object({
      id: z.string(),
      success: z.boolean(),
      error: z.object({ error: z.string() }).optional(),
    }),
  ),
});

/** How far a closing is. */
export const jobSchema = z.object({
  status: jobStatusSchema,
  processed: z.int(),
  failed: z.int(),
  error: z.string().nullable(),
});

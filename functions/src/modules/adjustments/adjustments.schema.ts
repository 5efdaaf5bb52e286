import { z } from 'zod';
import { currencySchema, MAX_MINOR_UNITS } from '../../platform/money.schema.ts';
import { audienceShape, recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

const adjustmentStatusSchema = z.enum(['requested', 'approved', 'rejected']);

/** An amount of at least one minor unit: positive gives to the payee, negative takes. */
const adjustmentMinorSchema = z
  .int()
  .min(-MAX_MINOR_UNITS)
  .max(MAX_MINOR_UNITS)
  .refine((minor) => minor !== 0, { error: 'must not be 0' });

/**
 * A correction of what somebody earns that no plan gives, `orgs/{orgId}/adjustments/{adjustmentId}`.
 * Its owner is the payee. It is posted when somebody other than payee and requester has approved it.
 */
export const adjustmentSchema = z.strictObject({
  ...recordShape,
  ...audienceShape,
  /** The payee. */
  ownerId: idSchema,
  amountMinor: adjustmentMinorSchema,
  currency: currencySchema,
  reason: lineSchema(500),
  dealId: idSchema.nullable(),
  status: adjustmentStatusSchema,
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  decisionNote: lineSchema(500).nullable(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

export const newAdjustmentSchema = z.strictObject({
  payeeId: idSchema,
  amountMinor: adjustmentMinorSchema,
  currency: currencySchema,
  reason: lineSchema(500),
  dealId: idSchema.optional(),
});
export type NewAdjustment = z.infer<typeof newAdjustmentSchema>;

/** A decision on an adjustment, with a note if there is something to say. */
export const decisionSchema = z.strictObject({ note: lineSchema(500).optional() });

/** Which adjustments to list, newest first. */
export const listAdjustmentsSchema = z.strictObject({
  status: adjustmentStatusSchema.optional(),
  payeeId: idSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListAdjustments = z.infer<typeof listAdjustmentsSchema>;

/** An adjustment as the doors show it. */
export const adjustmentViewSchema = z.object({
  id: z.string(),
  version: z.int(),
  payeeId: z.string(),
  teamId: z.string().nullable(),
  amount: z.object({ amountMinor: z.int(), currency: currencySchema }),
  reason: z.string(),
  dealId: z.string().nullable(),
  status: adjustmentStatusSchema,
  requestedBy: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionNote: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AdjustmentView = z.infer<typeof adjustmentViewSchema>;

/** What the doors show of an adjustment. */
export function toAdjustmentView(adjustment: Adjustment & { readonly id: string }): AdjustmentView {
  const { id, version, ownerId, teamId, amountMinor, currency, reason, dealId } = adjustment;
  const { status, createdBy, decidedBy, decidedAt, decisionNote } = adjustment;
  return {
    ...{ id, version, payeeId: ownerId, teamId, amount: { amountMinor, currency }, reason, dealId },
    ...{ status, requestedBy: createdBy, decidedBy, decisionNote },
    decidedAt: decidedAt?.toISOString() ?? null,
    createdAt: adjustment.createdAt.toISOString(),
    updatedAt: adjustment.updatedAt.toISOString(),
  };
}

import { z } from 'zod';
import { localeSchema } from '../../platform/locale.schema.ts';
import { currencySchema } from '../../platform/money.schema.ts';
import { dealChangeSchema } from '../deals/deals.schema.ts';
import { componentSchema, reasonSchema } from '../ledger/ledger.schema.ts';

export const explainQuerySchema = z.strictObject({ locale: localeSchema });

/** What one rule of a plan comes to for the whole deal; `exactMinor` may have a fraction. */
const ruleLineSchema = z.object({
  kind: z.enum(['percent', 'fixed', 'tiers', 'override']),
  role: z.string().nullable(),
  rateBps: z.int().nullable(),
  exactMinor: z.string(),
});
export type RuleLine = z.infer<typeof ruleLineSchema>;

/** How one component of one payee's earnings on a deal is computed, step by step. */
export const targetExplanationSchema = z.object({
  component: componentSchema,
  currency: z.string(),
  plan: z.object({ planId: z.string(), planName: z.string(), planVersion: z.int() }),
  deal: z.object({ valueMinor: z.int(), refundedMinor: z.int(), baseMinor: z.int() }),
  role: z.string().nullable(),
  shareBps: z.int().nullable(),
  rules: z.array(ruleLineSchema),
  capMinor: z.int().nullable(),
  floorMinor: z.int().nullable(),
  /** Which of the two decided. */
  bound: z.enum(['cap', 'floor']).nullable(),
  /** What the whole deal pays by this plan, before the share. */
  commissionExactMinor: z.string(),
  exact: z.object({ numerator: z.string(), denominator: z.string(), minor: z.string() }),
  amountMinor: z.int(),
  rounding: z.object({
    method: z.enum(['largest-remainder', 'half-away-from-zero']),
    /** True when the payee has the unit that the parts of the deal left over. */
    hasOddUnit: z.boolean(),
  }),
});
export type TargetExplanation = z.infer<typeof targetExplanationSchema>;

/** Why an entry was posted, and why it is that much. */
export const entryExplanationSchema = z.object({
  entryId: z.string(),
  userId: z.string(),
  reason: reasonSchema,
  currency: z.string(),
  earnedMinor: z.int(),
  sentence: z.string(),
  deal: z
    .object({ dealId: z.string(), title: z.string().nullable(), version: z.int().nullable() })
    .nullable(),
  event: z
    .object({ id: z.string(), types: z.array(z.string()), recovered: z.boolean() })
    .nullable(),
  /** What the deal paid the payee by this plan before and after the event. */
  previousMinor: z.int().nullable(),
  targetMinor: z.int().nullable(),
  before: targetExplanationSchema.nullable(),
  after: targetExplanationSchema.nullable(),
});
export type EntryExplanation = z.infer<typeof entryExplanationSchema>;

/** What a deal would be like; the value is in major units, and what is left out stays as it is. */
export const previewSchema = z.strictObject({
  value: z.number().min(0).optional(),
  currency: currencySchema.optional(),
  splits: dealChangeSchema.shape.splits,
  locale: localeSchema,
});
export type Preview = z.infer<typeof previewSchema>;

const previewLineSchema = z.object({
  userId: z.string(),
  component: componentSchema,
  currency: z.string(),
  amountMinor: z.int(),
  sentence: z.string(),
  explanation: targetExplanationSchema,
});
export type PreviewLine = z.infer<typeof previewLineSchema>;

/** What a deal earns those whose earnings the caller may see, now and were it won now. */
export const dealEarningsSchema = z.object({
  dealId: z.string(),
  payees: z.array(
    z.object({
      userId: z.string(),
      earned: z.array(z.object({ currency: z.string(), amountMinor: z.int() })),
      held: z.array(z.object({ currency: z.string(), amountMinor: z.int() })),
    }),
  ),
  preview: z.array(previewLineSchema).nullable(),
});
export type DealEarnings = z.infer<typeof dealEarningsSchema>;

export const previewAnswerSchema = z.object({
  dealId: z.string(),
  preview: z.array(previewLineSchema),
});

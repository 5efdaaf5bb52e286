import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';

/** A rate in basis points: 1,000 is 10 %. At most ten times the value. */
const rateBpsSchema = z.int().min(0).max(100_000);
/** Whom of a deal's splits a rule is for; null is everybody. */
const roleSchema = lineSchema(50).nullable().default(null);

const percentRuleSchema = z.strictObject({
  kind: z.literal('percent'),
  role: roleSchema,
  rateBps: rateBpsSchema,
});

const fixedRuleSchema = z.strictObject({
  kind: z.literal('fixed'),
  role: roleSchema,
  amountMinor: amountMinorSchema,
});

/**
 * A rate that depends on what the person won in the period: `marginal` pays each tier's rate on the
 * part of the sum within it, `cliff` the rate of the tier reached on the whole sum. The first tier
 * is paid with each deal, the rest when the period is closed.
 */
const tiersRuleSchema = z.strictObject({
  kind: z.literal('tiers'),
  role: roleSchema,
  mode: z.enum(['marginal', 'cliff']),
  tiers: z
    .array(z.strictObject({ fromMinor: amountMinorSchema, rateBps: rateBpsSchema }))
    .min(1)
    .max(20)
    .refine((tiers) => tiers[0]?.fromMinor === 0, { error: 'must begin with a tier from 0' })
    .refine((tiers) => tiers.every((tier, i) => i === 0 || tier.fromMinor > fromOf(tiers, i - 1)), {
      error: 'must rise from tier to tier',
    }),
});
export type TiersRule = z.infer<typeof tiersRuleSchema>;

/** What managers earn on the deals of the teams they manage, beside the splits. */
const overrideRuleSchema = z.strictObject({
  kind: z.literal('override'),
  rateBps: rateBpsSchema,
});

const ruleSchema = z.discriminatedUnion('kind', [
  percentRuleSchema,
  fixedRuleSchema,
  tiersRuleSchema,
  overrideRuleSchema,
]);
export type PlanRule = z.infer<typeof ruleSchema>;

/** Whom a version is for. The most specific of several plans counts: person, then team, then everybody. */
const assignmentSchema = z.strictObject({
  everyone: z.boolean().default(false),
  teamIds: z.array(idSchema).max(100).default([]),
  userIds: z.array(idSchema).max(100).default([]),
});

/**
 * Terms of a plan as somebody publishes them. `currency`: with amounts of money in it a version is
 * for deals of that currency alone; null is for deals of any.
 */
const termsShape = {
  currency: currencySchema.nullable().default(null),
  rules: z.array(ruleSchema).min(1).max(20),
  /** The most and the least that a deal pays in commission as a whole, before it is split. */
  capMinor: amountMinorSchema.nullable().default(null),
  floorMinor: amountMinorSchema.nullable().default(null),
  assignment: assignmentSchema,
};

/** One version of a plan, immutable. In force for deals won from `effectiveFrom` until before `effectiveTo`. */
export const planVersionSchema = z.strictObject({
  planId: idSchema,
  planName: lineSchema(100),
  number: z.int().min(1),
  ...termsShape,
  effectiveFrom: z.date(),
  effectiveTo: z.date().nullable(),
  publishedAt: z.date(),
  publishedBy: z.string(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

/** A compensation plan, `orgs/{orgId}/plans/{planId}`; its terms are in its versions. */
export const planSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(100),
  description: textSchema(2000).nullable(),
  /** How many versions there are; the latest has this number. */
  versions: z.int().min(1),
  archivedAt: z.date().nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** New terms. Without a day of beginning they hold from now on. */
export const newPlanVersionSchema = z
  .strictObject({
    ...termsShape,
    effectiveFrom: instantSchema.optional(),
    effectiveTo: instantSchema.nullish(),
  })
  .refine(
    ({ currency, rules, capMinor, floorMinor }) =>
      currency !== null || !hasAmounts(rules, capMinor, floorMinor),
    {
      path: ['currency'],
      error: 'must be given, because the terms name amounts of money',
    },
  )
  .refine(
    ({ rules, capMinor, floorMinor }) =>
      (capMinor === null && floorMinor === null) || !rules.some(({ kind }) => kind === 'tiers'),
    {
      path: ['rules'],
      error: 'must have no tiers beside a cap or floor per deal: tiers depend on the whole period',
    },
  )
  .refine(
    ({ capMinor, floorMinor }) =>
      capMinor === null || floorMinor === null || floorMinor <= capMinor,
    {
      path: ['floorMinor'],
      error: 'must not be above capMinor',
    },
  )
  .refine(({ rules }) => rules.filter(({ kind }) => kind === 'tiers').length <= 1, {
    path: ['rules'],
    error: 'must have at most one rule of tiers',
  })
  .refine(
    ({ effectiveFrom, effectiveTo }) =>
      !effectiveFrom || !effectiveTo || effectiveFrom < effectiveTo,
    {
      path: ['effectiveTo'],
      error: 'must be after effectiveFrom',
    },
  );
export type NewPlanVersion = z.infer<typeof newPlanVersionSchema>;

/** A new plan with its first version. */
export const newPlanSchema = z.strictObject({
  name: planSchema.shape.name,
  description: planSchema.shape.description.optional(),
  terms: newPlanVersionSchema,
});
export type NewPlan = z.infer<typeof newPlanSchema>;

/** A new name or description; terms change by publishing a version. */
export const updatePlanSchema = z.strictObject({
  planId: idSchema,
  name: planSchema.shape.name.optional(),
  description: planSchema.shape.description.optional(),
});
export type UpdatePlan = z.infer<typeof updatePlanSchema>;

/** Every version of every plan in use, in one document, so that winning a deal costs one read. */
export const planBookSchema = z.strictObject({
  versions: z.array(planVersionSchema).max(300),
});
export type PlanBook = z.infer<typeof planBookSchema>;

/** Who earns by which version of which plan. */
const termsOfPersonShape = {
  uid: idSchema,
  teamId: idSchema.nullable(),
  planId: idSchema,
  planName: z.string(),
  planVersion: z.int().min(1),
  currency: currencySchema.nullable(),
};

/** What one person earns a deal's split by. */
const payeeTermsSchema = z.strictObject({
  ...termsOfPersonShape,
  rules: z.array(ruleSchema),
  capMinor: amountMinorSchema.nullable(),
  floorMinor: amountMinorSchema.nullable(),
});
export type PayeeTerms = z.infer<typeof payeeTermsSchema>;

/** What one manager earns on top of a deal. */
const overrideTermsSchema = z.strictObject({
  ...termsOfPersonShape,
  /** The sum of the plan's rates for managers. */
  rateBps: z.int().min(0),
});

/**
 * The terms that a deal was won on, `orgs/{orgId}/terms/{dealId}_{version}`; immutable, so that no
 * later change of a plan or a team touches what the deal earns.
 */
export const termsSchema = z.strictObject({
  dealId: idSchema,
  /** The version of the deal that it came with. */
  dealVersion: z.int().min(1),
  /** When the deal was won: which versions were in force. */
  wonAt: z.date(),
  payees: z.array(payeeTermsSchema).max(100),
  overrides: z.array(overrideTermsSchema).max(100),
});
export type Terms = z.infer<typeof termsSchema>;

function fromOf(tiers: readonly { readonly fromMinor: number }[], index: number): number {
  return tiers[index]?.fromMinor ?? 0;
}

function hasAmounts(
  rules: readonly PlanRule[],
  capMinor: number | null,
  floorMinor: number | null,
): boolean {
  const isAmount = ({ kind }: PlanRule) => kind === 'fixed' || kind === 'tiers';
  return capMinor !== null || floorMinor !== null || rules.some(isAmount);
}

import { z } from 'zod';
import { currencySchema } from '../../platform/money.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { splitsSchema } from '../deals/deals.schema.ts';
import { componentSchema } from '../ledger/ledger.schema.ts';

const changeShape = {
  /** Everybody's part from now on; left out, the parts stay. */
  splits: splitsSchema.optional(),
  /** True chooses the plans anew, from those that are in use now and were in force at the win. */
  repin: z.boolean().default(false),
};

function hasChange({ splits, repin }: { splits?: unknown; repin: boolean }): boolean {
  return splits !== undefined || repin;
}
const NO_CHANGE = { path: ['splits'], error: 'must be given, unless repin is true' };

/** How a won deal is to be restated, to see what that would change. */
export const previewRestatementSchema = z.strictObject(changeShape).refine(hasChange, NO_CHANGE);
export type PreviewRestatement = z.infer<typeof previewRestatementSchema>;

/**
 * A restatement of a won deal. `version` is the deal's, as the preview named it; with its
 * `previewDigest` the restatement is refused when it would change anything else than was shown.
 */
export const restatementSchema = z
  .strictObject({
    ...changeShape,
    reason: lineSchema(500),
    version: z.int().min(1),
    previewDigest: z.string().max(64).optional(),
  })
  .refine(hasChange, NO_CHANGE);
export type Restatement = z.infer<typeof restatementSchema>;

const amountSchema = z.object({ amountMinor: z.int(), currency: currencySchema });

const planLineSchema = z.object({
  planId: idSchema,
  planName: z.string(),
  planVersion: z.int(),
  /** The rules that pay it, such as `percent (closer)`. */
  rules: z.array(z.string()),
});
export type PlanLine = z.infer<typeof planLineSchema>;

/** What a restatement changes of what one person earns by one component. */
const restatementLineSchema = z.object({
  payeeId: idSchema,
  component: componentSchema,
  effect: z.enum(['gains', 'loses', 'same']),
  before: amountSchema,
  after: amountSchema,
  delta: amountSchema,
  planBefore: planLineSchema.nullable(),
  planAfter: planLineSchema.nullable(),
});
export type RestatementLine = z.infer<typeof restatementLineSchema>;

/** What a restatement changes. `version` is the version of the deal that it was worked out for. */
export const restatementViewSchema = z.object({
  dealId: idSchema,
  version: z.int(),
  lines: z.array(restatementLineSchema),
  previewDigest: z.string(),
});
export type RestatementView = z.infer<typeof restatementViewSchema>;

import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';

/** How deep `all`, `any` and `not` can stand in one another; the outermost condition is at depth 1. */
const MAX_CONDITION_DEPTH = 5;
/** How many comparisons one condition can have. */
const MAX_COMPARISONS = 50;
const MAX_LISTED = 100;

/**
 * A field of the record that the event is about: `stageKey`, `valueMinor`, `customFields.budget`;
 * as it was before the event: `before.ownerId`; or what a reported event says: `event.source`.
 */
export const fieldPathSchema = z
  .string()
  .max(150)
  .regex(/^(before\.|event\.)?[A-Za-z][A-Za-z0-9_]{0,63}(\.[A-Za-z][A-Za-z0-9_]{0,63})?$/, {
    error: 'must be a field such as stageKey, customFields.budget or before.ownerId',
  });

export const moneyValueSchema = z.strictObject({
  amountMinor: amountMinorSchema,
  currency: currencySchema,
});
export type MoneyValue = z.infer<typeof moneyValueSchema>;

const textValueSchema = z
  .string()
  .max(1000)
  .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode text' });
const singleValueSchema = z.union([textValueSchema, z.number(), z.boolean(), moneyValueSchema]);
const rangeValueSchema = z.strictObject({ from: singleValueSchema, to: singleValueSchema });
/** What a field is compared with; which of these an operator takes is in the table of operators. */
export const comparedValueSchema = z.union(
  [singleValueSchema, z.array(singleValueSchema).min(1).max(MAX_LISTED), rangeValueSchema],
  {
    error: `must be a text, a number, true or false, an amount {amountMinor, currency}, a list of up to ${MAX_LISTED} of them, or a range {from, to}`,
  },
);
export type ComparedValue = z.infer<typeof comparedValueSchema>;

const comparisonSchema = z.strictObject({
  field: fieldPathSchema,
  operator: z.string().max(64),
  value: comparedValueSchema.optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What must hold of a record: one comparison, or others joined by and, or, not. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

type Refuse = (path: readonly PropertyKey[], message: string) => void;

const junctions = ['all', 'any', 'not'] as const;

// Not a union of schemas: the refusal of a union does not say where in it the fault is.
export const conditionSchema: z.ZodType<Condition> = z
  .unknown()
  .superRefine((input, context) => {
    const budget = { comparisons: MAX_COMPARISONS };
    checkCondition(input, [], 1, budget, (path, message) =>
      context.addIssue({ code: 'custom', path: [...path], message }),
    );
  })
  .pipe(z.custom<Condition>())
  .meta({
    type: 'object',
    description:
      'One comparison {field, operator, value}, or {all: […]}, {any: […]}, {not: …} of conditions; the operators are listed by GET /api/workflows/operators',
  });

function checkCondition(
  input: unknown,
  path: readonly PropertyKey[],
  depth: number,
  budget: { comparisons: number },
  refuse: Refuse,
): void {
  const junction = junctionOf(input);
  if (depth > MAX_CONDITION_DEPTH) {
    refuse(path, `must not be nested deeper than ${MAX_CONDITION_DEPTH}`);
  } else if (junction === undefined) {
    checkComparison(input, path, budget, refuse);
  } else if (Object.keys(Object(input)).length > 1) {
    refuse(path, `must have ${junction.key} alone, or a field and an operator`);
  } else if (junction.key === 'not') {
    checkCondition(junction.parts, [...path, 'not'], depth + 1, budget, refuse);
  } else if (!Array.isArray(junction.parts) || junction.parts.length === 0) {
    refuse([...path, junction.key], 'must be a list of at least one condition');
  } else {
    for (const [index, part] of junction.parts.slice(0, MAX_COMPARISONS + 1).entries()) {
      checkCondition(part, [...path, junction.key, index], depth + 1, budget, refuse);
    }
  }
}

function junctionOf(
  input: unknown,
): { key: (typeof junctions)[number]; parts: unknown } | undefined {
  if (input === null || typeof input !== 'object') return undefined;
  const key = junctions.find((name) => Object.hasOwn(input, name));
  return key === undefined ? undefined : { key, parts: Reflect.get(input, key) };
}

function checkComparison(
  input: unknown,
  path: readonly PropertyKey[],
  budget: { comparisons: number },
  refuse: Refuse,
): void {
  budget.comparisons -= 1;
  if (budget.comparisons === -1) {
    refuse(path, `must be at most ${MAX_COMPARISONS} comparisons in all`);
  }
  if (budget.comparisons < 0) return;
  const parsed = comparisonSchema.safeParse(input);
  for (const issue of parsed.error?.issues ?? []) {
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const message = unknownKey.length > 0 ? 'is not a known field; leave it out' : issue.message;
    refuse([...path, ...issue.path, ...unknownKey], message);
  }
}

/** The comparisons of a condition with the way to each. */
export function* comparisonsOf(
  condition: Condition,
  path: readonly PropertyKey[] = [],
): Generator<{ comparison: Comparison; path: readonly PropertyKey[] }> {
  if ('all' in condition) {
    for (const [index, part] of condition.all.entries()) {
      yield* comparisonsOf(part, [...path, 'all', index]);
    }
  } else if ('any' in condition) {
    for (const [index, part] of condition.any.entries()) {
      yield* comparisonsOf(part, [...path, 'any', index]);
    }
  } else if ('not' in condition) {
    yield* comparisonsOf(condition.not, [...path, 'not']);
  } else {
    yield { comparison: condition, path };
  }
}

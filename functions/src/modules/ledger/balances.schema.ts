import { z } from 'zod';
import { localeSchema } from '../../platform/locale.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { instantSchema } from '../../platform/time.schema.ts';
import { componentSchema, reasonSchema } from './ledger.schema.ts';

const MAX_PAGE = 200;

/** Whose balance, the caller's unless given, and as of when, now unless given. */
export const balanceQuerySchema = z.strictObject({
  userId: idSchema.optional(),
  asOf: instantSchema.optional(),
});
export type BalanceQuery = z.infer<typeof balanceQuerySchema>;

/** What a payee has in one currency, in minor units, by the state that it is in. */
const accountsViewShape = {
  pendingMinor: z.int(),
  heldMinor: z.int(),
  approvedMinor: z.int(),
  inTransitMinor: z.int(),
  paidMinor: z.int(),
  /** All of the five: what was earned, net of what was taken back. */
  earnedMinor: z.int(),
  /** What was earned and is not paid. */
  owedMinor: z.int(),
  /** What the payee owes, as a negative amount: later earnings make up for it first. */
  carryForwardMinor: z.int(),
};
const accountsViewSchema = z.object(accountsViewShape);
export type AccountsView = z.infer<typeof accountsViewSchema>;

/** What identifies an answer about the past: the same question is answered the same again once it is final. */
const asOfShape = {
  userId: z.string(),
  asOf: z.string(),
  /** False while something may still be posted with a time up to that instant. */
  final: z.boolean(),
};

export const balanceAnswerSchema = z.object({
  ...asOfShape,
  balances: z.array(z.object({ currency: z.string(), ...accountsViewShape })),
});
export type BalanceAnswer = z.infer<typeof balanceAnswerSchema>;

/** A calendar day where the organisation is, or an instant. */
const boundSchema = z.union([
  z.iso.date().refine((day) => day > '0001', { error: 'must be a day of the years 1 to 9999' }),
  instantSchema,
]);
export type Bound = z.infer<typeof boundSchema>;

/**
 * A payee's statement: of the time from `from` until `to` (a day counts as a whole, an instant is
 * excluded) or of a payout period, as it was known at `asOf`. Of this month unless given.
 */
export const statementQuerySchema = z.strictObject({
  ...balanceQuerySchema.shape,
  from: boundSchema.optional(),
  to: boundSchema.optional(),
  periodId: z.iso.date().optional(),
  format: z.enum(['json', 'csv', 'html']).default('json'),
  locale: localeSchema,
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MAX_PAGE)).default(50),
});
export type StatementQuery = z.infer<typeof statementQuerySchema>;

/** One entry of a statement: what it changed, and what was owed after it. */
const statementLineSchema = z.object({
  entryId: z.string(),
  postedAt: z.string(),
  at: z.string(),
  currency: z.string(),
  reason: reasonSchema,
  description: z.string(),
  component: componentSchema.nullable(),
  dealId: z.string().nullable(),
  dealTitle: z.string().nullable(),
  payoutId: z.string().nullable(),
  disputeId: z.string().nullable(),
  note: z.string().nullable(),
  earnedMinor: z.int(),
  pendingMinor: z.int(),
  heldMinor: z.int(),
  approvedMinor: z.int(),
  inTransitMinor: z.int(),
  paidMinor: z.int(),
  owedMinor: z.int(),
});
export type StatementLine = z.infer<typeof statementLineSchema>;

export const statementSchema = z.object({
  ...asOfShape,
  from: z.string(),
  to: z.string(),
  periodId: z.string().nullable(),
  timeZone: z.string(),
  currencies: z.array(
    z.object({
      currency: z.string(),
      opening: accountsViewSchema,
      closing: accountsViewSchema,
    }),
  ),
  lines: z.array(statementLineSchema),
  nextCursor: z.string().nullable(),
});
export type Statement = z.infer<typeof statementSchema>;

import { z } from 'zod';
import { currencySchema, MAX_MINOR_UNITS } from '../../platform/money.schema.ts';
import { audienceShape } from '../../platform/record.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';

/** Why money moved on a payee's accounts. */
export const reasonSchema = z.enum([
  'earning',
  'override',
  'tier_adjustment',
  'clawback',
  'dispute_hold',
  'release',
  'approval',
  'payout',
  'payout_failure',
  'payout_return',
  'manual_adjustment',
  'restatement',
]);
export type Reason = z.infer<typeof reasonSchema>;

const signedMinorSchema = z.int().min(-MAX_MINOR_UNITS).max(MAX_MINOR_UNITS);

/**
 * What an entry moves on each account of its payee, in minor units. `expense` is the
 * organisation's side: the opposite of what the payee has gained. What is owed is on one of the
 * others: earned and not yet approved, held for a dispute, approved, on its way, paid.
 */
const accountsShape = {
  expenseMinor: signedMinorSchema,
  pendingMinor: signedMinorSchema,
  heldMinor: signedMinorSchema,
  approvedMinor: signedMinorSchema,
  inTransitMinor: signedMinorSchema,
  paidMinor: signedMinorSchema,
};
export const accounts = [
  'expenseMinor',
  'pendingMinor',
  'heldMinor',
  'approvedMinor',
  'inTransitMinor',
  'paidMinor',
] as const;
export type Account = (typeof accounts)[number];
export type Amounts = Readonly<Record<Account, number>>;

/** The part of a deal's commission that an entry is about. */
export const componentSchema = z.enum(['split', 'override']);
export type Component = z.infer<typeof componentSchema>;

/**
 * One transaction of a payee's ledger, `orgs/{orgId}/ledger/{entryId}`; immutable. Its lines sum to
 * zero. The audience is the payee and whoever manages the payee's team.
 */
export const ledgerEntrySchema = z
  .strictObject({
    ...audienceShape,
    /** The payee. */
    ownerId: idSchema,
    currency: currencySchema,
    reason: reasonSchema,
    ...accountsShape,
    /** What of the deal's value the entry credits the payee with: what tiers count. */
    basisMinor: signedMinorSchema,
    component: componentSchema.nullable(),
    dealId: idSchema.nullable(),
    dealVersion: z.int().nullable(),
    /** What the deal was called then, so that a statement never changes. */
    dealTitle: z.string().nullable(),
    /** The event that caused the entry, or the command's own id. */
    eventId: z.string().nullable(),
    termsId: idSchema.nullable(),
    payoutId: z.string().nullable(),
    disputeId: idSchema.nullable(),
    /** The plan that it is earned by, `{planId}_{version}`, and whether what was won counts for tiers. */
    planKey: z.string().nullable(),
    isTiered: z.boolean(),
    /** When the deal was won, which says for which period it counts. */
    wonAt: z.date().nullable(),
    note: z.string().max(500).nullable(),
    /** Who or what did it, as in events. */
    actor: z.string(),
    /** When what is paid for happened. */
    at: z.date(),
    /** When the entry was posted, which decides its period. */
    postedAt: z.date(),
    /** The SHA-256 of all other fields. */
    digest: z.string(),
  })
  .refine((entry) => accounts.reduce((sum, account) => sum + entry[account], 0) === 0, {
    error: 'must sum to zero over all accounts',
  });
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** What one person earns on one deal now, `orgs/{orgId}/splits/{dealId}_{uid}`: a sum over the ledger. */
export const splitSchema = z.strictObject({
  ...audienceShape,
  ownerId: idSchema,
  dealId: idSchema,
  /** By currency, in its minor units. */
  earnedMinor: z.record(currencySchema, signedMinorSchema),
  heldMinor: z.record(currencySchema, signedMinorSchema),
  updatedAt: z.date(),
});
export type Split = z.infer<typeof splitSchema>;

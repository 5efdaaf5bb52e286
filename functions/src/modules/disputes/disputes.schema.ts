import { z } from 'zod';
import { amountMinorSchema, currencySchema, MAX_MINOR_UNITS } from '../../platform/money.schema.ts';
import { audienceShape, recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { splitsSchema } from '../deals/deals.schema.ts';
import { reasonSchema } from '../ledger/ledger.schema.ts';

/** Every event of a dispute carries its comments, so they are few and short. */
export const MAX_COMMENTS = 50;

const disputeTextSchema = textSchema(1000).refine((text) => text.trim() !== '', {
  error: 'must not be empty',
});

const disputeStatusSchema = z.enum(['open', 'withdrawn', 'resolved']);
const outcomeSchema = z.enum(['rejected', 'upheld', 'restated']);

/** An amount of at least one minor unit in either direction. */
const adjustmentMinorSchema = z
  .int()
  .min(-MAX_MINOR_UNITS)
  .max(MAX_MINOR_UNITS)
  .refine((minor) => minor !== 0, { error: 'must not be 0' });

const commentSchema = z.strictObject({
  id: idSchema,
  authorId: z.string(),
  at: z.date(),
  text: disputeTextSchema,
});

/**
 * A payee's objection to what they earn on a deal, or to earning nothing,
 * `orgs/{orgId}/disputes/{disputeId}`. Its owner is the payee. What is held for it stands in the
 * ledger under its id.
 */
export const disputeSchema = z.strictObject({
  ...recordShape,
  ...audienceShape,
  /** The payee. */
  ownerId: idSchema,
  dealId: idSchema,
  currency: currencySchema,
  /** What of the earnings on the deal is contested. */
  contestedMinor: amountMinorSchema,
  /** What of that was not paid yet and is held; nothing any more once the dispute is over. */
  heldMinor: amountMinorSchema,
  /** What the payee thinks is right. */
  expectedMinor: amountMinorSchema.nullable(),
  reason: disputeTextSchema,
  status: disputeStatusSchema,
  outcome: outcomeSchema.nullable(),
  /** What an upheld dispute has changed of the payee's earnings. */
  adjustmentMinor: adjustmentMinorSchema.nullable(),
  resolution: lineSchema(500).nullable(),
  closedBy: z.string().nullable(),
  closedAt: z.date().nullable(),
  comments: z.array(commentSchema).max(MAX_COMMENTS),
});
export type Dispute = z.infer<typeof disputeSchema>;

/**
 * A new dispute of the caller's own earnings. Left out, the contested amount is all that is earned
 * on the deal, and the currency the deal's.
 */
export const newDisputeSchema = z.strictObject({
  dealId: idSchema,
  contestedMinor: amountMinorSchema.optional(),
  currency: currencySchema.optional(),
  expectedMinor: amountMinorSchema.optional(),
  reason: disputeTextSchema,
});
export type NewDispute = z.infer<typeof newDisputeSchema>;

export const newCommentSchema = z.strictObject({ text: disputeTextSchema });

const noteSchema = lineSchema(500);

/**
 * How a dispute ends; what is held is released in any case. `rejected`: the amount stands. `upheld`:
 * the payee gets so much more, or less. `restated`: the deal is restated, for the reason in `note`.
 */
export const resolutionSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('rejected'), note: noteSchema }),
  z.strictObject({
    outcome: z.literal('upheld'),
    note: noteSchema,
    adjustmentMinor: adjustmentMinorSchema,
  }),
  z.strictObject({
    outcome: z.literal('restated'),
    note: noteSchema,
    restatement: z
      .strictObject({
        splits: splitsSchema.optional(),
        repin: z.boolean().default(false),
        version: z.int().min(1),
        previewDigest: z.string().max(64).optional(),
      })
      .refine(({ splits, repin }) => splits !== undefined || repin, {
        path: ['splits'],
        error: 'must be given, unless repin is true',
      }),
  }),
]);
export type Resolution = z.infer<typeof resolutionSchema>;

/** Which disputes to list, newest first. */
export const listDisputesSchema = z.strictObject({
  status: disputeStatusSchema.optional(),
  dealId: idSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListDisputes = z.infer<typeof listDisputesSchema>;

const amountViewSchema = z.object({ amountMinor: z.int(), currency: currencySchema });

/** A dispute as the doors show it; `held` is what is held for it now. */
export const disputeViewSchema = z.object({
  id: z.string(),
  version: z.int(),
  dealId: z.string(),
  payeeId: z.string(),
  teamId: z.string().nullable(),
  status: disputeStatusSchema,
  contested: amountViewSchema,
  held: amountViewSchema,
  expected: amountViewSchema.nullable(),
  reason: z.string(),
  outcome: outcomeSchema.nullable(),
  adjustment: amountViewSchema.nullable(),
  resolution: z.string().nullable(),
  closedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
  comments: z.array(
    z.object({ id: z.string(), authorId: z.string(), at: z.string(), text: z.string() }),
  ),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type DisputeView = z.infer<typeof disputeViewSchema>;

/** What of a posting a dispute shows. `earnedMinor` is what the payee has gained by it. */
const disputeLineSchema = z.object({
  id: z.string(),
  reason: reasonSchema,
  currency: currencySchema,
  earnedMinor: z.int(),
  pendingMinor: z.int(),
  heldMinor: z.int(),
  approvedMinor: z.int(),
  dealVersion: z.int().nullable(),
  termsId: z.string().nullable(),
  disputeId: z.string().nullable(),
  note: z.string().nullable(),
  postedAt: z.string(),
});
export type DisputeLine = z.infer<typeof disputeLineSchema>;

/** A dispute with everything that was posted for its payee on its deal, oldest first. */
export const disputeDetailSchema = disputeViewSchema.extend({
  earned: amountViewSchema,
  ledger: z.array(disputeLineSchema),
});
export type DisputeDetail = z.infer<typeof disputeDetailSchema>;

const MAX_SENT_TO = 101;

/**
 * A mail about one step of a dispute that is still to be sent,
 * `orgs/{orgId}/disputeNotices/{disputeId}_{version}`: made in the commit of the step, and gone once
 * everybody concerned has it.
 */
export const disputeNoticeSchema = z.strictObject({
  disputeId: idSchema,
  /** The event of the step. */
  what: z.string(),
  actor: z.string(),
  nextSendAt: z.date(),
  attempts: z.int().min(0),
  sentTo: z.array(z.string()).max(MAX_SENT_TO),
});
export type DisputeNotice = z.infer<typeof disputeNoticeSchema>;

import { z } from 'zod';

/** Something about which Stripe and we disagree, for a person to settle. */
const findingSchema = z.strictObject({
  kind: z.enum([
    'no_payout',
    'amount_differs',
    'second_transfer',
    'not_payable',
    'not_sent',
    'no_transfer',
  ]),
  transferId: z.string().nullable(),
  orgId: z.string().nullable(),
  payoutId: z.string().nullable(),
  message: z.string().max(1000),
});
export type Finding = z.infer<typeof findingSchema>;

/** A day's comparison with Stripe, `reconciliations/{date}`, of no organisation. */
export const reconciliationSchema = z.strictObject({
  provider: z.literal('stripe'),
  since: z.date(),
  until: z.date(),
  /** How many events Stripe lists, and how many of them had never been delivered. */
  events: z.int().min(0),
  recovered: z.int().min(0),
  transfers: z.int().min(0),
  /** How many payouts were brought up to date. */
  repaired: z.int().min(0),
  findingCount: z.int().min(0),
  /** The first of them. */
  findings: z.array(findingSchema).max(100),
  finishedAt: z.date(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

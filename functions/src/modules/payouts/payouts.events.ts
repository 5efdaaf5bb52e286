import type { Payout, Period } from './payouts.schema.ts';

/** What can happen to a payout. */
export const payoutEventTypes = [
  'payout.drafted',
  'payout.approved',
  'payout.sending_begun',
  'payout.paid',
  'payout.failed',
  'payout.returned',
  'payout.voided',
  'payout.reduced',
  'payout.updated',
] as const;
export type PayoutEventType = (typeof payoutEventTypes)[number];

const byStatus = {
  draft: 'payout.drafted',
  approved: 'payout.approved',
  sending: 'payout.sending_begun',
  paid: 'payout.paid',
  failed: 'payout.failed',
  returned: 'payout.returned',
  voided: 'payout.voided',
} as const satisfies Record<Payout['status'], PayoutEventType>;

/** Names what happened to a payout between two of its states. */
export function namePayoutChanges(before: Payout | undefined, after: Payout): PayoutEventType[] {
  if (before === undefined) return ['payout.drafted'];
  const reduced: PayoutEventType[] =
    after.amountMinor < before.amountMinor ? ['payout.reduced'] : [];
  if (before.status !== after.status) return [byStatus[after.status], ...reduced];
  if (before.returnedMinor !== after.returnedMinor) return ['payout.returned'];
  return reduced.length > 0 ? reduced : ['payout.updated'];
}

/** What can happen to a period. */
export const periodEventTypes = [
  'period.closing_begun',
  'period.closed',
  'period.updated',
] as const;
export type PeriodEventType = (typeof periodEventTypes)[number];

/** Names what happened to a period between two of its states. */
export function namePeriodChanges(before: Period | undefined, after: Period): PeriodEventType[] {
  if (before === undefined) return ['period.closing_begun'];
  return before.status !== after.status ? ['period.closed'] : ['period.updated'];
}

import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { namePayoutChanges, namePeriodChanges } from './payouts.events.ts';
import { payouts, periods } from './payouts.repository.ts';
import type { Payout, Period } from './payouts.schema.ts';

/** How changes of payouts become events. */
export const payoutKind: RecordKind<Payout> = {
  recordType: 'payout',
  collection: payouts,
  audienceOf: ({ ownerId, teamId, participantIds }) => ({ ownerId, teamId, participantIds }),
  nameChanges: namePayoutChanges,
};

/** How changes of periods become events. */
export const periodKind: RecordKind<Period> = {
  recordType: 'period',
  collection: periods,
  audienceOf: () => orgWide,
  nameChanges: namePeriodChanges,
};

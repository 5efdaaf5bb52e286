import { activityIndexes } from '../modules/activities/activities.repository.ts';
import { adjustmentIndexes } from '../modules/adjustments/adjustments.repository.ts';
import { companyIndexes } from '../modules/companies/companies.repository.ts';
import { contactIndexes } from '../modules/contacts/contacts.repository.ts';
import { dealIndexes } from '../modules/deals/deals.queries.ts';
import { disputeIndexes } from '../modules/disputes/disputes.repository.ts';
import { eventIndexes } from '../modules/events/events.repository.ts';
import { invitationIndexes } from '../modules/invitations/invitations.repository.ts';
import { leadIndexes } from '../modules/leads/leads.repository.ts';
import { ledgerIndexes } from '../modules/ledger/ledger.repository.ts';
import { noteIndexes } from '../modules/notes/notes.repository.ts';
import { payoutIndexes } from '../modules/payouts/payouts.repository.ts';
import { planIndexes } from '../modules/plans/plans.repository.ts';
import { searchIndexes } from '../modules/search/search.repository.ts';
import { stageIndexes } from '../modules/stages/stages.repository.ts';
import { taskIndexes } from '../modules/tasks/tasks.repository.ts';
import { teamIndexes } from '../modules/teams/teams.repository.ts';
import { timelineIndexes } from '../modules/timeline/timeline.repository.ts';
import { userIndexes } from '../modules/users/users.repository.ts';
import {
  type CompositeIndex,
  expiryField,
  type FieldOverride,
  groupIndex,
  unindexed,
} from '../platform/indexes.ts';
import { binnedKinds } from '../workflows/purge-bin.ts';
import { recordKinds } from './record-kinds.ts';

/**
 * All indexes of the product; `npm run gen` writes them to `firestore.indexes.json`. In tests a
 * query that they do not serve fails, as it would in production.
 */
export const compositeIndexes: readonly CompositeIndex[] = [
  ...activityIndexes,
  ...adjustmentIndexes,
  ...companyIndexes,
  ...contactIndexes,
  ...dealIndexes,
  ...disputeIndexes,
  ...eventIndexes,
  ...invitationIndexes,
  ...leadIndexes,
  ...ledgerIndexes,
  ...noteIndexes,
  ...planIndexes,
  ...payoutIndexes,
  ...searchIndexes,
  ...stageIndexes,
  ...taskIndexes,
  ...teamIndexes,
  ...timelineIndexes,
  ...userIndexes,
];

/** Fields that are not indexed as all others are. */
export const fieldOverrides: readonly FieldOverride[] = [
  // Sweeps look for what changed lately in all organisations.
  ...Object.values(recordKinds).map(({ collection }) =>
    groupIndex(collection.path('').split('/').at(-1) ?? '', 'updatedAt'),
  ),
  groupIndex('disputeNotices', 'nextSendAt'),
  groupIndex('invitations', 'nextSendAt'),
  ...binnedKinds.map(({ collection }) =>
    groupIndex(collection.path('').split('/').at(-1) ?? '', 'deletedAt'),
  ),
  groupIndex('jobs', 'leaseUntil'),
  groupIndex('stages', 'closing.since'),
  expiryField('chunks', 'expiresAt'),
  expiryField('idempotency', 'expiresAt'),
  expiryField('inbox', 'expiresAt'),
  // A refund names its payment and no organisation.
  groupIndex('paymentLinks', 'paymentIntentId'),
  groupIndex('paymentLinks', 'chargeId'),
  // A year's days are more numbers than a document may have index entries.
  unindexed('rollups'),
  // Attempts to go on with, and what the daily comparison with Stripe looks for.
  groupIndex('payouts', 'status'),
  groupIndex('payouts', 'paidAt'),
];

import { activityIndexes } from '../modules/activities/activities.repository.ts';
import { adjustmentIndexes } from '../modules/adjustments/adjustments.repository.ts';
import { appointmentIndexes } from '../modules/appointments/appointments.repository.ts';
import {
  workflowIndexes,
  workflowOverrides,
} from '../modules/automations/automations.repository.ts';
import { companyIndexes } from '../modules/companies/companies.repository.ts';
import { contactIndexes } from '../modules/contacts/contacts.repository.ts';
import { conversationIndexes } from '../modules/conversations/conversations.repository.ts';
import { dealIndexes } from '../modules/deals/deals.queries.ts';
import { deliveryIndexes } from '../modules/deliveries/deliveries.public.ts';
import { disputeIndexes } from '../modules/disputes/disputes.repository.ts';
import { eventIndexes } from '../modules/events/events.repository.ts';
import { feedIndexes } from '../modules/events/feed.repository.ts';
import { importIndexes } from '../modules/imports/imports.public.ts';
import { invitationIndexes } from '../modules/invitations/invitations.repository.ts';
import { leadIndexes } from '../modules/leads/leads.repository.ts';
import { ledgerIndexes } from '../modules/ledger/ledger.repository.ts';
import { noteIndexes } from '../modules/notes/notes.repository.ts';
import { notificationIndexes } from '../modules/notifications/notifications.repository.ts';
import { payoutIndexes } from '../modules/payouts/payouts.repository.ts';
import { planIndexes } from '../modules/plans/plans.repository.ts';
import { runFieldOverrides, runIndexes } from '../modules/runs/runs.repository.ts';
import { searchIndexes } from '../modules/search/search.repository.ts';
import { stageIndexes } from '../modules/stages/stages.repository.ts';
import { subscriptionIndexes } from '../modules/subscriptions/subscriptions.public.ts';
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
import { digestIndexes } from '../workflows/send-digests.ts';
import { recordKinds } from './record-kinds.ts';

/**
 * All indexes of the product; `npm run gen` writes them to `firestore.indexes.json`. In tests a
 * query that they do not serve fails, as it would in production.
 */
export const compositeIndexes: readonly CompositeIndex[] = [
  ...activityIndexes,
  ...adjustmentIndexes,
  ...appointmentIndexes,
  ...companyIndexes,
  ...contactIndexes,
  ...conversationIndexes,
  ...dealIndexes,
  ...deliveryIndexes,
  ...digestIndexes,
  ...disputeIndexes,
  ...eventIndexes,
  ...feedIndexes,
  ...invitationIndexes,
  ...importIndexes,
  ...leadIndexes,
  ...ledgerIndexes,
  ...noteIndexes,
  ...notificationIndexes,
  ...planIndexes,
  ...payoutIndexes,
  ...runIndexes,
  ...searchIndexes,
  ...stageIndexes,
  ...subscriptionIndexes,
  ...taskIndexes,
  ...teamIndexes,
  ...timelineIndexes,
  ...userIndexes,
  ...workflowIndexes,
];

/** Fields that are not indexed as all others are. */
export const fieldOverrides: readonly FieldOverride[] = [
  // Sweeps look for what changed lately in all organisations.
  ...Object.values(recordKinds).map(({ collection }) =>
    groupIndex(collection.path('').split('/').at(-1) ?? '', 'updatedAt'),
  ),
  groupIndex('deliveries', 'nextSendAt'),
  groupIndex('disablingNotices', 'nextSendAt'),
  groupIndex('alerts', 'nextSendAt'),
  groupIndex('disputeNotices', 'nextSendAt'),
  groupIndex('invitations', 'nextSendAt'),
  ...binnedKinds.map(({ collection }) =>
    groupIndex(collection.path('').split('/').at(-1) ?? '', 'deletedAt'),
  ),
  groupIndex('jobs', 'leaseUntil'),
  groupIndex('messages', 'nextSendAt'),
  groupIndex('notificationMails', 'nextSendAt'),
  groupIndex('notificationSettings', 'nextSendAt'),
  ...runFieldOverrides,
  groupIndex('stages', 'closing.since'),
  ...workflowOverrides,
  expiryField('chunks', 'expiresAt'),
  expiryField('idempotency', 'expiresAt'),
  expiryField('inbox', 'expiresAt'),
  expiryField('notifications', 'expiresAt'),
  // A refund names its payment and no organisation.
  groupIndex('paymentLinks', 'paymentIntentId'),
  groupIndex('paymentLinks', 'chargeId'),
  // A year's days are more numbers than a document may have index entries.
  unindexed('rollups'),
  // Attempts to go on with, and what the daily comparison with Stripe looks for.
  groupIndex('payouts', 'status'),
  groupIndex('payouts', 'paidAt'),
];

import { activityKind } from '../modules/activities/activities.public.ts';
import { adjustmentKind } from '../modules/adjustments/adjustments.public.ts';
import { apiKeyKind } from '../modules/api-keys/api-keys.public.ts';
import { appointmentKind } from '../modules/appointments/appointments.public.ts';
import { workflowKind } from '../modules/automations/automations.public.ts';
import { companyKind } from '../modules/companies/companies.public.ts';
import { contactKind } from '../modules/contacts/contacts.public.ts';
import { messageKind } from '../modules/conversations/conversations.public.ts';
import { dealKind } from '../modules/deals/deals.public.ts';
import { disputeKind } from '../modules/disputes/disputes.public.ts';
import { postEarnings, postMissedEarnings } from '../modules/earnings/earnings.public.ts';
import type { RecordKind } from '../modules/events/events.public.ts';
import { fieldSetKind } from '../modules/fields/fields.public.ts';
import { invitationKind } from '../modules/invitations/invitations.public.ts';
import { leadKind } from '../modules/leads/leads.public.ts';
import { noteKind } from '../modules/notes/notes.public.ts';
import { payoutKind, periodKind } from '../modules/payouts/payouts.public.ts';
import { planKind } from '../modules/plans/plans.public.ts';
import { reacting } from '../modules/reactions/reactions.public.ts';
import { stageKind } from '../modules/stages/stages.public.ts';
import { subscriptionKind } from '../modules/subscriptions/subscriptions.public.ts';
import { taskKind } from '../modules/tasks/tasks.public.ts';
import { teamKind } from '../modules/teams/teams.public.ts';
import { userKind } from '../modules/users/users.public.ts';
import type { RecordFields } from '../platform/records.ts';

/** Every kind of record whose changes become events, under the name of its trigger. */
export const recordKinds = {
  activities: reacting(activityKind),
  adjustments: reacting(adjustmentKind),
  apiKeys: reacting(apiKeyKind),
  appointments: reacting(appointmentKind),
  companies: reacting(companyKind),
  contacts: reacting(contactKind),
  // What a deal earns is posted with its events.
  deals: reacting(dealKind, { withEvent: postEarnings, withRecovered: postMissedEarnings }),
  disputes: reacting(disputeKind),
  fieldSets: reacting(fieldSetKind),
  invitations: reacting(invitationKind),
  leads: reacting(leadKind),
  messages: reacting(messageKind),
  notes: reacting(noteKind),
  payouts: reacting(payoutKind),
  periods: reacting(periodKind),
  plans: reacting(planKind),
  stages: reacting(stageKind),
  subscriptions: reacting(subscriptionKind),
  tasks: reacting(taskKind),
  teams: reacting(teamKind),
  users: reacting(userKind),
  workflows: reacting(workflowKind),
};

/** The same as a list, for what is done with all of them alike. */
export const allRecordKinds: readonly RecordKind<RecordFields>[] = Object.values(recordKinds);

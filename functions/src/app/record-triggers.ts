import { followContact, followDeal } from '../modules/deals/deals.public.ts';
import { recordTrigger } from '../modules/events/events.triggers.ts';
import { recordKinds } from './record-kinds.ts';

/** One trigger a kind of record, deployed as `recordEvent-deals` and so on. */
export const recordEvent = {
  activities: recordTrigger(recordKinds.activities),
  adjustments: recordTrigger(recordKinds.adjustments),
  apiKeys: recordTrigger(recordKinds.apiKeys),
  companies: recordTrigger(recordKinds.companies),
  contacts: recordTrigger(recordKinds.contacts, followContact),
  deals: recordTrigger(recordKinds.deals, followDeal),
  disputes: recordTrigger(recordKinds.disputes),
  fieldSets: recordTrigger(recordKinds.fieldSets),
  invitations: recordTrigger(recordKinds.invitations),
  leads: recordTrigger(recordKinds.leads),
  notes: recordTrigger(recordKinds.notes),
  payouts: recordTrigger(recordKinds.payouts),
  periods: recordTrigger(recordKinds.periods),
  plans: recordTrigger(recordKinds.plans),
  stages: recordTrigger(recordKinds.stages),
  tasks: recordTrigger(recordKinds.tasks),
  teams: recordTrigger(recordKinds.teams),
  users: recordTrigger(recordKinds.users),
};

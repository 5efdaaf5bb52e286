import type { Contact } from '../modules/contacts/contacts.schema.ts';
import { followContactInConversations } from '../modules/conversations/conversations.public.ts';
import { followContact, followDeal } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import type { RecordedChange } from '../modules/events/events.public.ts';
import { recordTrigger } from '../modules/events/events.triggers.ts';
import type { Invocation } from '../platform/runtime.ts';
import { recordKinds } from './record-kinds.ts';

/** What is kept up to date after each change of a kind, besides its event. */
export const followers = {
  contacts: async (ctx, change) => {
    await followContact(ctx, change);
    await followContactInConversations(ctx, change);
  },
  deals: followDeal,
} satisfies {
  contacts: (ctx: Invocation, change: RecordedChange<Contact>) => Promise<void>;
  deals: (ctx: Invocation, change: RecordedChange<Deal>) => Promise<void>;
};

/** One trigger a kind of record, deployed as `recordEvent-deals` and so on. */
export const recordEvent = {
  activities: recordTrigger(recordKinds.activities),
  adjustments: recordTrigger(recordKinds.adjustments),
  apiKeys: recordTrigger(recordKinds.apiKeys),
  appointments: recordTrigger(recordKinds.appointments),
  companies: recordTrigger(recordKinds.companies),
  contacts: recordTrigger(recordKinds.contacts, followers.contacts),
  deals: recordTrigger(recordKinds.deals, followers.deals),
  disputes: recordTrigger(recordKinds.disputes),
  fieldSets: recordTrigger(recordKinds.fieldSets),
  invitations: recordTrigger(recordKinds.invitations),
  leads: recordTrigger(recordKinds.leads),
  messages: recordTrigger(recordKinds.messages),
  notes: recordTrigger(recordKinds.notes),
  payouts: recordTrigger(recordKinds.payouts),
  periods: recordTrigger(recordKinds.periods),
  plans: recordTrigger(recordKinds.plans),
  stages: recordTrigger(recordKinds.stages),
  subscriptions: recordTrigger(recordKinds.subscriptions),
  tasks: recordTrigger(recordKinds.tasks),
  teams: recordTrigger(recordKinds.teams),
  users: recordTrigger(recordKinds.users),
  workflows: recordTrigger(recordKinds.workflows),
};

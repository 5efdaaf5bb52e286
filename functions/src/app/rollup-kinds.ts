import { activities } from '../modules/activities/activities.public.ts';
import {
  callContribution,
  dayIn,
  dealContribution,
  personContribution,
  rollUpOf,
} from '../modules/analytics/analytics.public.ts';
import type { Contribution } from '../modules/analytics/analytics.schema.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import { leads } from '../modules/leads/leads.public.ts';

const NOTHING: Contribution = {};

interface Owned {
  readonly ownerId: string | null;
  readonly teamId: string | null;
}

function concerned({ ownerId, teamId }: Owned) {
  return { teamId, userIds: ownerId === null ? [] : [ownerId] };
}

/** How each kind of record counts in the dashboards; what is in the bin counts nowhere. */
export const rollupKinds = [
  rollUpOf('deal', deals, (deal, timeZone) =>
    deal.deletedAt
      ? NOTHING
      : dealContribution({
          teamId: deal.teamId,
          userIds: deal.participantIds,
          stage: deal.stageKey ?? deal.stageId,
          valueMinor: deal.valueMinor,
          currency: deal.currency,
          closedOn: deal.closedAt && dayIn(timeZone, deal.closedAt),
        }),
  ),
  rollUpOf('contact', contacts, (contact, timeZone) =>
    contact.deletedAt
      ? NOTHING
      : personContribution('contacts', {
          ...concerned(contact),
          createdOn: dayIn(timeZone, contact.createdAt),
        }),
  ),
  rollUpOf('lead', leads, (lead, timeZone) =>
    lead.deletedAt
      ? NOTHING
      : personContribution('leads', {
          ...concerned(lead),
          createdOn: dayIn(timeZone, lead.createdAt),
        }),
  ),
  rollUpOf('activity', activities, (activity, timeZone) =>
    activity.deletedAt || activity.type !== 'call'
      ? NOTHING
      : callContribution({
          ...concerned(activity),
          day: dayIn(timeZone, activity.occurredAt),
        }),
  ),
];

import { activities } from '../modules/activities/activities.public.ts';
import {
  dayContribution,
  dayIn,
  dealContribution,
  personContribution,
  rollUpOf,
} from '../modules/analytics/analytics.public.ts';
import type { Contribution } from '../modules/analytics/analytics.schema.ts';
import { appointments } from '../modules/appointments/appointments.public.ts';
import { contacts } from '../modules/contacts/contacts.public.ts';
import { messages } from '../modules/conversations/conversations.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import { leads } from '../modules/leads/leads.public.ts';

const NOTHING: Contribution = {};
const DAY_MS = 24 * 60 * 60 * 1000;
/** What has reached somebody, or is on its way to. */
const EXCHANGED: ReadonlySet<string> = new Set(['RECEIVED', 'SENT', 'DELIVERED']);

interface Owned {
  readonly ownerId: string | null;
  readonly teamId: string | null;
}

/** Whole days; none for a deal that was stored when it was closed already. */
function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS));
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
          ...{ ownerId: deal.ownerId, teamId: deal.teamId, userIds: deal.participantIds },
          stage: deal.stageKey ?? deal.stageId,
          ...{ valueMinor: deal.valueMinor, currency: deal.currency },
          ...{ probability: deal.probability, expectedCloseDate: deal.expectedCloseDate },
          closed: deal.closedAt && {
            on: dayIn(timeZone, deal.closedAt),
            isWon: deal.stageKind === 'won',
            afterDays: daysBetween(deal.createdAt, deal.closedAt),
          },
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
      : dayContribution('calls', {
          ...concerned(activity),
          day: dayIn(timeZone, activity.occurredAt),
        }),
  ),
  rollUpOf('message', messages, (message, timeZone) =>
    message.deletedAt || !EXCHANGED.has(message.status)
      ? NOTHING
      : dayContribution('messages', {
          ...concerned(message),
          day: dayIn(timeZone, message.createdAt),
        }),
  ),
  rollUpOf('appointment', appointments, (appointment, timeZone) =>
    appointment.deletedAt || appointment.status === 'CANCELLED'
      ? NOTHING
      : dayContribution('appointments', {
          ...concerned(appointment),
          day: dayIn(timeZone, appointment.startTime),
        }),
  ),
];

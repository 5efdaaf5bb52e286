import type { RecordKind } from '../events/events.public.ts';
import { audienceOf, nameOwnedChanges } from '../owned-records/owned-records.public.ts';
import { leads } from './leads.repository.ts';
import type { Lead } from './leads.schema.ts';

/** How changes of leads become events. */
export const leadKind: RecordKind<Lead> = {
  recordType: 'lead',
  collection: leads,
  audienceOf,
  nameChanges: (before, after) =>
    nameOwnedChanges('lead', before, after, statusChanges(before, after)),
  hidden: ['searchTokens'],
};

function statusChanges(before: Lead | undefined, after: Lead): string[] {
  if (before === undefined || before.status === after.status) return [];
  return [after.status === 'CONVERTED' ? 'converted' : 'status_changed'];
}

import type { RecordKind } from '../events/events.public.ts';
import { nameDealChanges } from './deals.events.ts';
import { deals } from './deals.repository.ts';
import type { Deal } from './deals.schema.ts';
import { derivedFields } from './keep-derived.ts';

/** How changes of deals become events. */
export const dealKind: RecordKind<Deal> = {
  recordType: 'deal',
  collection: deals,
  audienceOf: ({ ownerId, teamId, participantIds }) => ({ ownerId, teamId, participantIds }),
  nameChanges: nameDealChanges,
  hidden: derivedFields,
};

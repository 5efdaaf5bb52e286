import type { RecordKind } from '../events/events.public.ts';
import { nameAdjustmentChanges } from './adjustments.events.ts';
import { adjustments } from './adjustments.repository.ts';
import type { Adjustment } from './adjustments.schema.ts';

/** How changes of manual adjustments become events, for the payee and those who oversee the payee. */
export const adjustmentKind: RecordKind<Adjustment> = {
  recordType: 'adjustment',
  collection: adjustments,
  audienceOf: ({ ownerId, teamId, participantIds }) => ({ ownerId, teamId, participantIds }),
  nameChanges: nameAdjustmentChanges,
};

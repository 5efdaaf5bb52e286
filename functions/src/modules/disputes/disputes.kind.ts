import type { RecordKind } from '../events/events.public.ts';
import { nameDisputeChanges } from './disputes.events.ts';
import { disputes } from './disputes.repository.ts';
import type { Dispute } from './disputes.schema.ts';

/** How changes of disputes become events, for the payee and those who oversee the payee. */
export const disputeKind: RecordKind<Dispute> = {
  recordType: 'dispute',
  collection: disputes,
  audienceOf: ({ ownerId, teamId, participantIds }) => ({ ownerId, teamId, participantIds }),
  nameChanges: nameDisputeChanges,
};

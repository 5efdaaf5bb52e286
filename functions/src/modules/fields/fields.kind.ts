import type { RecordKind } from '../events/events.public.ts';
import { fieldSets } from './fields.repository.ts';
import type { FieldSet } from './fields.schema.ts';

/** How changes of custom field definitions become events. */
export const fieldSetKind: RecordKind<FieldSet> = {
  recordType: 'fieldSet',
  collection: fieldSets,
  audienceOf: () => ({ ownerId: null, teamId: null, participantIds: [] }),
  nameChanges: (before) => [before === undefined ? 'fieldSet.created' : 'fieldSet.updated'],
};

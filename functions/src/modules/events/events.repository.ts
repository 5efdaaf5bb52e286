import { appendOnlyCollection, type Collection } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import { type Event, eventSchema } from './events.schema.ts';

export const events: Collection<Event> = {
  ...appendOnlyCollection('events', 'Event', eventSchema),
  stampedField: 'recordedAt',
};

/** The composite indexes that a record's history and the stream need, as each caller sees them. */
export const eventIndexes: readonly CompositeIndex[] = [
  compositeIndex('events', 'recordId', 'version'),
  compositeIndex('events', 'recordId', 'version desc'),
  compositeIndex('events', 'recordId', 'participantIds contains', 'version desc'),
  compositeIndex('events', 'recordId', 'teamId', 'version desc'),
  // The stream as a manager or a rep sees it.
  compositeIndex('events', 'participantIds contains', 'recordedAt'),
  compositeIndex('events', 'teamId', 'recordedAt'),
];

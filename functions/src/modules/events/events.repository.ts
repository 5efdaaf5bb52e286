import { appendOnlyCollection, type Collection } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import { type Event, eventSchema } from './events.schema.ts';

export const events: Collection<Event> = appendOnlyCollection('events', 'Event', eventSchema);

/** The composite indexes that a record's history needs, in each direction and as the web client sees it. */
export const eventIndexes: readonly CompositeIndex[] = [
  compositeIndex('events', 'recordId', 'version'),
  compositeIndex('events', 'recordId', 'version desc'),
  compositeIndex('events', 'recordId', 'participantIds contains', 'version desc'),
  compositeIndex('events', 'recordId', 'teamId', 'version desc'),
];

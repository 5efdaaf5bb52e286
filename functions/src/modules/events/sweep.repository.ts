import type { Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { events } from './events.repository.ts';
import type { Event } from './events.schema.ts';

/** More events than any record should have; one with more is left to be looked at by a person. */
const MAX_EVENTS = 1000;

/** How many of a record's changes have been recorded. One billed read. */
export function countEvents(unit: UnitOfWork, recordId: string): Promise<number> {
  return unit.count(events, (query) =>
    query.where('recordId', '==', recordId).where('version', '>=', 1),
  );
}

/** A record's events by version. */
export function listEvents(unit: UnitOfWork, recordId: string): Promise<Stored<Event>[]> {
  return unit.query(events, (query) =>
    query
      .where('recordId', '==', recordId)
      .where('version', '>=', 1)
      .orderBy('version')
      .limit(MAX_EVENTS),
  );
}

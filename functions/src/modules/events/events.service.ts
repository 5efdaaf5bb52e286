import { isAlreadyExists, openUnit, type Store } from '../../platform/unit-of-work.ts';
import { events } from './events.repository.ts';
import { type Event, eventId } from './events.schema.ts';

/**
 * Stores an event once: a blind create under the id that follows from record and version, so that
 * a trigger delivered again, late or beside itself finds it there. One billed write, no read.
 * @returns false when the event had been recorded before
 */
export async function recordEvent(store: Store, orgId: string, event: Event): Promise<boolean> {
  const unit = openUnit({ store }, orgId);
  unit.create(events, eventId(event.recordId, event.version), event);
  try {
    await unit.commit();
    return true;
  } catch (error) {
    if (isAlreadyExists(error)) return false;
    throw error;
  }
}

import {
  isAlreadyExists,
  openUnit,
  type Store,
  type UnitOfWork,
} from '../../platform/unit-of-work.ts';
import { events } from './events.repository.ts';
import { type EventContent, eventId } from './events.schema.ts';
import { sealEvent } from './seal-event.ts';

/**
 * Stores an event once: a blind create under the id that follows from record and version, so that
 * a trigger delivered again, late or beside itself finds it there. What `alsoWrite` writes is stored
 * with it, or not at all. One billed write, no read.
 * @returns false when the event had been recorded before
 */
export async function recordEvent(
  store: Store,
  orgId: string,
  event: EventContent,
  alsoWrite?: (unit: UnitOfWork) => Promise<void>,
): Promise<boolean> {
  const unit = openUnit({ store }, orgId);
  unit.create(events, eventId(event.recordId, event.version), sealEvent(event));
  await alsoWrite?.(unit);
  try {
    await unit.commit();
    return true;
  } catch (error) {
    if (isAlreadyExists(error)) return false;
    throw error;
  }
}

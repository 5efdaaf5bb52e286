import { digestOf } from '../../platform/digest.ts';
import type { Event, EventContent } from './events.schema.ts';

/** The event as it is stored, with its digest. */
export function sealEvent(content: EventContent): Event {
  return { ...content, digest: digestOf(content) };
}

/** True when an event is as it was recorded. */
export function isIntactEvent({ digest, recordedAt: _, ...content }: Event): boolean {
  return digestOf(content) === digest;
}

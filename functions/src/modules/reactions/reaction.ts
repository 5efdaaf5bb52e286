import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { EventContent } from '../events/events.schema.ts';
import type { Listener } from '../listeners/listeners.schema.ts';

/** An event with the states of its record around it, as far as they are known. */
export interface Happening {
  readonly eventId: string;
  readonly event: EventContent;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/**
 * How one kind of listener reacts: it writes what is to be done, under an id that follows from
 * listener and event, in the commit of the event; so there is one such document for both or none.
 * The task does it soon; a sweep has to find what a lost task leaves.
 */
export interface ReactionKind {
  react(unit: UnitOfWork, listener: Listener, happening: Happening, now: Date): readonly Task[];
}

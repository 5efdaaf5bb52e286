import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { findListeners, hears } from '../listeners/listeners.public.ts';
import { writeAlerts } from '../notifications/notifications.public.ts';
import type { Happening } from './reaction.ts';
import { reactionKinds } from './reaction-kinds.ts';

/**
 * Writes what everybody who listens to these events is to do, and whom they alert, in the commit of
 * the events. Billed: one read of the book of listeners, one write for each listener concerned and
 * one for each alert.
 * @returns the tasks to ask for once it is committed
 */
export async function writeReactions(
  unit: UnitOfWork,
  happenings: readonly Happening[],
  now: Date,
): Promise<Task[]> {
  const listeners = await findListeners(unit);
  return happenings.flatMap((happening) => [
    ...listeners
      .filter(({ types }) => hears(types, happening.event.types))
      .flatMap((listener) => reactionKinds[listener.kind].react(unit, listener, happening, now)),
    ...writeAlerts(unit, happening, now),
  ]);
}

import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { matches } from '../automations/automations.public.ts';
import { workflowSettingsSchema } from '../automations/automations.schema.ts';
import type { EventContent } from '../events/events.schema.ts';
import { hears } from '../listeners/listeners.public.ts';
import type { Listener } from '../listeners/listeners.schema.ts';
import { aboutKeys } from './about-keys.ts';
import { addRun, LEFT_TO_TASK_MS, type Start } from './new-run.ts';
import { wakes } from './runs.repository.ts';

/** An event with the states of its record around it; see the reactions that are written for it. */
interface Happening {
  readonly eventId: string;
  readonly event: EventContent;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/**
 * How workflows react to an event: one run each whose trigger and conditions hold, and word for the
 * runs that may be waiting for such an event. Billed: one write for each of them, no read.
 */
export const workflowReactions = {
  react(unit: UnitOfWork, listener: Listener, happening: Happening, now: Date): readonly Task[] {
    const { event } = happening;
    const read = workflowSettingsSchema.safeParse(listener.settings);
    // What cannot be read is a failed run for a person to see; the event itself, and what is posted
    // with it, must be recorded whatever becomes of automations.
    if (!read.success) return addRun(unit, unreadableStart(listener, happening), now);
    const settings = read.data;
    const { version, timeZone, waitsFor } = settings;
    const isStart = settings.isStarting && matches(settings, happening, { now, timeZone });
    const start: Start = {
      ...{ workflowId: listener.id, workflowVersion: version, timeZone, origin: 'event' },
      ...happening,
    };
    return [
      ...(isStart ? addRun(unit, start, now) : []),
      ...(hears(waitsFor, event.types) ? addWake(unit, listener.id, happening, now) : []),
    ];
  },
};

function unreadableStart({ id }: Listener, happening: Happening): Start {
  return {
    ...{ workflowId: id, workflowVersion: 1, timeZone: 'Etc/UTC', origin: 'event' },
    ...happening,
    isUnreadable: true,
  };
}

function addWake(
  unit: UnitOfWork,
  workflowId: string,
  { eventId, event, before, after }: Happening,
  now: Date,
): Task[] {
  const id = `${workflowId}_${eventId}`;
  const about = aboutKeys(workflowId, event, { ...before, ...after });
  const { types, at } = event;
  // A run that begins to wait while this is being written is found by the sweep, some time after.
  const nextSendAt = new Date(now.getTime() + LEFT_TO_TASK_MS);
  unit.create(wakes, id, { workflowId, eventId, types: [...types], about, at, nextSendAt });
  const payload = { orgId: unit.orgId, wakeId: id };
  return [{ queue: 'runWorkflow', id: `wake_${id}`, payload }];
}

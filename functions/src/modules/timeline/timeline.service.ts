import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { activities } from '../activities/activities.public.ts';
import { toActivityView } from '../activities/activities.schema.ts';
import { appointments, whereAppointmentsOf } from '../appointments/appointments.public.ts';
import { toAppointmentView } from '../appointments/appointments.schema.ts';
import { messages } from '../conversations/conversations.public.ts';
import { toMessageView } from '../conversations/message-view.schema.ts';
import { events } from '../events/events.public.ts';
import type { Event } from '../events/events.schema.ts';
import { notes } from '../notes/notes.public.ts';
import { toNoteView } from '../notes/notes.schema.ts';
import { getSubject, type Subject } from '../subjects/subjects.public.ts';
import { tasks } from '../tasks/tasks.public.ts';
import { toTaskView } from '../tasks/tasks.schema.ts';
import { cursorOf, mergePages, placeIn, type Source } from './merge-pages.ts';
import { findEntries, type TimelineList } from './timeline.repository.ts';
import type { TimelineItem, TimelineQuery } from './timeline.schema.ts';

/**
 * What happened to a record and what was written and done about it, newest first, with the history
 * of the records merged into it. Whoever can see the record sees all of it, what was before their
 * time included. Billed: the record, and at most `limit` reads from each of four lists, and of a
 * fifth for a contact or a deal, and of a sixth for a contact; for one kind of entries from its list.
 * @throws AppError not-found, invalid-argument (cursor)
 */
export async function getTimeline(
  ctx: Context<Principal>,
  { cursor, limit, kind, ...ref }: TimelineQuery,
): Promise<{ readonly items: TimelineItem[]; readonly nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : placeIn(cursor);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const subject = await getSubject(unit, ctx.principal, ref);
  const { values, next } = await mergePages(sourcesOf(unit, subject, kind), after, limit);
  return { items: values, nextCursor: next === null ? null : cursorOf(next) };
}

/**
 * The lists of a timeline; those of other kinds than the one asked for stay empty. Their order is
 * part of every cursor: a new one goes to the end.
 */
function sourcesOf(
  unit: UnitOfWork,
  subject: Subject,
  kind: TimelineItem['kind'] | undefined,
): Source<TimelineItem>[] {
  const list = <T extends object>(
    of: TimelineItem['kind'],
    from: TimelineList<T>,
    timeOf: (record: T) => Date,
    toItem: (record: Stored<T>, at: string) => TimelineItem,
  ): Source<TimelineItem> => ({
    fetch: async (bound, limit) => {
      if (kind !== undefined && kind !== of) return [];
      const found = await findEntries(unit, from, subject, bound, limit);
      return found.map((record) => {
        const at = timeOf(record);
        return { atMs: at.getTime(), id: record.id, value: toItem(record, at.toISOString()) };
      });
    },
  });
  return [
    list(
      'event',
      { collection: events, timeField: 'at', isBinnable: false },
      (event) => event.at,
      (event, at) => ({ kind: 'event', at, event: toEventView(event) }),
    ),
    list(
      'activity',
      { collection: activities, timeField: 'occurredAt', isBinnable: true },
      ({ occurredAt }) => occurredAt,
      (activity, at) => ({ kind: 'activity', at, activity: toActivityView(activity) }),
    ),
    list(
      'note',
      { collection: notes, timeField: 'createdAt', isBinnable: true },
      ({ createdAt }) => createdAt,
      (note, at) => ({ kind: 'note', at, note: toNoteView(note) }),
    ),
    list(
      'task',
      { collection: tasks, timeField: 'createdAt', isBinnable: true },
      ({ createdAt }) => createdAt,
      (task, at) => ({ kind: 'task', at, task: toTaskView(task) }),
    ),
    ...(subject.recordType === 'contact' || subject.recordType === 'deal'
      ? [
          list(
            'appointment',
            {
              ...{ collection: appointments, timeField: 'startTime', isBinnable: true },
              select: whereAppointmentsOf,
            },
            ({ startTime }) => startTime,
            (one, at) => ({ kind: 'appointment', at, appointment: toAppointmentView(one) }),
          ),
        ]
      : []),
    ...(subject.recordType === 'contact'
      ? [
          list(
            'message',
            { collection: messages, timeField: 'createdAt', isBinnable: true },
            ({ createdAt }) => createdAt,
            (message, at) => ({ kind: 'message', at, message: toMessageView(message) }),
          ),
        ]
      : []),
  ];
}

function toEventView(event: Stored<Event>) {
  const { id, recordType, recordId, version, types, actor, before, after } = event;
  return { id, recordType, recordId, version, types, actor, before, after };
}

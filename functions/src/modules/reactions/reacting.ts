import type { RecordFields } from '../../platform/records.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { foldEvents, type RecordKind } from '../events/events.public.ts';
import { eventId } from '../events/events.schema.ts';
import { writeReactions } from './reactions.service.ts';

type WithEvent<T extends RecordFields> = Parameters<
  NonNullable<RecordKind<T>['writeWithEvent']>
>[1];
type WithRecovered<T extends RecordFields> = Parameters<
  NonNullable<RecordKind<T>['writeWithRecovered']>
>[1];

/** What else is stored with the events of a kind of record. */
interface Also<T extends RecordFields> {
  withEvent(unit: UnitOfWork, change: WithEvent<T>, now: Date): Promise<void>;
  withRecovered(unit: UnitOfWork, gap: WithRecovered<T>, now: Date): Promise<void>;
}

type ReactingKind<T extends RecordFields> = RecordKind<T> &
  Required<Pick<RecordKind<T>, 'writeWithEvent' | 'writeWithRecovered'>>;

/** A kind of record whose events are reacted to by all who listen, in the commit of the event. */
export function reacting<T extends RecordFields>(
  kind: RecordKind<T>,
  also?: Also<T>,
): ReactingKind<T> {
  return {
    ...kind,
    writeWithEvent: async (unit, change, now) => {
      const { event, before, after } = change;
      const id = eventId(event.recordId, event.version);
      const [tasks] = await Promise.all([
        writeReactions(unit, [{ eventId: id, event, before, after }], now),
        also?.withEvent(unit, change, now),
      ]);
      return tasks;
    },
    writeWithRecovered: async (unit, gap, now) => {
      const { recovered, event: newest, known, current } = gap;
      const happenings = recovered.map((event) => ({
        eventId: eventId(event.recordId, event.version),
        event,
        // What lies between the lost versions is not known; the newest carries it all.
        ...(event === newest
          ? { before: known.length === 0 ? undefined : foldEvents(known), after: current }
          : { before: undefined, after: undefined }),
      }));
      const [tasks] = await Promise.all([
        writeReactions(unit, happenings, now),
        also?.withRecovered(unit, gap, now),
      ]);
      return tasks;
    },
  };
}

import { DateTime } from 'luxon';
import type { Schedule, Timeline } from './payouts.schema.ts';

/** A stretch of time that is paid as one, from `startsAt` until before `endsAt`. */
export interface PeriodSpan {
  /** Its first day where the organisation is, such as `2026-11-01`. */
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly schedule: Schedule;
  readonly timeZone: string;
}

type Segment = Timeline[number];

/** A day of the calendar, as midnight of UTC, so that no clock change touches it. */
type Day = DateTime<true> | DateTime<false>;

/** By how much clocks are set back somewhere, so that a midnight comes twice. */
const SET_BACK_MINUTES = [60, 30, 20, 120];

/** The period that an instant belongs to: exactly one, and the periods follow one another. */
export function periodContaining(timeline: Timeline, instant: Date): PeriodSpan {
  const index = timeline.findLastIndex(({ from }) => from === null || from <= instant);
  const segment = timeline[index];
  if (segment === undefined)
    throw new RangeError(`No schedule is in force at ${instant.toISOString()}`);
  const calendar = calendarPeriod(segment, instant);
  const startsAt = later(calendar.startsAt, segment.from);
  const isCut = startsAt > calendar.startsAt;
  return {
    id: isCut ? localDay(startsAt, segment.timeZone) : calendar.id,
    startsAt,
    endsAt: earlier(calendar.endsAt, timeline[index + 1]?.from ?? null),
    schedule: segment.schedule,
    timeZone: segment.timeZone,
  };
}

/** The period after another. */
export function periodAfter(
  timeline: Timeline,
  { endsAt }: Pick<PeriodSpan, 'endsAt'>,
): PeriodSpan {
  return periodContaining(timeline, endsAt);
}

/**
 * The timeline with another schedule from an instant on, the end of the last period that was
 * closed; what was to come after it is replaced. Without one, the schedule holds since ever.
 */
export function withSchedule(timeline: Timeline, change: Segment): Timeline {
  const { from } = change;
  if (from === null) return [change];
  const before = timeline.filter((segment) => segment.from === null || segment.from < from);
  const last = before.at(-1);
  const isSame = last?.schedule === change.schedule && last.timeZone === change.timeZone;
  return isSame ? before : [...before, change];
}

function calendarPeriod(
  { schedule, timeZone }: Segment,
  instant: Date,
): { id: string; startsAt: Date; endsAt: Date } {
  const { year, month, day } = DateTime.fromJSDate(instant, { zone: timeZone });
  let first = firstDay(schedule, DateTime.utc(year, month, day));
  // Where clocks are set back over midnight, a day begins, and some of the day before comes again.
  if (midnight(first, timeZone) > instant) first = firstDay(schedule, first.minus({ days: 1 }));
  if (midnight(following(schedule, first), timeZone) <= instant) first = following(schedule, first);
  return {
    id: first.toFormat('yyyy-MM-dd'),
    startsAt: midnight(first, timeZone),
    endsAt: midnight(following(schedule, first), timeZone),
  };
}

function firstDay(schedule: Schedule, day: Day): Day {
  switch (schedule) {
    case 'weekly':
      return day.startOf('week');
    case 'semimonthly':
      return day.set({ day: day.day < 16 ? 1 : 16 });
    case 'monthly':
      return day.startOf('month');
  }
}

function following(schedule: Schedule, first: Day): Day {
  switch (schedule) {
    case 'weekly':
      return first.plus({ weeks: 1 });
    case 'semimonthly':
      return first.day === 1 ? first.set({ day: 16 }) : first.startOf('month').plus({ months: 1 });
    case 'monthly':
      return first.plus({ months: 1 });
  }
}

/**
 * When a day begins: the first midnight of it, or the moment that clocks were set to when it has
 * none. The library's own answer for a midnight that comes twice depends on the season it is asked in.
 */
function midnight({ year, month, day }: Day, zone: string): Date {
  const found = DateTime.fromObject({ year, month, day }, { zone });
  const first = SET_BACK_MINUTES.map((minutes) => found.minus({ minutes }))
    .filter((before) => before.day === day && before.hour === 0 && before.minute === 0)
    .at(0);
  return (first ?? found).toJSDate();
}

function localDay(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');
}

function later(date: Date, other: Date | null): Date {
  return other !== null && other > date ? other : date;
}

function earlier(date: Date, other: Date | null): Date {
  return other !== null && other < date ? other : date;
}

import { DateTime } from 'luxon';
import type { DigestFrequency } from './notifications.schema.ts';

/** The hour of the organisation's clock at which digests are due; weekly ones on Mondays. */
const HOUR = 7;

/** When the first digest after an instant is due: 7 o'clock there, whatever the clocks do that night. */
export function nextDigestAt(
  frequency: DigestFrequency,
  after: Date,
  timeZone: string,
): Date | null {
  if (frequency === 'off') return null;
  const today = DateTime.fromJSDate(after, { zone: timeZone }).startOf('day');
  const first = frequency === 'daily' ? today : today.startOf('week');
  const step = frequency === 'daily' ? { days: 1 } : { weeks: 1 };
  // The hour is set on the calendar day: a day has 23 or 25 hours when clocks change.
  const due = first.set({ hour: HOUR }).toJSDate();
  return due > after ? due : first.plus(step).set({ hour: HOUR }).toJSDate();
}

/** The calendar day of an instant where the organisation is, such as 2026-03-29. */
export function digestDay(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

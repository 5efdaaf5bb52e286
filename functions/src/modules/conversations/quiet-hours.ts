import { DateTime } from 'luxon';
import type { QuietHours } from './message-settings.schema.ts';

/**
 * When the quiet hours end that an instant lies in, or null when it lies in none. They are spans of
 * real time, one a day: each begins when the clock in `zone` shows its start for the first time and
 * ends when it shows its end for the last time, for an hour may come twice. A time that the clock
 * skips counts as the one after the gap.
 */
export function quietUntil(now: Date, zone: string, { start, end }: QuietHours): Date | null {
  const local = DateTime.fromJSDate(now, { zone });
  for (const days of [-1, 0]) {
    const day = local.plus({ days });
    const startsAt = instantsOf(day, zone, start).first;
    const endsAt = instantsOf(end > start ? day : day.plus({ days: 1 }), zone, end).last;
    if (startsAt <= now && now < endsAt) return endsAt;
  }
  return null;
}

function instantsOf({ year, month, day }: DateTime, zone: string, time: string) {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
  // Which of two it would be depends on the season that it is now.
  const possible = at.getPossibleOffsets().map((each) => each.toMillis());
  return { first: new Date(Math.min(...possible)), last: new Date(Math.max(...possible)) };
}

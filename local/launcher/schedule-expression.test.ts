import { describe, expect, it } from '@jest/globals';
import { parseSchedule } from './schedule-expression.ts';

/** The minutes of one hour, in UTC, at which the schedule is due. */
function minutesDue(expression: string, hour: string, timeZone = 'UTC'): number[] {
  const isDue = parseSchedule(expression, timeZone);
  if (isDue === undefined) throw new Error(`Not understood: ${expression}`);
  const begin = Date.parse(`${hour}:00:00Z`);
  return Array.from({ length: 60 }, (_, minute) => minute).filter((minute) =>
    isDue(new Date(begin + minute * 60_000)),
  );
}

describe('parseSchedule', () => {
  it.each([
    ['every 20 minutes', '2026-03-04T05', [0, 20, 40]],
    ['every 30 mins', '2026-03-04T05', [0, 30]],
    ['every 2 hours', '2026-03-04T05', []],
    ['every 2 hours', '2026-03-04T06', [0]],
    ['every hour', '2026-03-04T05', [0]],
    ['every day 05:30', '2026-03-04T05', [30]],
    ['every day 05:30', '2026-03-04T06', []],
    ['*/25 * * * *', '2026-03-04T05', [0, 25, 50]],
    ['5,10-12 5 * * *', '2026-03-04T05', [5, 10, 11, 12]],
    ['0 5 4 3 *', '2026-03-04T05', [0]],
    ['0 5 5 3 *', '2026-03-04T05', []],
    // 4 March 2026 is a Wednesday, 8 March a Sunday, which cron also calls 7.
    ['0 5 * * 3', '2026-03-04T05', [0]],
    ['0 5 * * 7', '2026-03-08T05', [0]],
    // Both day fields given: either may match.
    ['0 5 1 * 3', '2026-03-04T05', [0]],
    ['0 5 1 * 4', '2026-03-04T05', []],
  ])('%s at %s UTC', (expression, hour, minutes) => {
    expect(minutesDue(expression, hour)).toEqual(minutes);
  });

  it('reads cron times in the given zone, across its change to summer time', () => {
    expect(minutesDue('0 6 * * *', '2026-03-28T05', 'Europe/Berlin')).toEqual([0]);
    expect(minutesDue('0 6 * * *', '2026-03-29T04', 'Europe/Berlin')).toEqual([0]);
    expect(minutesDue('0 6 * * *', '2026-03-29T05', 'Europe/Berlin')).toEqual([]);
  });

  it.each([
    '',
    'every now and then',
    'every 0 minutes',
    '60 * * * *',
    '* * * *',
    '* * * * * *',
    '*/0 * * * *',
  ])('does not guess at "%s"', (expression) => {
    expect(parseSchedule(expression, 'UTC')).toBeUndefined();
  });
});

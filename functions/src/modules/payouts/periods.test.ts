import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Schedule, Timeline } from './payouts.schema.ts';
import { type PeriodSpan, periodAfter, periodContaining, withSchedule } from './periods.ts';

const always = (schedule: Schedule, timeZone: string): Timeline => [
  { from: null, schedule, timeZone },
];
const spanOf = ({ id, startsAt, endsAt }: PeriodSpan) => [
  id,
  startsAt.toISOString(),
  endsAt.toISOString(),
];
const at = (text: string) => new Date(text);

describe('the period of an instant', () => {
  it.each<[string, Schedule, string, string, string[]]>([
    [
      'a month of UTC',
      'monthly',
      'UTC',
      '2026-11-22T06:00:00Z',
      ['2026-11-01', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ],
    [
      'the last moment of a year',
      'monthly',
      'UTC',
      '2026-12-31T23:59:59.999Z',
      ['2026-12-01', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ],
    [
      'a month begins where the organisation is',
      'monthly',
      'America/New_York',
      '2026-12-01T04:59:59.999Z',
      ['2026-11-01', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
    ],
    [
      'the second half of February in a leap year',
      'semimonthly',
      'UTC',
      '2028-02-29T12:00:00Z',
      ['2028-02-16', '2028-02-16T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ],
    [
      'the first half',
      'semimonthly',
      'UTC',
      '2026-02-15T23:59:59.999Z',
      ['2026-02-01', '2026-02-01T00:00:00.000Z', '2026-02-16T00:00:00.000Z'],
    ],
    [
      'a week over the end of a year',
      'weekly',
      'UTC',
      '2027-01-01T00:00:00Z',
      ['2026-12-28', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ],
    [
      'a week of 167 hours, when clocks go forward',
      'weekly',
      'Europe/Berlin',
      '2026-03-29T10:00:00Z',
      ['2026-03-23', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ],
    [
      'a week of 169 hours, when they go back',
      'weekly',
      'Europe/Berlin',
      '2026-10-25T10:00:00Z',
      ['2026-10-19', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ],
    [
      'a first day without a midnight begins at one o’clock',
      'monthly',
      'America/Asuncion',
      '2017-10-01T05:00:00Z',
      ['2017-10-01', '2017-10-01T04:00:00.000Z', '2017-11-01T03:00:00.000Z'],
    ],
    [
      'a first day with two midnights begins at the first of them',
      'monthly',
      'America/Havana',
      '2026-11-01T04:30:00Z',
      ['2026-11-01', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
    ],
  ])('%s', (_name, schedule, zone, instant, span) => {
    expect(spanOf(periodContaining(always(schedule, zone), at(instant)))).toEqual(span);
  });

  const zones = [
    ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'America/Havana'],
    ...['America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'],
    ...['Africa/Cairo', 'America/Asuncion', 'Pacific/Kiritimati', 'Asia/Beirut'],
  ];
  const instants = fc.date({
    min: at('1980-01-01T00:00:00Z'),
    max: at('2100-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const schedules = fc.constantFrom<Schedule>('weekly', 'semimonthly', 'monthly');

  it('is exactly one, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(instants, schedules, fc.constantFrom(...zones), (instant, schedule, zone) => {
        const timeline = always(schedule, zone);
        const period = periodContaining(timeline, instant);
        expect(period.startsAt <= instant && instant < period.endsAt).toBe(true);
        expect(periodContaining(timeline, period.startsAt)).toEqual(period);
        expect(periodContaining(timeline, new Date(period.endsAt.getTime() - 1))).toEqual(period);
        const next = periodAfter(timeline, period);
        expect(next.startsAt).toEqual(period.endsAt);
        expect(next.id > period.id).toBe(true);
        const first = DateTime.fromISO(period.id);
        if (schedule === 'weekly') expect(first.weekday).toBe(1);
        else expect(schedule === 'monthly' ? [1] : [1, 16]).toContain(first.day);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same in every order of schedules that begin where periods end', () => {
    const changes = fc.array(fc.tuple(schedules, fc.integer({ min: 1, max: 5 })), { maxLength: 6 });
    fc.assert(
      fc.property(
        instants,
        schedules,
        changes,
        fc.constantFrom(...zones),
        (start, first, then, zone) => {
          let timeline = always(first, zone);
          let period = periodContaining(timeline, start);
          const closed = [period];
          for (const [schedule, count] of then) {
            timeline = withSchedule(timeline, { from: period.endsAt, schedule, timeZone: zone });
            for (let n = 0; n < count; n += 1) {
              period = periodAfter(timeline, period);
              closed.push(period);
            }
          }
          expect(new Set(closed.map(({ id }) => id)).size).toBe(closed.length);
          for (const [index, each] of closed.entries()) {
            expect(periodContaining(timeline, each.startsAt)).toEqual(each);
            const before = closed[index - 1];
            if (before !== undefined) expect(each.startsAt).toEqual(before.endsAt);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('another schedule', () => {
  const timeline = always('weekly', 'UTC');

  it('runs from the end of the last closed period to its own next boundary', () => {
    const from = at('2026-11-09T00:00:00Z');
    const changed = withSchedule(timeline, { from, schedule: 'monthly', timeZone: 'UTC' });
    expect(spanOf(periodContaining(changed, from))).toEqual([
      ...['2026-11-09', '2026-11-09T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ]);
    expect(spanOf(periodContaining(changed, at('2026-11-08T23:59:59Z')))).toEqual([
      ...['2026-11-02', '2026-11-02T00:00:00.000Z', '2026-11-09T00:00:00.000Z'],
    ]);
    expect(periodContaining(changed, at('2026-12-01T00:00:00Z')).id).toBe('2026-12-01');
  });

  it('replaces one that was to begin at the same time, and what is the same is no change', () => {
    const from = at('2026-11-09T00:00:00Z');
    const monthly = withSchedule(timeline, { from, schedule: 'monthly', timeZone: 'UTC' });
    expect(withSchedule(monthly, { from, schedule: 'weekly', timeZone: 'UTC' })).toEqual(timeline);
    expect(withSchedule(monthly, { from, schedule: 'semimonthly', timeZone: 'UTC' })).toEqual([
      ...timeline,
      { from, schedule: 'semimonthly', timeZone: 'UTC' },
    ]);
  });

  it('holds since ever as long as nothing has been closed', () => {
    const change = { from: null, schedule: 'monthly', timeZone: 'UTC' } as const;
    expect(withSchedule(timeline, change)).toEqual([change]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { endOfDayIn, momentIn, startOfDayIn } from './moment-in.ts';
import { wallClockIn } from './wall-clock.ts';

describe('momentIn', () => {
  it.each([
    ['UTC', '2026-11-22T14:05', '2026-11-22T14:05:00.000Z'],
    ['Europe/Berlin', '2026-11-22T14:05', '2026-11-22T13:05:00.000Z'],
    ['Europe/Berlin', '2026-07-22T14:05', '2026-07-22T12:05:00.000Z'],
    ['America/New_York', '2026-11-22T14:05', '2026-11-22T19:05:00.000Z'],
    ['Asia/Tokyo', '2026-11-22T00:30', '2026-11-21T15:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-22T14:05:06', '2026-11-22T08:20:06.000Z'],
    ['Pacific/Kiritimati', '2026-12-31T23:59', '2026-12-31T09:59:00.000Z'],
    ['America/New_York', '2026-11-22T14:05:06.789', '2026-11-22T19:05:06.789Z'],
  ])('in %s %s is %s', (zone, entered, moment) => {
    expect(momentIn(zone, entered)?.toISOString()).toBe(moment);
  });

  it.each([
    // Berlin goes on to summer time on 29 March 2026 at 2:00, and back on 25 October at 3:00.
    ['just before the gap', 'Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['in the gap', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['just after the gap', 'Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['before the overlap', 'Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['in the overlap', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['after the overlap', 'Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
    ['in a gap west of UTC', 'America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['in an overlap there', 'America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['in half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['on a day left out', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z'],
  ])('%s (%s, %s) is %s', (_, zone, entered, moment) => {
    expect(momentIn(zone, entered)?.toISOString()).toBe(moment);
  });

  it('gives back what the clock shows, every half hour of a year', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tehran',
      'Australia/Lord_Howe',
    ]) {
      let repeated = 0;
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 30 * 60 * 1000) {
        const moment = new Date(ms);
        const back = momentIn(zone, wallClockIn(zone, moment));
        if (back?.getTime() === ms) continue;
        repeated += 1;
        expect(back && wallClockIn(zone, back)).toBe(wallClockIn(zone, moment));
      }
      // The two half hours that come twice.
      expect(repeated).toBeLessThanOrEqual(2);
    }
  });

  it('takes UTC for a zone that is not known', () => {
    expect(momentIn('Mars/Olympus', '2026-11-22T14:05')?.toISOString()).toBe(
      '2026-11-22T14:05:00.000Z',
    );
    expect(momentIn('', '2026-11-22T14:05')?.toISOString()).toBe('2026-11-22T14:05:00.000Z');
  });

  it.each(['', 'tomorrow', '2026-11-22T25:00'])('makes nothing of “%s”', (entered) => {
    expect(momentIn('Europe/Berlin', entered)).toBeUndefined();
  });
});

describe('days', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    ['America/New_York', '2026-12-31', '2026-12-31T05:00:00.000Z', '2027-01-01T04:59:59.999Z'],
    // Clocks go on at midnight: the day begins at 1:00.
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', '2026-03-29T20:59:59.999Z'],
  ])('in %s %s goes from %s to %s', (zone, day, start, end) => {
    expect(startOfDayIn(zone, day)?.toISOString()).toBe(start);
    expect(endOfDayIn(zone, day)?.toISOString()).toBe(end);
  });

  it('have no bounds where there is no day', () => {
    expect(startOfDayIn('UTC', '')).toBeUndefined();
    expect(endOfDayIn('UTC', '')).toBeUndefined();
  });
});

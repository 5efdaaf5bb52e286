import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quietUntil } from './quiet-hours.ts';

const NEW_YORK = 'America/New_York';
const night = { start: '21:00', end: '08:00' };

describe('quietUntil', () => {
  it.each([
    ['2026-01-15T12:59:59Z', night, '2026-01-15T13:00:00.000Z'],
    ['2026-01-15T13:00:00Z', night, undefined],
    ['2026-01-16T01:59:59Z', night, undefined],
    ['2026-01-16T02:00:00Z', night, '2026-01-16T13:00:00.000Z'],
    // The clock goes forward in the night, and back in another.
    ['2026-03-08T02:00:00Z', night, '2026-03-08T12:00:00.000Z'],
    ['2026-11-01T01:00:00Z', night, '2026-11-01T13:00:00.000Z'],
    // 02:30 is skipped on 8 March: the hours end when the clock shows 03:30.
    ['2026-03-08T06:59:00Z', { start: '21:00', end: '02:30' }, '2026-03-08T07:30:00.000Z'],
    ['2026-03-08T07:30:00Z', { start: '21:00', end: '02:30' }, undefined],
    // 01:30 comes twice on 1 November: the hours end with the second.
    ['2026-11-01T05:29:00Z', { start: '21:00', end: '01:30' }, '2026-11-01T06:30:00.000Z'],
    ['2026-11-01T06:30:00Z', { start: '21:00', end: '01:30' }, undefined],
    // And begin with the first.
    ['2026-11-01T05:30:00Z', { start: '01:30', end: '08:00' }, '2026-11-01T13:00:00.000Z'],
    // Within a day.
    ['2026-01-15T18:00:00Z', { start: '12:00', end: '14:00' }, '2026-01-15T19:00:00.000Z'],
    ['2026-01-15T19:00:00Z', { start: '12:00', end: '14:00' }, undefined],
  ])('%s with %j: %s', (now, hours, expected) => {
    expect(quietUntil(new Date(now), NEW_YORK, hours)?.toISOString()).toBe(expected);
  });

  it('ends later than now, within a day and an hour, and is over when it ends', () => {
    const time = fc
      .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
      .map(({ hour, minute }) => [hour, minute].map((n) => String(n).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom(NEW_YORK, 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC');
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31') });
    fc.assert(
      fc.property(instant, zone, time, time, (now, inZone, start, end) => {
        if (start === end || Number.isNaN(now.getTime())) return;
        const until = quietUntil(now, inZone, { start, end });
        if (until === null) return;
        expect(until > now).toBe(true);
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 60 * 60 * 1000);
        expect(quietUntil(until, inZone, { start, end })).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

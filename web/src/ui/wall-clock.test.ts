import { expect, it } from '@jest/globals';
import { dayIn, wallClockIn } from './wall-clock.ts';

const late = new Date('2026-11-22T23:30:09.500Z');

it.each([
  ['Europe/Berlin', '2026-11-23T00:30:09'],
  ['America/New_York', '2026-11-22T18:30:09'],
  ['Asia/Kathmandu', '2026-11-23T05:15:09'],
  ['Mars/Olympus', '2026-11-22T23:30:09'],
  ['', '2026-11-22T23:30:09'],
])('in the zone “%s” calendar and clock show %s', (zone, shown) => {
  expect(wallClockIn(zone, late)).toBe(shown);
  expect(dayIn(zone, late)).toBe(shown.slice(0, 10));
});

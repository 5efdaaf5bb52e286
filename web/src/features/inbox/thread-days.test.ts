import { describe, expect, it } from '@jest/globals';
import { formatTimeIn, groupByDay } from './thread-days.ts';

const at = (createdAt: string) => ({ createdAt });
const evening = at('2026-03-01T22:30:00.000Z');
const night = at('2026-03-01T23:30:00.000Z');
const noon = at('2026-03-02T11:00:00.000Z');

describe('groupByDay', () => {
  it('has the days of the zone, not those of UTC', () => {
    expect(groupByDay([evening, night, noon], 'Europe/Berlin')).toEqual([
      { at: evening.createdAt, messages: [evening] },
      { at: night.createdAt, messages: [night, noon] },
    ]);
  });

  it('has those of UTC for a zone that the browser does not know', () => {
    const days = groupByDay([evening, night, noon], 'Mars/Olympus');
    expect(days.map(({ messages }) => messages.length)).toEqual([2, 1]);
  });
});

describe('formatTimeIn', () => {
  it('shows the clock of the zone', () => {
    expect(formatTimeIn('Europe/Berlin', noon.createdAt, 'en-GB')).toBe('12:00');
  });
});

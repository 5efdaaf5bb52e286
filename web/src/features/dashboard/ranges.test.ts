import { describe, expect, it } from '@jest/globals';
import { addDays, daysOf, rangeIn } from './ranges.ts';

const today = '2026-11-22';
const read = (text: string) => rangeIn(new URLSearchParams(text), today);

describe('rangeIn', () => {
  it.each([
    ['', '2026-10-24', today],
    ['range=nonsense', '2026-10-24', today],
    ['range=month', '2026-11-01', today],
    ['range=90d', '2026-08-25', today],
    ['range=quarter', '2026-10-01', today],
    ['range=year', '2026-01-01', today],
    ['range=custom&from=2026-02-03&to=2026-03-04', '2026-02-03', '2026-03-04'],
    ['range=custom&from=2026-03-04&to=2026-02-03', '2026-02-03', '2026-03-04'],
    ['range=custom&from=2026-99-99', '2026-10-24', today],
  ])('%s: from %s to %s', (text, from, to) => {
    expect(read(text)).toEqual({ from, to });
  });

  it('has the first quarter begin with the year', () => {
    expect(rangeIn(new URLSearchParams('range=quarter'), '2026-03-31').from).toBe('2026-01-01');
  });
});

describe('days', () => {
  it('are counted across the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysOf({ from: '2026-02-01', to: '2026-03-01' })).toBe(29);
  });
});

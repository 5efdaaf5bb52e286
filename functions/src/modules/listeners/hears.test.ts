import { describe, expect, it } from '@jest/globals';
import { hears } from './hears.ts';

describe('hears', () => {
  it.each([
    ['deal.won', true],
    ['deal.*', true],
    ['*', true],
    ['deal.lost', false],
    ['dealer.*', false],
    ['contact.*', false],
  ])('by %s: %s', (pattern, expected) => {
    expect(hears([pattern], ['deal.stage_changed', 'deal.won'])).toBe(expected);
  });

  it('nothing without a pattern', () => {
    expect(hears([], ['deal.won'])).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { rangeBetween } from './range.ts';

describe('rangeBetween', () => {
  const order = ['a', 'b', 'c', 'd'];

  it.each([
    ['b', 'd', ['b', 'c', 'd']],
    ['d', 'b', ['b', 'c', 'd']],
    ['c', 'c', ['c']],
    ['gone', 'c', ['c']],
    [undefined, 'c', ['c']],
    ['a', 'elsewhere', ['elsewhere']],
  ])('goes from %s to %s', (from, to, range) => {
    expect(rangeBetween(order, from, to)).toEqual(range);
  });
});

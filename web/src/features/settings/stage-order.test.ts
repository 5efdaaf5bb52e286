import { describe, expect, it } from '@jest/globals';
import { inOrder, movedTo } from './stage-order.ts';

describe('movedTo', () => {
  it.each([
    ['a', 2, ['b', 'c', 'a']],
    ['c', 0, ['c', 'a', 'b']],
    ['b', 1, ['a', 'b', 'c']],
    ['a', 9, ['b', 'c', 'a']],
    ['c', -1, ['c', 'a', 'b']],
  ])('moves %s to place %i', (id, place, expected) => {
    expect(movedTo(['a', 'b', 'c'], id, place)).toEqual(expected);
  });
});

describe('inOrder', () => {
  it('puts what the order does not name behind, as it stood', () => {
    const things = [{ id: 'x' }, { id: 'a' }, { id: 'y' }, { id: 'b' }];
    expect(inOrder(things, ['b', 'a']).map(({ id }) => id)).toEqual(['b', 'a', 'x', 'y']);
  });
});

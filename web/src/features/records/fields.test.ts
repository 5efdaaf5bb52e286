import { describe, expect, it } from '@jest/globals';
import { toChange, toInput } from './fields.ts';

describe('fields', () => {
  it.each([
    ['a text', { key: 'city', label: 'City' }, 'Berlin', { city: 'Berlin' }],
    ['nothing', { key: 'city', label: 'City' }, '', { city: null }],
    ['a number', { key: 'size', label: 'Size', type: 'number' as const }, '12', { size: 12 }],
    ['a list', { key: 'others', label: 'Others', isList: true }, 'a, b', { others: ['a', 'b'] }],
    ['an emptied list', { key: 'others', label: 'Others', isList: true }, '', { others: [] }],
  ])('sends %s', (_, field, text, change) => {
    expect(toChange(field, text)).toEqual(change);
  });

  it.each([
    [null, ''],
    ['Berlin', 'Berlin'],
    [0, '0'],
    [['a', 'b'], 'a, b'],
  ])('shows %j', (value, text) => {
    expect(toInput(value)).toBe(text);
  });
});

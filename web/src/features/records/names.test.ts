import { describe, expect, it } from '@jest/globals';
import { nextOf } from '../../data/records.ts';
import { nameOfContact, nameOfLead, splitList, splitName } from './names.ts';

describe('names', () => {
  it('leaves out what a contact has none of', () => {
    expect(nameOfContact({ firstName: 'Ada', lastName: 'Lovelace' })).toBe('Ada Lovelace');
    expect(nameOfContact({ firstName: 'Ada', lastName: null })).toBe('Ada');
  });

  it('calls a lead by its business first', () => {
    expect(nameOfLead({ businessName: 'Bakery', contactName: 'Bea' })).toBe('Bakery');
    expect(nameOfLead({ businessName: null, contactName: 'Bea' })).toBe('Bea');
    expect(nameOfLead({ businessName: null, contactName: null })).toBe('Lead without a name');
  });

  it.each([
    [null, '', ''],
    ['  ', '', ''],
    ['Ada', 'Ada', ''],
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    [' Ada  King   Lovelace ', 'Ada King', 'Lovelace'],
  ])('takes %j apart', (name, firstName, lastName) => {
    expect(splitName(name)).toEqual({ firstName, lastName });
  });

  it('takes a list apart, each value once', () => {
    expect(splitList(' a, b ,,a')).toEqual(['a', 'b']);
    expect(splitList('')).toEqual([]);
  });
});

describe('the next page', () => {
  it.each([
    ['by cursor', { page: 1, totalPages: 3, nextCursor: 'c' }, { cursor: 'c' }],
    [
      'by number where there is no cursor',
      { page: 1, totalPages: 3, nextCursor: null },
      { page: '2' },
    ],
    ['none after the last number', { page: 3, totalPages: 3, nextCursor: null }, undefined],
    ['none after a cursor’s last', { page: 1, nextCursor: null }, undefined],
    ['none of an empty list', { page: 1, totalPages: 0, nextCursor: null }, undefined],
  ])('%s', (_, paging, next) => {
    expect(nextOf(paging)).toEqual(next);
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  addRow,
  readRows,
  rowsSchema,
  splitEqually,
  sumInWords,
  toBps,
  toRows,
} from './split-form.ts';

const rows = (...shares: string[]) =>
  shares.map((share, index) => ({ key: index, uid: `u${index}`, share, role: '' }));

describe('toBps', () => {
  it.each([
    ['100', 10_000],
    ['33.33', 3333],
    ['33,4', 3340],
    [' 0 ', 0],
    ['100.01', undefined],
    ['12.345', undefined],
    ['-5', undefined],
    ['1e2', undefined],
    ['', undefined],
  ])('reads “%s” as %s', (text, bps) => {
    expect(toBps(text)).toBe(bps);
  });
});

describe('splitEqually', () => {
  it.each([1, 2, 3, 6, 7, 50])('gives %i people the whole', (count) => {
    const parts = splitEqually(rows(...Array.from({ length: count }, () => '')));
    expect(readRows(parts)?.reduce((sum, { shareBps }) => sum + shareBps, 0)).toBe(10_000);
    const shares = parts.map(({ share }) => Number(share));
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(0.011);
  });
});

describe('sumInWords', () => {
  it.each([
    ['100% of the deal', ['60', '40']],
    ['90% of the deal, 10% left', ['60', '30']],
    ['110.5% of the deal, 10.5% too much', ['60', '50.5']],
    ['60% of the deal, 40% left', ['60', 'x']],
  ])('%s', (words, shares) => {
    expect(sumInWords(rows(...shares))).toBe(words);
  });
});

describe('addRow', () => {
  it('gives the newcomer what is left', () => {
    const [, second, third] = addRow(addRow(rows('60')));
    expect([second?.share, third?.share, third?.key]).toEqual(['40', '', 2]);
  });
});

describe('rowsSchema', () => {
  it('makes splits of rows, and rows of splits', () => {
    const splits = [
      { uid: 'ada', shareBps: 6667, role: 'closer' },
      { uid: 'ben', shareBps: 3333 },
    ];
    expect(readRows(toRows(splits))).toEqual(splits);
  });

  it.each([
    ['The shares have to come to 100%. They are 90% of the deal, 10% left.', rows('60', '30')],
    [
      'Each person can have one part. Put the parts of the same person together.',
      [...rows('60'), ...rows('40')],
    ],
    ['Somebody has to have a part.', []],
    ['Choose a person.', [{ key: 0, uid: '', share: '100', role: '' }]],
    ['Enter per cent from 0 to 100, with at most two decimals.', rows('a lot')],
  ])('refuses: %s', (message, input) => {
    expect(rowsSchema.safeParse(input).error?.issues[0]?.message).toBe(message);
    expect(readRows(input)).toBeUndefined();
  });
});

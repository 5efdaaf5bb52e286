import { describe, expect, it } from '@jest/globals';
import { readDay, readList, readNumber } from './read-cells.ts';

describe('a day', () => {
  it.each([
    ['2026-04-03', undefined, '2026-04-03'],
    ['2026-4-3', undefined, '2026-04-03'],
    ['2026-04-03T12:00:00Z', undefined, '2026-04-03'],
    ['03/04/2026', 'day-first', '2026-04-03'],
    ['03/04/2026', 'month-first', '2026-03-04'],
    ['3.4.2026', 'day-first', '2026-04-03'],
    ['29.02.2028', 'day-first', '2028-02-29'],
  ] as const)('%s, read %s, is %s', (text, order, expected) => {
    expect(readDay('closedAt', text, order)).toBe(expected);
  });

  it.each([
    ['03/04/2026', undefined, 'two ways'],
    ['2026-02-30', undefined, 'does not exist'],
    ['13/13/2026', 'day-first', 'does not exist'],
    ['tomorrow', 'day-first', 'no date'],
    ['2026', undefined, 'no date'],
    ['0000-00-00', undefined, 'does not exist'],
  ] as const)('%s, read %s, is refused: %s', (text, order, reason) => {
    expect(() => readDay('closedAt', text, order)).toThrow(reason);
  });
});

describe('a number', () => {
  it.each([
    ['1054', 1054],
    ['1,234.50', 1234.5],
    ['12,345,678', 12_345_678],
    ['$1,234.50', 1234.5],
    ['€ 99', 99],
    ['45%', 45],
    ['-3.5', -3.5],
    ['0', 0],
  ])('%s is %d', (text, expected) => {
    expect(readNumber('value', text)).toBe(expected);
  });

  it.each(['1.234,50', '1,23', '12abc', '=1+1', '1e309', 'NaN', '0x10', '--1'])(
    '%s is refused',
    (text) => {
      expect(() => readNumber('value', text)).toThrow('no number');
    },
  );
});

it('reads lists with the usual separators', () => {
  expect(readList(' VIP, Customer;; Hot | ')).toEqual(['VIP', 'Customer', 'Hot']);
});

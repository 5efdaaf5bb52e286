import { describe, expect, it } from '@jest/globals';
import { formatDay, formatMoney, initialsOf, isPastDay } from './format.ts';

describe('formatMoney', () => {
  it.each([
    [1_500_000, 'USD', 'en-US', '$15,000'],
    [1_500_050, 'USD', 'en-US', '$15,000.50'],
    [0, 'USD', 'en-US', '$0'],
    [15_000, 'JPY', 'en-US', '¥15,000'],
    [1_500, 'KWD', 'en-US', 'KWD 1.500'],
    [1_500_050, 'EUR', 'de-DE', '15.000,50 €'],
    [999_999_999_999_999, 'USD', 'en-US', '$9,999,999,999,999.99'],
  ])('shows %i minor units of %s in %s as %s', (minor, currency, locale, shown) => {
    expect(formatMoney(minor, currency, locale).replaceAll(/\s/g, ' ')).toBe(shown);
  });

  it('uses the digits we store where everyday use has fewer', () => {
    expect(formatMoney(1_234, 'IQD', 'en-US').replaceAll(/\s/g, ' ')).toBe('IQD 1.234');
  });
});

describe('days', () => {
  it('shows the day that was stored, whatever the zone of the reader', () => {
    expect(formatDay(new Date('2026-02-01T00:00:00Z'), 'en-GB')).toBe('1 Feb 2026');
  });

  it.each([
    ['2026-03-09', true],
    ['2026-03-10', false],
    ['2026-03-11', false],
  ])('on 10 March %s is over: %s', (day, isOver) => {
    expect(isPastDay(new Date(`${day}T00:00:00Z`), new Date(2026, 2, 10, 23, 59))).toBe(isOver);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada maria lovelace', 'AL'],
    ['Plato', 'P'],
    ['', ''],
    ['𝒜da Lovelace', '𝒜L'],
  ])('%s is %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

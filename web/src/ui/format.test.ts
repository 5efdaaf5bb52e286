import { describe, expect, it } from '@jest/globals';
import {
  formatDay,
  formatMomentAndZone,
  formatMomentIn,
  formatMoney,
  initialsOf,
  isPastDay,
} from './format.ts';

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
    expect(isPastDay(new Date(`${day}T00:00:00Z`), '2026-03-10')).toBe(isOver);
  });
});

describe('moments', () => {
  const at = '2026-11-03T13:05:00.000Z';
  const plain = (text: string) => text.replaceAll(/\s/g, ' ');

  it.each([
    ['Europe/Berlin', 'Nov 3, 2026, 2:05 PM', 'Nov 3, 2026, 2:05 PM Europe/Berlin'],
    ['America/New_York', 'Nov 3, 2026, 8:05 AM', 'Nov 3, 2026, 8:05 AM America/New York'],
    ['Asia/Tokyo', 'Nov 3, 2026, 10:05 PM', 'Nov 3, 2026, 10:05 PM Asia/Tokyo'],
    ['Mars/Olympus', 'Nov 3, 2026, 1:05 PM UTC', 'Nov 3, 2026, 1:05 PM UTC'],
    ['', 'Nov 3, 2026, 1:05 PM UTC', 'Nov 3, 2026, 1:05 PM UTC'],
  ])('in the zone “%s” are told as %s', (zone, short, long) => {
    expect(plain(formatMomentIn(zone, at, 'en-US'))).toBe(short);
    expect(plain(formatMomentIn(zone, new Date(at), 'en-US'))).toBe(short);
    expect(plain(formatMomentAndZone(zone, at, 'en-US'))).toBe(long);
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

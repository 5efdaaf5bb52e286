import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  amountMinorSchema,
  currencySchema,
  MAX_MINOR_UNITS,
  minorDigits,
  toMajorUnits,
  toMinorUnits,
} from './money.schema.ts';

/** Currencies with 0, 2, 3 and 4 decimals. */
const currencies = ['JPY', 'USD', 'KWD', 'CLF'] as const;

describe('toMinorUnits', () => {
  it.each([
    [15_000, 'USD', 1_500_000],
    [0, 'USD', 0],
    [0.1, 'USD', 10],
    [1.15, 'USD', 115],
    [100, 'JPY', 100],
    [1.234, 'KWD', 1234],
    [0.0001, 'CLF', 1],
    [9_999_999_999_999.99, 'USD', MAX_MINOR_UNITS],
    [999_999_999_999_999, 'JPY', MAX_MINOR_UNITS],
  ])('%d %s are %d minor units', (major, currency, minor) => {
    expect(toMinorUnits(major, currency)).toBe(minor);
  });

  it.each([
    ['more decimals than the currency has', 1.005, 'USD'],
    ['any decimals without minor units', 100.5, 'JPY'],
    ['a fourth decimal of three', 1.2345, 'KWD'],
    ['the dust of binary arithmetic', 0.1 + 0.2, 'USD'],
    ['next to nothing', Number.MIN_VALUE, 'USD'],
    ['one unit too much', 10_000_000_000_000, 'USD'],
    ['far too much', Number.MAX_VALUE, 'JPY'],
  ])('refuses %s', (_what, major, currency) => {
    expect(toMinorUnits(major, currency)).toBeUndefined();
  });

  it('refuses what is not a currency', () => {
    expect(() => toMinorUnits(1, 'XYZ')).toThrow('XYZ is not an ISO 4217 currency');
  });
});

describe('minor and major units', () => {
  it('are converted without loss, through JSON as well', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_MINOR_UNITS }),
        fc.constantFrom(...currencies),
        (minor, currency) => {
          const major: unknown = JSON.parse(JSON.stringify(toMajorUnits(minor, currency)));
          expect(typeof major).toBe('number');
          expect(toMinorUnits(Number(major), currency)).toBe(minor);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('refuse one decimal too many, whatever the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e10 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...currencies),
        (minor, digit, currency) => {
          const digits = minorDigits(currency);
          const whole = Math.floor(minor / 10 ** digits);
          const decimals = String(minor % 10 ** digits).padStart(digits, '0');
          const major = Number(`${whole}.${digits === 0 ? '' : decimals}${digit}`);
          expect(toMinorUnits(major, currency)).toBeUndefined();
        },
      ),
    );
  });
});

describe('the schemas', () => {
  it.each(['USD', 'EUR', 'JPY', 'KWD'])('know %s', (code) => {
    expect(currencySchema.parse(code)).toBe(code);
  });

  it.each(['usd', 'XYZ', 'US', 'USDX', '', ' USD', 'Euro', 840, null])('refuse %j', (code) => {
    expect(currencySchema.safeParse(code).success).toBe(false);
  });

  it.each([0, 1, MAX_MINOR_UNITS])('take %d minor units', (minor) => {
    expect(amountMinorSchema.parse(minor)).toBe(minor);
  });

  it.each([-1, 0.5, MAX_MINOR_UNITS + 1, Number.NaN, Number.POSITIVE_INFINITY, '1', null])(
    'refuse %j minor units',
    (minor) => {
      expect(amountMinorSchema.safeParse(minor).success).toBe(false);
    },
  );
});

import Big from 'big.js';
import currencyCodes from 'currency-codes';
import { z } from 'zod';

/**
 * Fifteen digits: the longest integer whose major-unit form survives JSON's doubles unchanged.
 */
export const MAX_MINOR_UNITS = 999_999_999_999_999;

/** An ISO 4217 currency code that has minor units. */
export const currencySchema = z
  .string()
  .refine((code) => code === code.toUpperCase() && currencyCodes.code(code) !== undefined, {
    error: 'must be an ISO 4217 currency code such as USD',
  });

/** An amount of at least zero, in the currency's minor units. */
export const amountMinorSchema = z.int().min(0).max(MAX_MINOR_UNITS);

/** Digits after the decimal point that ISO 4217 gives `currency` (USD 2, JPY 0, KWD 3). */
export function minorDigits(currency: string): number {
  const entry = currencyCodes.code(currency);
  if (entry === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return entry.digits;
}

/**
 * Converts an amount in major units (15000.5 USD) to minor units (1500050) exactly.
 * Returns undefined when the amount has more decimals than the currency or is out of range.
 */
export function toMinorUnits(major: number, currency: string): number | undefined {
  const minor = new Big(major).times(new Big(10).pow(minorDigits(currency)));
  if (!minor.eq(minor.round(0)) || minor.abs().gt(MAX_MINOR_UNITS)) return undefined;
  return minor.toNumber();
}

/** Converts minor units (1500050 USD) to major units (15000.5) for doors that write money that way. */
export function toMajorUnits(minor: number, currency: string): number {
  return new Big(minor).div(new Big(10).pow(minorDigits(currency))).toNumber();
}

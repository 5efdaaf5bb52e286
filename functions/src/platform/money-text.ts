import Big from 'big.js';
import { minorDigits } from './money.schema.ts';

/** An amount in major units with all the decimals of its currency: 150050 USD is `1500.50`. */
export function decimalOf(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return new Big(minor).div(new Big(10).pow(digits)).toFixed(digits);
}

/**
 * An amount as people of a locale write it, such as `$1,500.50`. `minor` may be a decimal text with
 * a fraction of a minor unit, of which up to eight digits are shown.
 */
export function moneyText(minor: number | string, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  const major = new Big(minor).div(new Big(10).pow(digits)).toFixed(digits + MAX_FRACTION_DIGITS);
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency, minimumFractionDigits: digits },
    // Past what the currency has only what an exact amount needs.
    maximumFractionDigits: digits + MAX_FRACTION_DIGITS,
  });
  // A text is formatted exactly, where a number would be a double; -0 is no amount.
  return format.format(asDecimal(major.replace(/^-(?=[0.]+$)/, '')));
}

/** Rates and shares are in basis points, so exact amounts end after this many digits. */
const MAX_FRACTION_DIGITS = 8;

function asDecimal(text: string): Intl.StringNumericLiteral {
  if (!isDecimal(text)) throw new RangeError(`'${text}' is no decimal`);
  return text;
}

function isDecimal(text: string): text is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** A rate in basis points as people of a locale write it: 1,050 is `10.5%`. */
export function percentText(bps: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  return format.format(bps / 10_000);
}

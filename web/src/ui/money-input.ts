import { minorDigits, toMajorUnits, toMinorUnits } from '@splitline/functions/contracts';
import type { Problem } from '../data/problem.ts';

export type ReadMoney = { readonly minor: number } | { readonly problem: Problem };

/** The amount that a number input holds, in minor units of the currency. */
export function readMoney(text: string, currency: string, field: string): ReadMoney {
  const major = Number(text);
  if (text.trim() === '' || !Number.isFinite(major)) {
    return { problem: { field, message: 'Enter an amount, such as 120.50.' } };
  }
  const minor = toMinorUnits(major, currency);
  if (minor !== undefined) return { minor };
  const digits = minorDigits(currency);
  const message = `${currency} has ${digits === 0 ? 'no' : digits} decimals. Round the amount.`;
  return { problem: { field, message } };
}

/** What to put into a number input for an amount. */
export function moneyForInput(minor: number, currency: string): string {
  return toMajorUnits(minor, currency).toFixed(minorDigits(currency));
}

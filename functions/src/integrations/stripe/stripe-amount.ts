import { minorDigits } from '../../platform/money.schema.ts';
import { StripePermanentError } from './stripe.port.ts';

/**
 * Stripe's amounts are integers of a smallest unit that for some currencies is not the minor unit of
 * ISO 4217. Everything of ours is in ISO's; these two functions are the only place that converts.
 *
 * Sources: https://docs.stripe.com/currencies, sections "Zero-decimal currencies", "Three-decimal
 * currencies" and "Special cases"; ISO 4217 list one for the minor units.
 */

/** One unit is one of Stripe's; ISO gives MGA two decimals, of which Stripe takes none. */
const WITHOUT_DECIMALS: ReadonlySet<string> = new Set([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA'],
  ...['PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
]);
/** Have no decimals any more; Stripe still wants two, which must be 00. */
const WITH_TWO_ZEROS: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Have three decimals, of which the last must be 0. */
const WITH_THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Have two decimals when charged or transferred, and are paid out to banks in whole units alone. */
const PAID_OUT_WHOLE: ReadonlySet<string> = new Set(['HUF', 'TWD']);

/** A transfer goes to a payee's balance at Stripe, a payout from there to a bank. */
export type StripePurpose = 'transfer' | 'payout';

/** Digits after the decimal point in Stripe's amounts. @throws StripePermanentError */
function stripeDigits(currency: string): number {
  if (WITHOUT_DECIMALS.has(currency)) return 0;
  if (WITH_TWO_ZEROS.has(currency)) return 2;
  if (WITH_THREE_DECIMALS.has(currency)) return 3;
  if (isoDigits(currency) === 2) return 2;
  throw refusal(`Stripe does not take ${currency}; pay this by other means`);
}

function isoDigits(currency: string): number | undefined {
  try {
    return minorDigits(currency);
  } catch {
    return undefined;
  }
}

function refusal(message: string): StripePermanentError {
  return new StripePermanentError('unsupported_amount', message);
}

/**
 * The amount as Stripe writes it, with its currency in lower case.
 * @throws StripePermanentError for what Stripe cannot take, such as 5.124 KWD
 */
export function toStripeAmount(
  amountMinor: number,
  currency: string,
  purpose: StripePurpose = 'transfer',
): { readonly amount: number; readonly currency: string } {
  const digits = stripeDigits(currency);
  const shift = digits - (isoDigits(currency) ?? digits);
  const amount = shift < 0 ? amountMinor / 10 ** -shift : amountMinor * 10 ** shift;
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    throw refusal(`${amountMinor} minor units of ${currency} cannot be written as Stripe wants it`);
  }
  if (digits === 3 && amount % 10 !== 0) {
    throw refusal(`Stripe takes ${currency} in steps of 10 minor units; ${amountMinor} is between`);
  }
  if (purpose === 'payout' && PAID_OUT_WHOLE.has(currency) && amount % 100 !== 0) {
    throw refusal(`Stripe pays ${currency} out in whole units; ${amountMinor} minor units are not`);
  }
  return { amount, currency: currency.toLowerCase() };
}

/**
 * An amount of Stripe's in minor units as ISO 4217 has them, with its currency in upper case.
 * @throws StripePermanentError for an amount that the currency cannot have
 */
export function fromStripeAmount(
  amount: number,
  stripeCurrency: string,
): { readonly amountMinor: number; readonly currency: string } {
  const currency = stripeCurrency.toUpperCase();
  const digits = stripeDigits(currency);
  const shift = (isoDigits(currency) ?? digits) - digits;
  const amountMinor = shift < 0 ? amount / 10 ** -shift : amount * 10 ** shift;
  if (Number.isSafeInteger(amountMinor)) return { amountMinor, currency };
  throw refusal(`Stripe's amount ${amount} is not one that ${currency} can have`);
}

import { describe, expect, it } from '@jest/globals';
import currencyCodes from 'currency-codes';
import fc from 'fast-check';
import { StripePermanentError } from './stripe.port.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';

describe('toStripeAmount', () => {
  it.each([
    ['USD', 1050, 1050],
    ['EUR', 1, 1],
    ['JPY', 500, 500],
    ['KRW', 1, 1],
    ['XOF', 7, 7],
    // ISO has no decimals, Stripe wants two.
    ['ISK', 5, 500],
    ['UGX', 5, 500],
    // ISO has two decimals, Stripe takes none.
    ['MGA', 500, 5],
    ['KWD', 5120, 5120],
    ['TND', 10, 10],
    ['HUF', 1045, 1045],
    ['TWD', 1050, 1050],
  ])('%s: %d minor units are %d of Stripe’s', (currency, minor, amount) => {
    expect(toStripeAmount(minor, currency)).toEqual({ amount, currency: currency.toLowerCase() });
  });

  it.each([
    ['KWD', 5124, /steps of 10/],
    ['BHD', 1, /steps of 10/],
    ['MGA', 550, /cannot be written/],
    ['USD', 0, /cannot be written/],
    ['USD', -5, /cannot be written/],
    ['USD', 1.5, /cannot be written/],
    ['ISK', 2 ** 53 - 1, /cannot be written/],
    // Three and four decimals that Stripe does not list, a fund and gold.
    ['IQD', 1000, /does not take IQD/],
    ['LYD', 1000, /does not take LYD/],
    ['CLF', 10_000, /does not take CLF/],
    ['UYI', 1, /does not take UYI/],
    ['XAU', 1, /does not take XAU/],
    ['ABC', 1, /does not take ABC/],
  ])('%s: refuses %d minor units', (currency, minor, message) => {
    expect(() => toStripeAmount(minor, currency)).toThrow(message);
    expect(() => toStripeAmount(minor, currency)).toThrow(StripePermanentError);
  });

  it.each(['HUF', 'TWD'])('pays %s out in whole units alone', (currency) => {
    expect(toStripeAmount(1000, currency, 'payout').amount).toBe(1000);
    expect(() => toStripeAmount(1045, currency, 'payout')).toThrow(/whole units/);
  });
});

describe('fromStripeAmount', () => {
  it.each([
    ['usd', 1050, 1050, 'USD'],
    ['jpy', 500, 500, 'JPY'],
    ['isk', 500, 5, 'ISK'],
    ['ugx', 0, 0, 'UGX'],
    ['mga', 5, 500, 'MGA'],
    ['kwd', 5120, 5120, 'KWD'],
  ])('%s %d is %d minor units of %s', (stripeCurrency, amount, amountMinor, currency) => {
    expect(fromStripeAmount(amount, stripeCurrency)).toEqual({ amountMinor, currency });
  });

  it('refuses an amount that the currency cannot have', () => {
    expect(() => fromStripeAmount(550, 'isk')).toThrow(/not one that ISK can have/);
  });

  it('is the way back from whatever Stripe takes, in every currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencyCodes.codes()),
        fc.integer({ min: 1, max: 999_999_999_999 }),
        (currency, minor) => {
          let sent: ReturnType<typeof toStripeAmount>;
          try {
            sent = toStripeAmount(minor, currency);
          } catch (error) {
            return error instanceof StripePermanentError;
          }
          const back = fromStripeAmount(sent.amount, sent.currency);
          return back.amountMinor === minor && back.currency === currency;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

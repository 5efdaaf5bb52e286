import { beforeAll, describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../../../test/support/money-runs.ts';
import { allocate, divideRounded, type Share } from './allocate.ts';

beforeAll(() => tellMoneySeed('allocate'));

const denominators = fc.constantFrom(1n, 3n, 100n, 10_000n, 100_000_000n);
const amounts = fc.oneof(
  fc.bigInt(-200n, 200n),
  fc.bigInt(-(10n ** 23n), 10n ** 23n),
  fc.constant(0n),
);
const sharesOf = (numerators: readonly bigint[]): Share[] =>
  numerators.map((numerator, index) => ({ key: `p${index}`, numerator }));
const shares = fc.array(amounts, { minLength: 1, maxLength: 50 }).map(sharesOf);

const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);
const opposite = (all: readonly Share[]) =>
  all.map(({ key, numerator }) => ({ key, numerator: -numerator }));
const exact = ({ numerator }: Share, denominator: bigint) =>
  new Big(numerator.toString()).div(denominator.toString());
const byKey = (all: readonly Share[], parts: readonly bigint[]) =>
  new Map(all.map(({ key }, index) => [key, parts[index]]));

// Quotients of these denominators but the third are finite; sixty decimals tell a third from a whole.
Big.DP = 60;

describe('divideRounded', () => {
  it(
    'is the exact quotient rounded, halves away from zero',
    () => {
      fc.assert(
        fc.property(amounts, denominators, (numerator, denominator) => {
          const quotient = exact({ key: '', numerator }, denominator);
          expect(divideRounded(numerator, denominator).toString()).toBe(
            quotient.round(0, Big.roundHalfUp).toFixed(),
          );
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );
});

describe('allocate', () => {
  it.each<[string, bigint[], bigint, bigint[]]>([
    ['a cent between three goes to the first', [1n, 1n, 1n], 3n, [1n, 0n, 0n]],
    ['a debt of a cent as well', [-1n, -1n, -1n], 3n, [-1n, 0n, 0n]],
    ['the larger remainder goes first', [9n, 15n, 21n], 20n, [0n, 1n, 1n]],
    ['nobody has nothing', [], 3n, []],
    ['halves cancel out', [1n, -1n], 2n, [1n, -1n]],
    ['and so do their opposites', [-1n, 1n], 2n, [-1n, 1n]],
  ])('%s', (_what, numerators, denominator, parts) => {
    expect(allocate(sharesOf(numerators), denominator)).toEqual(parts);
  });

  it(
    'hands out parts that sum to the rounded whole, each less than one unit from exact',
    () => {
      fc.assert(
        fc.property(shares, denominators, (all, denominator) => {
          const parts = allocate(all, denominator);
          const whole = sum(all.map(({ numerator }) => numerator));
          expect(sum(parts)).toBe(divideRounded(whole, denominator));
          for (const [index, share] of all.entries()) {
            const part = new Big((parts[index] ?? 0n).toString());
            expect(part.minus(exact(share, denominator)).abs().lt(1)).toBe(true);
          }
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'gives everybody the same part in whatever order they stand',
    () => {
      const shuffled = shares.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
      fc.assert(
        fc.property(shuffled, denominators, ([all, other], denominator) => {
          const parts = byKey(all, allocate(all, denominator));
          expect(byKey(other, allocate(other, denominator))).toEqual(
            new Map(other.map(({ key }) => [key, parts.get(key)])),
          );
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'takes back exactly what it has given',
    () => {
      fc.assert(
        fc.property(shares, denominators, (all, denominator) => {
          const given = allocate(all, denominator);
          const taken = allocate(opposite(all), denominator);
          expect(taken.map((part, index) => part + (given[index] ?? 0n))).toEqual(
            all.map(() => 0n),
          );
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'gives whoever has exactly a whole number that number',
    () => {
      fc.assert(
        fc.property(shares, denominators, (all, denominator) => {
          const parts = allocate(all, denominator);
          for (const [index, { numerator }] of all.entries()) {
            if (numerator % denominator === 0n) expect(parts[index]).toBe(numerator / denominator);
          }
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );
});

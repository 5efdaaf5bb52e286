import { beforeAll, describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { amountsMinor } from '../../../../test/money-model/arbitraries.ts';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../../../../test/support/money-runs.ts';
import type { TiersRule } from '../plans/plans.schema.ts';
import { tierBonus } from './tiers.ts';

beforeAll(() => tellMoneySeed('tierBonus'));

/** Up to the whole: more of the largest amounts would be no exact number. */
const ratesBps = fc.integer({ min: 0, max: 10_000 });
const tiers = fc
  .uniqueArray(amountsMinor, { maxLength: 19 })
  .chain((starts) =>
    fc.tuple(
      ...[...new Set([0, ...starts])]
        .toSorted((a, b) => a - b)
        .map((fromMinor) => fc.record({ fromMinor: fc.constant(fromMinor), rateBps: ratesBps })),
    ),
  );
const rules: fc.Arbitrary<TiersRule> = fc.record({
  kind: fc.constant('tiers' as const),
  role: fc.constant(null),
  mode: fc.constantFrom('marginal' as const, 'cliff' as const),
  tiers,
});
const wonMinor = fc.oneof(amountsMinor, fc.integer({ min: -1000, max: 10_000_000 }));

const rounded = (amount: Big) => amount.round(0, Big.roundHalfUp);
const rateOf = (rateBps: number) => new Big(rateBps).div(10_000);

/** What is paid in all: of each unit won, or of all of them, the rate of the tier they are in. */
function plainTotal({ mode, tiers: steps }: TiersRule, won: number): Big {
  let total = new Big(0);
  for (const [index, { fromMinor, rateBps }] of steps.entries()) {
    const end = steps[index + 1]?.fromMinor ?? Number.POSITIVE_INFINITY;
    if (mode === 'cliff' && fromMinor <= won && won < end) {
      total = new Big(won).times(rateOf(rateBps));
    }
    if (mode === 'marginal' && won > fromMinor) {
      total = total.plus(new Big(Math.min(won, end) - fromMinor).times(rateOf(rateBps)));
    }
  }
  return rounded(total);
}

const steps: TiersRule['tiers'] = [
  { fromMinor: 0, rateBps: 500 },
  { fromMinor: 100_000, rateBps: 1000 },
  { fromMinor: 200_000, rateBps: 2000 },
];
const rule = (mode: TiersRule['mode']): TiersRule => ({
  ...{ kind: 'tiers', role: null, mode, tiers: steps },
});

describe('tierBonus', () => {
  it.each<[string, TiersRule['mode'], number, number]>([
    ['within the first tier, marginal', 'marginal', 100_000, 0],
    ['a unit beyond it', 'marginal', 100_020, 1],
    ['in the third tier', 'marginal', 250_000, 100_000 * 0.05 + 50_000 * 0.15],
    ['within the first tier, cliff', 'cliff', 99_999, 0],
    ['at the edge of the second', 'cliff', 100_000, 5000],
    ['in the third', 'cliff', 250_000, 250_000 * 0.15],
    ['of nothing', 'cliff', 0, 0],
    ['of less than nothing, after refunds', 'marginal', -500_000, 0],
  ])('pays %s', (_what, mode, won, bonus) => {
    expect(tierBonus(rule(mode), won)).toBe(bonus);
  });

  it(
    'is what a plain computation pays in all, less the first tier on the whole sum',
    () => {
      fc.assert(
        fc.property(rules, wonMinor, (tiersRule, won) => {
          const first = rounded(
            new Big(Math.max(0, won)).times(rateOf(tiersRule.tiers[0]?.rateBps ?? 0)),
          );
          const expected = won <= 0 ? new Big(0) : plainTotal(tiersRule, won).minus(first);
          expect(new Big(tierBonus(tiersRule, won)).toFixed()).toBe(expected.toFixed());
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'pays nothing on top when there is one tier or all have one rate',
    () => {
      fc.assert(
        fc.property(rules, wonMinor, ratesBps, (tiersRule, won, rateBps) => {
          const flat = tiersRule.tiers.map((tier) => ({ ...tier, rateBps }));
          expect(tierBonus({ ...tiersRule, tiers: flat }, won)).toBe(0);
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earningDeals, termsFor } from '../../../../test/money-model/arbitraries.ts';
import {
  type PlainDeal,
  type PlainTerms,
  plainEarnings,
} from '../../../../test/money-model/plain-earnings.ts';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../../../../test/support/money-runs.ts';
import type { Terms } from '../plans/plans.schema.ts';
import { type Earning, type EarningDeal, targetOf } from './target.ts';

beforeAll(() => tellMoneySeed('targetOf'));

/** A deal with terms for everybody who has a part of it. */
const cases = earningDeals.chain((deal) => fc.tuple(fc.constant(deal), termsFor(deal)));

function plainDealOf(deal: EarningDeal): PlainDeal {
  const { stageKind, deletedAt, valueMinor, refundedMinor, currency, splits } = deal;
  const isBinned = deletedAt !== null;
  return { kind: stageKind, isBinned, valueMinor, refundedMinor, currency, splits };
}

function plainTermsOf({ payees, overrides }: Terms): PlainTerms {
  return {
    plans: new Map(payees.map((payee) => [payee.uid, payee])),
    overrides: overrides.map(({ uid, currency, rateBps }) => ({
      uid,
      plan: { currency, rules: [{ kind: 'override', rateBps }], capMinor: null, floorMinor: null },
    })),
  };
}

const amountsOf = (earnings: readonly Earning[]) =>
  earnings.map(({ uid, component, amountMinor }) => ({ uid, component, amountMinor }));
const sum = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

const deal: EarningDeal = {
  ...{ valueMinor: 100_000, refundedMinor: 0, currency: 'USD', stageKind: 'won' },
  ...{ splits: [{ uid: 'a', shareBps: 10_000 }], termsId: 'd_2', deletedAt: null },
};
const payee = {
  ...{ uid: 'a', teamId: null, planId: 'p', planName: 'Plan', planVersion: 1, currency: null },
  ...{ capMinor: null, floorMinor: null },
};
const on = (rules: Terms['payees'][number]['rules'], bounds: object = {}): Terms => ({
  ...{ dealId: 'd', dealVersion: 2, wonAt: new Date(0) },
  ...{ payees: [{ ...payee, rules, ...bounds }], overrides: [] },
});
const tenPercent = on([{ kind: 'percent', role: null, rateBps: 1000 }]);

describe('targetOf', () => {
  it.each<[string, Partial<EarningDeal>, Terms, number[]]>([
    ['a tenth of a won deal', {}, tenPercent, [10_000]],
    ['of an open deal nothing', { stageKind: 'open' }, tenPercent, []],
    ['of a lost deal nothing', { stageKind: 'lost' }, tenPercent, []],
    ['of a binned deal nothing', { deletedAt: new Date(0) }, tenPercent, []],
    ['what was refunded does not count', { refundedMinor: 40_000 }, tenPercent, [6000]],
    ['more than all refunded is nothing', { refundedMinor: 900_000 }, tenPercent, [0]],
    ['half a unit counts as one', { valueMinor: 5 }, tenPercent, [1]],
    ['less does not', { valueMinor: 4 }, tenPercent, [0]],
    [
      'a fixed amount',
      {},
      on([{ kind: 'fixed', role: null, amountMinor: 777 }], { currency: 'USD' }),
      [777],
    ],
    [
      'an amount of money in its own currency alone',
      { currency: 'EUR' },
      on([{ kind: 'fixed', role: null, amountMinor: 777 }], { currency: 'USD' }),
      [],
    ],
    [
      'a rule for closers, for no one else',
      {},
      on([{ kind: 'percent', role: 'closer', rateBps: 1000 }]),
      [0],
    ],
    ['no more than the cap', {}, on(tenPercent.payees[0]?.rules ?? [], { capMinor: 9999 }), [9999]],
    [
      'no less than the floor',
      {},
      on(tenPercent.payees[0]?.rules ?? [], { floorMinor: 10_001 }),
      [10_001],
    ],
    [
      'no floor for what is worth nothing',
      { valueMinor: 0 },
      on(tenPercent.payees[0]?.rules ?? [], { floorMinor: 10_001 }),
      [0],
    ],
    [
      'no more than a ledger entry can state',
      { valueMinor: 999_999_999_999_999 },
      on([{ kind: 'percent', role: null, rateBps: 100_000 }]),
      [999_999_999_999_999],
    ],
  ])('%s', (_what, fields, terms, amounts) => {
    const earned = targetOf({ ...deal, ...fields }, terms);
    expect(earned.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
  });

  it(
    'is what a plain computation comes to',
    () => {
      fc.assert(
        fc.property(cases, ([state, terms]) => {
          const expected = plainEarnings(plainDealOf(state), plainTermsOf(terms));
          expect(amountsOf(targetOf(state, terms))).toEqual(
            expected.map((each) => ({ ...each, amountMinor: Number(each.amountMinor) })),
          );
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'gives the same to each whatever the order of the payees and their terms',
    () => {
      const shuffled = cases.chain(([state, terms]) =>
        fc.record({
          state: fc.constant(state),
          terms: fc.constant(terms),
          splits: fc.shuffledSubarray(state.splits, { minLength: state.splits.length }),
          payees: fc.shuffledSubarray(terms.payees, { minLength: terms.payees.length }),
        }),
      );
      const inOrder = (earnings: readonly Earning[]) =>
        earnings.toSorted((a, b) =>
          `${a.uid}_${a.component}` < `${b.uid}_${b.component}` ? -1 : 1,
        );
      fc.assert(
        fc.property(shuffled, ({ state, terms, splits, payees }) => {
          expect(inOrder(targetOf({ ...state, splits }, { ...terms, payees }))).toEqual(
            inOrder(targetOf(state, terms)),
          );
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'credits what the deal is worth to its splits, no more and no less',
    () => {
      fc.assert(
        fc.property(cases, ([state, terms]) => {
          const credited = targetOf(state, terms).filter(({ component }) => component === 'split');
          const worth = BigInt(Math.max(0, state.valueMinor - state.refundedMinor));
          if (credited.length === 0) return;
          const isAll = credited.length === state.splits.length;
          const total = sum(credited.map(({ basisMinor }) => basisMinor));
          if (isAll) expect(total).toBe(worth);
          else expect(total <= worth).toBe(true);
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );
});

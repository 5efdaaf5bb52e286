import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earningDealsOf, termsFor } from '../../../../test/money-model/arbitraries.ts';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../../../../test/support/money-runs.ts';
import { completeEntry } from '../ledger/ledger.public.ts';
import { accounts, type LedgerEntry } from '../ledger/ledger.schema.ts';
import type { Terms } from '../plans/plans.schema.ts';
import { type EarningState, postingsOf, postingsToTarget } from './postings.ts';
import { targetOf } from './target.ts';

beforeAll(() => tellMoneySeed('postings'));

const postedAt = new Date('2026-03-01T00:00:00Z');
const causeOf = (version: number) => ({
  ...{ recordId: 'd', version, actor: 'ann', at: new Date(version * 1000) },
});

const values = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 10 ** 12 }));
const states: fc.Arbitrary<EarningState> = earningDealsOf(6, values)
  .chain((deal) => fc.tuple(fc.constant(deal), fc.option(termsFor(deal), { freq: 8 })))
  .map(([deal, terms]) => ({ deal: { ...deal, title: 'Website' }, terms: terms ?? undefined }));
/** What a deal goes through; the state before the first is that it is not there. */
const histories = fc.array(states, { minLength: 1, maxLength: 8 });
const nothing: EarningState = { deal: undefined, terms: undefined };

/** The ledger as Firestore keeps it: what is there already is not created again. */
type Ledger = Map<string, LedgerEntry>;

function post(ledger: Ledger, postings: ReturnType<typeof postingsOf>): void {
  for (const { id, entry } of postings) {
    expect(ledger.has(id)).toBe(false);
    const whole = completeEntry(entry);
    expect(accounts.reduce((sum, account) => sum + whole[account], 0)).toBe(0);
    ledger.set(id, whole);
  }
}

/** What each has earned, by what tiers and currencies are told apart by; nothing is left out. */
function sums(lines: readonly { key: string; amountMinor: number; basisMinor: number }[]) {
  const found = new Map<string, { amountMinor: number; basisMinor: number }>();
  for (const { key, amountMinor, basisMinor } of lines) {
    const known = found.get(key) ?? { amountMinor: 0, basisMinor: 0 };
    found.set(key, {
      amountMinor: known.amountMinor + amountMinor,
      basisMinor: known.basisMinor + basisMinor,
    });
  }
  return Object.fromEntries(
    [...found].filter(([, sum]) => sum.amountMinor !== 0 || sum.basisMinor !== 0).sort(),
  );
}

function keyOf(
  line: { currency: string; component: string | null; planKey: string | null },
  wonAt: Date | null | undefined,
  uid: string,
  isTiered: boolean,
): string {
  return [uid, line.component, line.currency, line.planKey, wonAt?.getTime(), isTiered].join(' ');
}

function posted(ledger: Ledger) {
  return sums(
    [...ledger.values()].map((entry) => ({
      key: keyOf(entry, entry.wonAt, entry.ownerId, entry.isTiered),
      amountMinor: -entry.expenseMinor,
      basisMinor: entry.basisMinor,
    })),
  );
}

/** What the state earns, and for which period it counts: that in which its own terms were won. */
function earned({ deal, terms }: EarningState) {
  return sums(
    targetOf(deal, terms).map((earning) => ({
      ...earning,
      key: keyOf(earning, terms?.wonAt, earning.uid, earning.hasTiers),
    })),
  );
}

const last = (history: readonly EarningState[]) => history.at(-1) ?? nothing;
const isWon = ({ deal }: EarningState) => deal?.stageKind === 'won' && deal.deletedAt === null;

describe('postingsOf', () => {
  it(
    'sums to the target of the latest state, whatever the order and number of deliveries',
    () => {
      const cases = histories.chain((history) => {
        const versions = history.map((_, index) => index + 1);
        const deliveries = versions.flatMap((version) => [version, version, version, version]);
        return fc.tuple(
          fc.constant(history),
          fc.shuffledSubarray(versions, { minLength: versions.length }),
          fc.shuffledSubarray(deliveries),
        );
      });
      fc.assert(
        fc.property(cases, ([history, first, again]) => {
          const ledger: Ledger = new Map();
          const events = new Set<number>();
          for (const version of [...first, ...again]) {
            if (events.has(version)) continue;
            events.add(version);
            const [before, after] = [history[version - 2], history[version - 1]];
            post(
              ledger,
              postingsOf(causeOf(version), before ?? nothing, after ?? nothing, postedAt),
            );
          }
          expect(posted(ledger)).toEqual(earned(last(history)));
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it(
    'nets to zero on every account of everybody when a win is taken back',
    () => {
      const cases = fc.tuple(
        states.filter(isWon),
        fc.constantFrom('lost' as const, 'open' as const, 'binned' as const, 'refunded' as const),
      );
      fc.assert(
        fc.property(cases, ([won, how]) => {
          const { deal, terms } = won;
          const undone: EarningState = {
            terms,
            deal: deal && {
              ...deal,
              ...(how === 'lost' || how === 'open' ? { stageKind: how } : {}),
              ...(how === 'binned' ? { deletedAt: postedAt } : {}),
              ...(how === 'refunded' ? { refundedMinor: deal.valueMinor } : {}),
            },
          };
          const ledger: Ledger = new Map();
          post(ledger, postingsOf(causeOf(1), nothing, won, postedAt));
          post(ledger, postingsOf(causeOf(2), won, undone, postedAt));
          const payees = new Map<string, number>();
          for (const entry of ledger.values()) {
            for (const account of accounts) {
              const key = `${entry.ownerId} ${entry.currency} ${account}`;
              payees.set(key, (payees.get(key) ?? 0) + entry[account]);
            }
          }
          expect([...payees.values()].filter((sum) => sum !== 0)).toEqual([]);
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it('posts nothing where nothing that is earned has changed', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(postingsOf(causeOf(2), state, state, postedAt)).toEqual([]);
      }),
      moneyRuns(500),
    );
  });
});

describe('postingsToTarget', () => {
  it(
    'makes up for any lost changes: amounts, and for which period and tiers they count',
    () => {
      const cases = histories.chain((history) => {
        const versions = history.map((_, index) => index + 1);
        return fc.tuple(
          fc.constant(history),
          fc.subarray(versions, { minLength: 1 }),
          fc.shuffledSubarray(versions, { minLength: versions.length }),
        );
      });
      fc.assert(
        fc.property(cases, ([history, lost, order]) => {
          const ledger: Ledger = new Map();
          for (const version of order.filter((each) => !lost.includes(each))) {
            const [before, after] = [history[version - 2], history[version - 1]];
            post(
              ledger,
              postingsOf(causeOf(version), before ?? nothing, after ?? nothing, postedAt),
            );
          }
          const newest = causeOf(Math.max(...lost));
          post(ledger, postingsToTarget(newest, last(history), [...ledger.values()], postedAt));
          expect(posted(ledger)).toEqual(earned(last(history)));
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );

  it('counts a deal that was won again for the period of its second win, though the reopening got lost', () => {
    const winOf = (wonAt: Date, dealVersion: number): EarningState => {
      const terms: Terms = {
        ...{ dealId: 'd', dealVersion, wonAt, overrides: [] },
        payees: [
          {
            ...{ uid: 'ann', teamId: null, planId: 'p', planName: 'Plan', planVersion: 1 },
            ...{ currency: 'USD', capMinor: null, floorMinor: null },
            rules: [
              {
                ...{ kind: 'tiers', role: null, mode: 'cliff' },
                tiers: [{ fromMinor: 0, rateBps: 1000 }],
              },
            ],
          },
        ],
      };
      const deal = {
        ...{ title: 'Website', valueMinor: 1000, refundedMinor: 0, currency: 'USD' },
        ...{ stageKind: 'won' as const, splits: [{ uid: 'ann', shareBps: 10_000 }] },
        ...{ termsId: `d_${dealVersion}`, deletedAt: null },
      };
      return { deal, terms };
    };
    const january = winOf(new Date('2026-01-15T00:00:00Z'), 1);
    const february = winOf(new Date('2026-02-15T00:00:00Z'), 3);
    const ledger: Ledger = new Map();
    post(ledger, postingsOf(causeOf(1), nothing, january, postedAt));
    post(ledger, postingsToTarget(causeOf(3), february, [...ledger.values()], postedAt));
    expect(posted(ledger)).toEqual(earned(february));
  });
});

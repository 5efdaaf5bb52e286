import fc from 'fast-check';
import type { EarningDeal } from '../../functions/src/modules/earnings/target.ts';
import type {
  PayeeTerms,
  PlanRule,
  Terms,
} from '../../functions/src/modules/plans/plans.schema.ts';

/** Of two, none and three digits after the point. */
const currencies = fc.constantFrom('USD', 'JPY', 'KWD');

const FULL_BPS = 10_000;
const roles = fc.constantFrom('closer', 'setter', 'referrer', 'the one who knew somebody');
const ratesBps = fc.oneof(
  fc.constantFrom(0, 1, 333, 1000, 10_000, 100_000),
  fc.integer({ min: 0, max: 100_000 }),
);
/** Small amounts, whose rounding shows, and the largest there are. */
export const amountsMinor = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 5_000_000 }),
  fc.constantFrom(0, 1, 999_999_999_999_999),
);

/** Shares of 1 to 50 people that sum to the whole: the whole cut at random places. */
function splitsOf(uids: readonly string[]): fc.Arbitrary<EarningDeal['splits']> {
  const cuts = fc.array(fc.integer({ min: 0, max: FULL_BPS }), {
    minLength: uids.length - 1,
    maxLength: uids.length - 1,
  });
  const named = fc.array(fc.option(roles, { nil: undefined }), {
    minLength: uids.length,
    maxLength: uids.length,
  });
  return fc.tuple(cuts, named).map(([places, roleOf]) => {
    const ends = [...places.toSorted((a, b) => a - b), FULL_BPS];
    return uids.map((uid, index) => {
      const shareBps = (ends[index] ?? 0) - (ends[index - 1] ?? 0);
      const role = roleOf[index];
      return { uid, shareBps, ...(role === undefined ? {} : { role }) };
    });
  });
}

/** A state of a deal, mostly won, with as many payees as that: mostly few. */
export function earningDealsOf(
  maxPayees: number,
  values: fc.Arbitrary<number> = amountsMinor,
): fc.Arbitrary<EarningDeal> {
  const people = fc
    .oneof(
      { weight: 3, arbitrary: fc.integer({ min: 1, max: Math.min(4, maxPayees) }) },
      fc.integer({ min: 1, max: maxPayees }),
    )
    .map((count) => Array.from({ length: count }, (_, index) => `u${index}`));
  return people.chain((uids) =>
    fc.record({
      valueMinor: values,
      refundedMinor: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, values),
      currency: currencies,
      stageKind: fc.constantFrom('won', 'won', 'won', 'won', 'open', 'lost'),
      splits: splitsOf(uids),
      termsId: fc.constant('d_2'),
      deletedAt: fc.constantFrom(null, null, null, null, new Date(0)),
    }),
  );
}

/** The same with 1 to 50 payees. */
export const earningDeals: fc.Arbitrary<EarningDeal> = earningDealsOf(50);

const rules: fc.Arbitrary<PlanRule> = fc.oneof(
  fc.record({
    kind: fc.constant('percent' as const),
    role: fc.option(roles, { freq: 2 }),
    rateBps: ratesBps,
  }),
  fc.record({
    kind: fc.constant('fixed' as const),
    role: fc.option(roles, { freq: 2 }),
    amountMinor: amountsMinor,
  }),
  fc.record({
    kind: fc.constant('tiers' as const),
    role: fc.option(roles, { freq: 2 }),
    mode: fc.constantFrom('marginal' as const, 'cliff' as const),
    tiers: fc.record({ fromMinor: fc.constant(0), rateBps: ratesBps }).map((tier) => [tier]),
  }),
);

function payeeTerms(uid: string, currency: string): fc.Arbitrary<PayeeTerms> {
  return fc.record({
    uid: fc.constant(uid),
    teamId: fc.constantFrom(null, 'east'),
    planId: fc.constantFrom('p', 'q'),
    planName: fc.constant('Plan'),
    planVersion: fc.integer({ min: 1, max: 2 }),
    currency: fc.constantFrom(null, currency, currency, currency, 'EUR'),
    rules: fc.array(rules, { minLength: 1, maxLength: 3 }),
    capMinor: fc.option(amountsMinor, { freq: 2 }),
    floorMinor: fc.option(fc.integer({ min: 0, max: 1000 }), { freq: 2 }),
  });
}

/** Terms for most of those with a part of a deal, and for up to three managers. */
export function termsFor({
  splits,
  currency,
}: Pick<EarningDeal, 'splits' | 'currency'>): fc.Arbitrary<Terms> {
  const payees = fc.tuple(...splits.map(({ uid }) => payeeTerms(uid, currency)));
  const overrides = fc.array(
    fc.record({
      uid: fc.constantFrom('u0', 'm1', 'm2'),
      teamId: fc.constantFrom(null, 'east'),
      planId: fc.constantFrom('p', 'q'),
      planName: fc.constant('Plan'),
      planVersion: fc.integer({ min: 1, max: 2 }),
      currency: fc.constantFrom(null, currency),
      rateBps: ratesBps,
    }),
    { maxLength: 3 },
  );
  return fc.record({
    dealId: fc.constant('d'),
    dealVersion: fc.integer({ min: 1, max: 9 }),
    wonAt: fc.constantFrom(new Date('2026-01-15T00:00:00Z'), new Date('2026-02-15T00:00:00Z')),
    payees: payees.chain((all) => fc.oneof(fc.constant(all), fc.subarray(all))),
    overrides: overrides.map((all) =>
      all.filter(({ uid }, index) => all.findIndex((other) => other.uid === uid) === index),
    ),
  });
}

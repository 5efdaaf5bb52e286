import fc from 'fast-check';
import type { PlainRule } from './plain-earnings.ts';

/** The payees: those in two teams and one in none. Managers have parts of deals too. */
export const REPS = ['rep1', 'rep2', 'rep3', 'rep4'] as const;
export const MANAGERS = ['boss1', 'boss2'] as const;
const PAYEES = [...REPS, ...MANAGERS];

export interface Part {
  readonly uid: string;
  readonly shareBps: number;
  readonly role?: string;
}

export interface NewTerms {
  readonly currency: string | null;
  readonly rules: readonly PlainRule[];
  readonly capMinor: number | null;
  readonly floorMinor: number | null;
  readonly assignment: {
    readonly everyone: boolean;
    readonly teamIds: readonly string[];
    readonly userIds: readonly string[];
  };
  /** From how many hours ago, and until in how many, it is in force. */
  readonly sinceHours: number;
  readonly untilHours: number | null;
}

/** How often the trigger of a command's change runs; 0 is lost. */
interface Fate {
  readonly deliveries: number;
}

/** One thing that somebody, or the platform, does. `deal` and `plan` count round those there are. */
export type Command =
  | ({ readonly do: 'create'; readonly owner: string; readonly value: Value } & Fate)
  | ({ readonly do: 'value'; readonly deal: number; readonly value: Value } & Fate)
  | ({ readonly do: 'move'; readonly deal: number; readonly to: 'open' | 'won' | 'lost' } & Fate)
  | ({ readonly do: 'split'; readonly deal: number; readonly splits: readonly Part[] } & Fate)
  | ({ readonly do: 'restate'; readonly deal: number; readonly splits: readonly Part[] } & Fate)
  | ({ readonly do: 'refund'; readonly deal: number; readonly refundedMinor: number } & Fate)
  | ({ readonly do: 'bin' | 'restore'; readonly deal: number } & Fate)
  | ({ readonly do: 'assign'; readonly deal: number; readonly owner: string } & Fate)
  | { readonly do: 'plan'; readonly terms: NewTerms }
  | { readonly do: 'version'; readonly plan: number; readonly terms: NewTerms }
  | { readonly do: 'archive'; readonly plan: number }
  | { readonly do: 'team'; readonly uid: string; readonly teamId: string | null }
  | { readonly do: 'deliver'; readonly count: number; readonly order: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'quiet'; readonly order: number }
  | {
      readonly do: 'dispute';
      readonly deal: number;
      /** Counts round those who earn, or have earned, on the deal. */
      readonly payee: number;
      readonly contestedMinor: number | null;
    }
  | {
      readonly do: 'resolve';
      readonly dispute: number;
      readonly how: 'reject' | 'withdraw' | 'uphold';
      readonly adjustmentMinor: number;
    }
  | { readonly do: 'close'; readonly order: number }
  | { readonly do: 'approve' | 'send' | 'pay' | 'void'; readonly payout: number }
  | {
      readonly do: 'settle';
      readonly payout: number;
      readonly how: 'paid' | 'failed' | 'returned';
      readonly partBps: number;
    };

interface Value {
  readonly amountMinor: number;
  readonly currency: string;
}

const nat = fc.nat({ max: 1000 });
const fate = { deliveries: fc.constantFrom(1, 1, 1, 2, 3, 4, 0) };
const value = fc.record({
  amountMinor: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 10_000_000 })),
  currency: fc.constantFrom('USD', 'USD', 'USD', 'JPY', 'KWD'),
});
const roles = fc.option(fc.constantFrom('closer', 'setter'), { nil: undefined });
const splits: fc.Arbitrary<readonly Part[]> = fc
  .uniqueArray(fc.constantFrom(...PAYEES), { minLength: 1, maxLength: 5 })
  .chain((uids) =>
    fc
      .record({
        cuts: fc.array(fc.integer({ min: 0, max: 10_000 }), {
          minLength: uids.length - 1,
          maxLength: uids.length - 1,
        }),
        roleOf: fc.array(roles, { minLength: uids.length, maxLength: uids.length }),
      })
      .map(({ cuts, roleOf }) => {
        const ends = [...cuts.toSorted((a, b) => a - b), 10_000];
        return uids.map((uid, index) => {
          const role = roleOf[index];
          const shareBps = (ends[index] ?? 0) - (ends[index - 1] ?? 0);
          return { uid, shareBps, ...(role === undefined ? {} : { role }) };
        });
      }),
  );

const rateBps = fc.oneof(
  fc.constantFrom(0, 333, 1000, 10_000),
  fc.integer({ min: 0, max: 20_000 }),
);
const ruleRole = fc.constantFrom(null, null, null, 'closer');
const percent = fc.record({ kind: fc.constant('percent' as const), role: ruleRole, rateBps });
const fixed = fc.record({
  kind: fc.constant('fixed' as const),
  role: ruleRole,
  amountMinor: fc.integer({ min: 0, max: 100_000 }),
});
const override = fc.record({ kind: fc.constant('override' as const), rateBps });
const tiers = fc.record({
  kind: fc.constant('tiers' as const),
  role: ruleRole,
  mode: fc.constantFrom('marginal' as const, 'cliff' as const),
  tiers: fc
    .tuple(rateBps, rateBps, fc.integer({ min: 1, max: 2_000_000 }))
    .map(([first, second, fromMinor]) => [
      { fromMinor: 0, rateBps: first },
      { fromMinor, rateBps: second },
    ]),
});

const bounds = fc.record({
  rules: fc.array(fc.oneof(percent, fixed, override), { minLength: 1, maxLength: 3 }),
  capMinor: fc.option(fc.integer({ min: 100, max: 500_000 })),
  floorMinor: fc.option(fc.integer({ min: 0, max: 100 })),
  currency: fc.constantFrom('USD', 'JPY'),
});
const free = fc.record({
  rules: fc.array(fc.oneof(percent, override), { minLength: 1, maxLength: 3 }),
  ...{ capMinor: fc.constant(null), floorMinor: fc.constant(null), currency: fc.constant(null) },
});
const tiered = fc.record({
  rules: fc
    .tuple(tiers, fc.option(fc.oneof(percent, fixed, override)))
    .map(([rule, other]) => (other === null ? [rule] : [rule, other])),
  ...{ capMinor: fc.constant(null), floorMinor: fc.constant(null), currency: fc.constant('USD') },
});
const terms: fc.Arbitrary<NewTerms> = fc
  .record({
    pay: fc.oneof({ weight: 3, arbitrary: free }, bounds, tiered),
    assignment: fc.constantFrom(
      { everyone: true, teamIds: [], userIds: [] },
      { everyone: true, teamIds: [], userIds: [] },
      { everyone: false, teamIds: ['east'], userIds: [] },
      { everyone: false, teamIds: [], userIds: ['rep1', 'boss1'] },
    ),
    sinceHours: fc.constantFrom(0, 0, 24 * 365, -2),
    untilHours: fc.constantFrom(null, null, null, 6),
  })
  .map(({ pay, ...rest }) => ({ ...pay, ...rest }));

const deals: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      owner: fc.constantFrom(...REPS),
      value,
      ...fate,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('value' as const), deal: nat, value, ...fate }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ do: fc.constant('move' as const), deal: nat, ...fate },
      to: fc.constantFrom('won' as const, 'won' as const, 'open' as const, 'lost' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('split' as const), deal: nat, splits, ...fate }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('restate' as const), deal: nat, splits, ...fate }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ do: fc.constant('refund' as const), deal: nat, ...fate },
      refundedMinor: fc.integer({ min: 0, max: 1_000_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constantFrom('bin' as const, 'restore' as const, 'restore' as const), deal: nat },
      ...fate,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{
        do: fc.constant('assign' as const),
        deal: nat,
        owner: fc.constantFrom(...REPS),
        ...fate,
      },
    }),
  },
);

const organisation: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('plan' as const), terms }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('version' as const), plan: nat, terms }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('archive' as const), plan: nat }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('team' as const),
      uid: fc.constantFrom(...REPS),
      teamId: fc.constantFrom('east', 'west', null),
    }),
  },
);

const platform: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 5 }), order: nat },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('quiet' as const), order: nat }) },
);

const money: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant('dispute' as const), deal: nat, payee: nat },
      contestedMinor: fc.option(fc.integer({ min: 0, max: 10_000 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant('resolve' as const), dispute: nat },
      how: fc.constantFrom('reject' as const, 'withdraw' as const, 'uphold' as const),
      adjustmentMinor: fc.integer({ min: -5000, max: 5000 }).filter((minor) => minor !== 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const), order: nat }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom<('approve' | 'send' | 'pay' | 'void')[]>(
        ...['approve' as const, 'approve' as const, 'send' as const, 'pay' as const],
        'void',
      ),
      payout: nat,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('settle' as const), payout: nat },
      how: fc.constantFrom(
        'paid' as const,
        'paid' as const,
        'failed' as const,
        'returned' as const,
      ),
      partBps: fc.integer({ min: 1, max: 10_000 }),
    }),
  },
);

const forEveryone = { everyone: true, teamIds: [], userIds: [] };
const since = { sinceHours: 24, untilHours: null, assignment: forEveryone };
const planForAll: NewTerms = {
  ...{ ...since, currency: null, capMinor: null, floorMinor: null },
  rules: [
    { kind: 'percent', role: null, rateBps: 1000 },
    { kind: 'override', rateBps: 200 },
  ],
};
/** One plan for everything, one with tiers, or one for each of two currencies. */
const firstPlans: fc.Arbitrary<readonly NewTerms[]> = fc.oneof(
  fc.constant([planForAll]),
  tiered.map((pay) => [{ ...pay, ...since }]),
  fc.tuple(bounds, bounds).map(([first, second]) => [
    { ...first, ...since, currency: 'USD' },
    { ...second, ...since, currency: 'JPY' },
  ]),
);
/** Where money is earned at once, there is more to do with it. */
const twoWins = fc
  .tuple(firstPlans, splits, splits, value, value)
  .map(([plans, first, second, ...values]): Command[] => [
    ...plans.map((each): Command => ({ do: 'plan', terms: each })),
    ...values.map((each): Command => ({ do: 'create', owner: 'rep1', value: each, deliveries: 1 })),
    { do: 'split', deal: 0, splits: first, deliveries: 1 },
    { do: 'split', deal: 1, splits: second, deliveries: 1 },
    { do: 'move', deal: 0, to: 'won', deliveries: 1 },
    { do: 'move', deal: 1, to: 'won', deliveries: 1 },
  ]);
const beginnings = fc.oneof(
  { weight: 4, arbitrary: twoWins },
  fc.constant<Command[]>([{ do: 'plan', terms: planForAll }]),
  fc.constant<Command[]>([]),
);

/** What follows a closing in life: the same payouts are approved, paid, and sometimes come back. */
const payday = fc
  .tuple(nat, nat, nat, fc.array(money, { maxLength: 3 }), fc.constantFrom('pay', 'send', 'send'))
  .map(([order, first, second, between, how]): Command[] => [
    { do: 'close', order },
    { do: 'approve', payout: first },
    { do: 'approve', payout: second },
    ...between,
    { do: how === 'pay' ? 'pay' : 'send', payout: first },
    { do: 'settle', payout: first, how: 'paid', partBps: 1 },
    { do: 'pay', payout: second },
  ]);
const chunks = fc.oneof(
  { weight: 10, arbitrary: deals.map((command) => [command]) },
  { weight: 2, arbitrary: organisation.map((command) => [command]) },
  { weight: 4, arbitrary: platform.map((command) => [command]) },
  { weight: 5, arbitrary: money.map((command) => [command]) },
  { weight: 1, arbitrary: payday },
);
const LONGEST = 60;
const listOf = (maxLength: number) => fc.array(chunks, { minLength: 1, maxLength, size: 'max' });

/** Up to 60 commands, most of them after deals that are won on a plan for everybody. */
export const sequences: fc.Arbitrary<readonly Command[]> = fc
  .tuple(beginnings, fc.oneof({ weight: 2, arbitrary: listOf(20) }, listOf(LONGEST)))
  .map(([beginning, rest]) => [...beginning, ...rest.flat()].slice(0, LONGEST));

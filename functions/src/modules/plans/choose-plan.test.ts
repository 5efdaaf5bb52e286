import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MONEY_TIMEOUT_MS, moneyRuns, tellMoneySeed } from '../../../../test/support/money-runs.ts';
import { choosePlan, inForce } from './choose-plan.ts';
import type { PlanRule, PlanVersion } from './plans.schema.ts';

beforeAll(() => tellMoneySeed('choosePlan'));

const percent: PlanRule = { kind: 'percent', role: null, rateBps: 1000 };
const override: PlanRule = { kind: 'override', rateBps: 200 };
const ruleSets: PlanRule[][] = [[percent], [override], [percent, override]];
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const everyone = { everyone: true, teamIds: [], userIds: [] };
const nobody = { everyone: false, teamIds: [], userIds: [] };

function version(fields: Partial<PlanVersion> = {}): PlanVersion {
  return {
    ...{ planId: 'p', planName: 'Plan', number: 1, currency: null, rules: [percent] },
    ...{ capMinor: null, floorMinor: null, assignment: everyone },
    ...{ effectiveFrom: day(1), effectiveTo: null, publishedAt: day(1), publishedBy: 'admin' },
    ...fields,
  };
}

const ann = { uid: 'ann', teamId: 'east' };
const usd = { kind: 'split', currency: 'USD' } as const;
const nameOf = (chosen: PlanVersion | undefined) => chosen && `${chosen.planId}${chosen.number}`;

describe('choosePlan', () => {
  const forAnn = version({ planId: 'ann', assignment: { ...nobody, userIds: ['ann'] } });
  const forEast = version({ planId: 'east', assignment: { ...nobody, teamIds: ['east'] } });
  const forAll = version({ planId: 'all', publishedAt: day(9) });

  it.each<[string, PlanVersion[], string | undefined]>([
    ['nothing where there is no plan', [], undefined],
    ['the plan for the person', [forAll, forEast, forAnn], 'ann1'],
    ['else that for the team', [forAll, forEast], 'east1'],
    ['else that for everybody', [forAll], 'all1'],
    ['nothing of a plan for others', [version({ assignment: nobody })], undefined],
    [
      'the one published last of two alike',
      [
        version({ planId: 'a', publishedAt: day(2) }),
        version({ planId: 'b', publishedAt: day(3) }),
      ],
      'b1',
    ],
    [
      'the first by name of two published at once',
      [version({ planId: 'b' }), version({ planId: 'a' })],
      'a1',
    ],
    ['no plan of managers', [version({ rules: [override] })], undefined],
    ['no plan before its time', [version({ effectiveFrom: day(11) })], undefined],
    ['a plan from its first instant', [version({ effectiveFrom: day(10) })], 'p1'],
    ['no plan from its end on', [version({ effectiveTo: day(10) })], undefined],
    ['the latest version', [version(), version({ number: 2 })], 'p2'],
    [
      'the version before until the next holds',
      [version(), version({ number: 2, effectiveFrom: day(11) })],
      'p1',
    ],
    [
      'an older version again when a passing one is over',
      [version(), version({ number: 2, effectiveTo: day(5) })],
      'p1',
    ],
    [
      'the plan for deals of this currency, though one of another was published later',
      [
        version({ planId: 'usd', currency: 'USD' }),
        version({ planId: 'eur', currency: 'EUR', publishedAt: day(3) }),
      ],
      'usd1',
    ],
  ])('takes %s', (_what, versions, name) => {
    expect(nameOf(choosePlan(versions, day(10), ann, usd))).toBe(name);
  });

  it('takes a manager’s plan by its rule for managers', () => {
    const versions = [version({ planId: 'reps' }), version({ planId: 'boss', rules: [override] })];
    const asked = { kind: 'override', currency: 'USD' } as const;
    expect(nameOf(choosePlan(versions, day(10), ann, asked))).toBe('boss1');
  });

  const versions = fc.uniqueArray(
    fc.record({
      planId: fc.constantFrom('a', 'b', 'c'),
      number: fc.integer({ min: 1, max: 3 }),
      currency: fc.constantFrom(null, 'USD', 'EUR'),
      rules: fc.constantFrom(...ruleSets),
      assignment: fc.record({
        everyone: fc.boolean(),
        teamIds: fc.subarray(['east', 'west']),
        userIds: fc.subarray(['ann', 'bob']),
      }),
      effectiveFrom: fc.integer({ min: 1, max: 20 }).map(day),
      effectiveTo: fc.option(fc.integer({ min: 1, max: 20 }).map(day)),
      publishedAt: fc.integer({ min: 1, max: 5 }).map(day),
    }),
    { selector: ({ planId, number }) => `${planId}${number}`, maxLength: 9 },
  );

  it(
    'takes the first that fits of a list in the order of the promise, whatever order they come in',
    () => {
      const cases = versions.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
      const rank = ({ assignment }: PlanVersion) =>
        [
          assignment.userIds.includes('ann'),
          assignment.teamIds.includes('east'),
          assignment.everyone,
        ].indexOf(true);
      fc.assert(
        fc.property(cases, ([fields, shuffled]) => {
          const all = fields.map(version);
          const fitting = inForce(all, day(10)).filter(
            (each) => rank(each) >= 0 && each.rules.includes(percent) && each.currency !== 'EUR',
          );
          const best = fitting.filter(
            (each) =>
              !fitting.some((other) => {
                if (rank(other) !== rank(each)) return rank(other) < rank(each);
                const later = other.publishedAt.getTime() - each.publishedAt.getTime();
                return later === 0 ? other.planId < each.planId : later > 0;
              }),
          );
          expect(best.length).toBeLessThanOrEqual(1);
          const chosen = choosePlan(shuffled.map(version), day(10), ann, usd);
          expect(nameOf(chosen)).toBe(nameOf(best[0]));
        }),
        moneyRuns(),
      );
    },
    MONEY_TIMEOUT_MS,
  );
});

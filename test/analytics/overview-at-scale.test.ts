import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { getOverview } from '../../functions/src/modules/analytics/overview.service.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, dealPath } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { ownSpan } from '../support/window.ts';

/** `npm run test:nightly` asks for 100,000. */
const DEALS = Number(process.env.OVERVIEW_DEALS ?? 2_000);
const TEAMS = Array.from({ length: 12 }, (_, index) => `team${index}`);
const STAGES = [
  { stageKey: 'LEAD', stageKind: 'open' },
  { stageKey: 'PROPOSAL', stageKind: 'open' },
  { stageKey: 'CLOSED_WON', stageKind: 'won' },
  { stageKey: 'CLOSED_LOST', stageKind: 'lost' },
] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;

jest.setTimeout(60 * 60 * 1000);

let org: Organisation;
let deals: Deal[];
const { at, ...span } = ownSpan();

/** The deal of a number: teams, stages, values and days that no two readers of the sum could guess alike. */
function dealNumber(n: number): Deal {
  const stage = STAGES[(n * 7) % STAGES.length] ?? STAGES[0];
  const owner = n % 3 === 0 ? org.rep : org.rep2;
  const closedAt = new Date(Date.UTC(2021, 0, 1, 12) + ((n * 13) % 2190) * DAY_MS);
  return dealOf(owner.principal, {
    ...stage,
    ...{ stageId: stage.stageKey, teamId: TEAMS[(n * 5) % TEAMS.length] ?? null },
    ...{ valueMinor: 100 + n * 17, currency: n % 10 === 0 ? 'EUR' : 'USD' },
    closedAt: stage.stageKind === 'open' ? null : closedAt,
    updatedAt: at(n % 60_000),
  });
}

beforeAll(async () => {
  org = await createOrganisation();
  deals = Array.from({ length: DEALS }, (_, n) => dealNumber(n));
  for (let start = 0; start < DEALS; start += BATCH) {
    const batch = firestore().batch();
    for (const deal of deals.slice(start, start + BATCH)) {
      batch.create(firestore().doc(dealPath(org.orgId, newId())), deal);
    }
    await batch.commit();
  }
  const pages = { ...span, limit: 100 };
  for (const roll of rollupKinds) await roll(startInvocation('rollup'), pages);
});

/** What the dashboard has to say of these deals, added up one by one. */
function byHand(visible: readonly Deal[], range: { startDate: string; endDate: string }) {
  const shown = visible.filter(({ closedAt }) => {
    const day = closedAt?.toISOString().slice(0, 10);
    return day === undefined || (day >= range.startDate && day <= range.endDate);
  });
  const stages = Map.groupBy(shown, ({ stageKey }) => stageKey ?? '');
  return Object.fromEntries(
    [...stages].map(([stage, inStage]) => {
      const dollars = inStage.filter(({ currency }) => currency === 'USD');
      const cents = dollars.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
      return [stage, { count: inStage.length, value: cents / 100 }];
    }),
  );
}

const ranges = [
  { startDate: '2021-01-01', endDate: '2026-12-31' },
  { startDate: '2023-02-11', endDate: '2024-07-30' },
  { startDate: '2025-05-05', endDate: '2025-05-05' },
];

describe(`the overview of ${DEALS} deals`, () => {
  const callers: readonly [
    string,
    (org: Organisation) => Principal,
    (deal: Deal, caller: Principal) => boolean,
  ][] = [
    ['an administrator', ({ admin }) => admin.principal, () => true],
    [
      'a manager of twelve teams',
      ({ manager }) => ({ ...manager.principal, managedTeamIds: TEAMS }),
      () => true,
    ],
    [
      'a manager of five teams',
      ({ manager }) => ({ ...manager.principal, managedTeamIds: TEAMS.slice(2, 7) }),
      ({ teamId }, { managedTeamIds }) => teamId !== null && managedTeamIds.includes(teamId),
    ],
    [
      'a rep',
      ({ rep }) => rep.principal,
      ({ participantIds }, { uid }) => participantIds.includes(uid),
    ],
  ];

  it.each(callers)('is exact for %s, and costs at most ten reads', async (_who, callerOf, sees) => {
    const caller = callerOf(org);
    const visible = deals.filter((deal) => sees(deal, caller));
    for (const range of ranges) {
      const ctx = contextOf(caller);
      const { charts } = await getOverview(ctx, range);
      const told = charts.dealsByStage.map(({ stage, count, value }) => [stage, { count, value }]);
      expect(Object.fromEntries(told)).toEqual(byHand(visible, range));
      expect(ctx.store.meter.reads).toBeLessThanOrEqual(10);
      expect(ctx.store.meter.roundTrips).toBe(2);
    }
  });
});

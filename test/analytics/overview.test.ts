import { beforeAll, describe, expect, it } from '@jest/globals';
import { rollupKinds } from '../../functions/src/app/rollup-kinds.ts';
import { getOverview } from '../../functions/src/modules/analytics/overview.service.ts';
import type { Span } from '../../functions/src/platform/changed-records.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { as } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, dealPath, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { ownSpan } from '../support/window.ts';

let org: Organisation;
let deals: { id: string }[];
const { at, ...span } = ownSpan();

async function rollUp(within: Span): Promise<void> {
  for (const roll of rollupKinds) await roll(startInvocation('rollup'), within);
}

const won = { stageKind: 'won', stageKey: 'CLOSED_WON', stageId: 'w' } as const;

beforeAll(async () => {
  org = await createOrganisation();
  const { rep, rep2 } = org;
  const closedAt = new Date('2026-03-04T23:30:00.000Z');
  const createdAt = new Date('2026-02-20T20:00:00.000Z');
  const may = { expectedCloseDate: new Date('2026-05-31'), probability: 50 };
  const stored = [
    dealOf(rep.principal, { ...may, valueMinor: 100, updatedAt: at(1) }),
    dealOf(rep.principal, { valueMinor: 250, currency: 'EUR', updatedAt: at(2) }),
    dealOf(rep.principal, { ...won, valueMinor: 1000, createdAt, closedAt, updatedAt: at(3) }),
    dealOf(rep2.principal, { ...won, valueMinor: 5000, closedAt, updatedAt: at(4) }),
  ];
  deals = await Promise.all(stored.map(async (deal) => ({ id: await storeDeal(org.orgId, deal) })));
  await rollUp(span);
});

const march = { startDate: '2026-03-01', endDate: '2026-03-31' };

describe('the overview', () => {
  it('shows an administrator the whole organisation, foreign currencies apart', async () => {
    const overview = await getOverview(contextOf(org.admin.principal), march);
    expect(overview.metrics).toMatchObject({
      activeDeals: 2,
      dealsValue: 1,
      dealsValueByCurrency: expect.arrayContaining([
        { currency: 'USD', amountMinor: 100 },
        { currency: 'EUR', amountMinor: 250 },
      ]),
    });
    expect(overview.charts.dealsByStage).toContainEqual(
      expect.objectContaining({ stage: 'CLOSED_WON', count: 2, value: 60 }),
    );
  });

  it('answers GET /api/analytics/overview as seed 001 documents it', async () => {
    const line = 'GET /api/analytics/overview?startDate=2026-03-01&endDate=2026-03-31';
    const { status, body } = await as(org.admin, line);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      metrics: {
        ...{ totalContacts: 0, newContactsThisMonth: 0, totalLeads: 0, newLeadsThisMonth: 0 },
        ...{ activeDeals: 2, dealsValue: 1, appointmentsScheduled: 0, messagesExchanged: 0 },
        ...{ campaignsSent: 0, callsMade: 0 },
      },
      charts: {
        contactsGrowth: [
          { date: '2026-03-01', count: 0 },
          { date: '2026-03-31', count: 0 },
        ],
        dealsByStage: [
          { stage: 'LEAD', count: 2, value: 1 },
          { stage: 'CLOSED_WON', count: 2, value: 60 },
        ],
      },
    });
  });

  it('shows a manager the managed teams and a rep their own deals', async () => {
    const east = await getOverview(contextOf(org.manager.principal), march);
    expect(east.charts.dealsByStage).toContainEqual(
      expect.objectContaining({ stage: 'CLOSED_WON', count: 1, value: 10 }),
    );
    const rep2 = await getOverview(contextOf(org.rep2.principal), march);
    expect(rep2.charts.dealsByStage).toEqual([
      expect.objectContaining({ stage: 'CLOSED_WON', count: 1, value: 50 }),
    ]);
  });

  it('has the forecast, what was closed by day with how long it took, and who won it', async () => {
    const { charts } = await getOverview(contextOf(org.admin.principal), march);
    expect(charts.forecast).toEqual([
      {
        ...{ month: '2026-05', count: 1 },
        valueByCurrency: [{ currency: 'USD', amountMinor: 100 }],
        weightedByCurrency: [{ currency: 'USD', amountMinor: 50 }],
      },
      expect.objectContaining({ month: null, count: 1 }),
    ]);
    expect(charts.closedByDay).toEqual([
      {
        ...{ date: '2026-03-04', stage: 'CLOSED_WON', count: 2, cycleDays: 12 },
        valueByCurrency: [{ currency: 'USD', amountMinor: 6000 }],
      },
    ]);
    const [dollars, most] = [{ currency: 'USD', amountMinor: 1000 }, 5000];
    expect(charts.leaderboard).toHaveLength(2);
    expect(charts.leaderboard).toEqual(
      expect.arrayContaining([
        { userId: org.rep.uid, count: 1, valueByCurrency: [dollars] },
        { userId: org.rep2.uid, count: 1, valueByCurrency: [{ ...dollars, amountMinor: most }] },
      ]),
    );
  });

  it('is of one team for those who oversee it, and for nobody else', async () => {
    const teamId = org.rep.principal.teamId ?? '';
    const foreign = org.rep2.principal.teamId ?? '';
    const ofTeam = await getOverview(contextOf(org.admin.principal), { ...march, teamId });
    expect(ofTeam.charts.leaderboard).toEqual([
      expect.objectContaining({ userId: org.rep.uid, count: 1 }),
    ]);
    expect(await getOverview(contextOf(org.manager.principal), { ...march, teamId })).toEqual(
      ofTeam,
    );
    const refused = { code: 'permission-denied', field: 'teamId' };
    for (const [by, asked] of [
      [org.manager, foreign],
      [org.rep, teamId],
    ] as const) {
      const query = { ...march, teamId: asked };
      await expect(getOverview(contextOf(by.principal), query)).rejects.toMatchObject(refused);
    }
  });

  it('compares a rep with nobody', async () => {
    const { charts } = await getOverview(contextOf(org.rep.principal), march);
    expect(charts.leaderboard).toEqual([]);
    expect(charts.closedByDay).toHaveLength(1);
  });

  it('counts closed deals in the range alone', async () => {
    const april = { startDate: '2026-03-05', endDate: '2026-04-30' };
    const overview = await getOverview(contextOf(org.rep2.principal), april);
    expect(overview.charts.dealsByStage).toEqual([]);
  });

  it('takes the last state of a deal, however often and in whatever order it is rolled up', async () => {
    const [first] = deals;
    const update = {
      ...won,
      version: 2,
      closedAt: new Date('2026-03-09'),
      updatedAt: at(9),
      valueMinor: 700,
    };
    await firestore()
      .doc(dealPath(org.orgId, first?.id ?? ''))
      .update(update);
    await Promise.allSettled([rollUp(span), rollUp(span), rollUp(span)]);
    await rollUp(span);
    await rollUp(span);

    const overview = await getOverview(contextOf(org.manager.principal), march);
    expect(overview.metrics).toMatchObject({ activeDeals: 1, dealsValue: 0 });
    expect(overview.charts.dealsByStage).toContainEqual(
      expect.objectContaining({ stage: 'CLOSED_WON', count: 2, value: 17 }),
    );
  });

  it('costs a handful of reads in two round trips, however many deals there are', async () => {
    const ctx = contextOf(org.admin.principal);
    await getOverview(ctx, march);
    expect(ctx.store.meter).toMatchObject({ reads: 4, writes: 0, roundTrips: 2 });
  });

  it('costs a manager of twelve teams at most ten reads, for six years too', async () => {
    const { orgId, manager } = await createOrganisation();
    const teamIds = Array.from({ length: 14 }, (_, index) => `team${index}`);
    const { at: instant, ...hour } = ownSpan();
    const closedAt = new Date('2026-03-04T12:00:00.000Z');
    for (const [index, teamId] of teamIds.entries()) {
      const deal = dealOf(manager.principal, { ...won, teamId, closedAt, valueMinor: 100 });
      await storeDeal(orgId, { ...deal, updatedAt: instant(index) });
    }
    await rollUp(hour);

    const managedTeamIds = teamIds.slice(0, 12);
    const ctx = contextOf({ ...manager.principal, managedTeamIds });
    const sixYears = { startDate: '2021-01-01', endDate: '2026-12-31' };
    const overview = await getOverview(ctx, sixYears);
    expect(overview.charts.dealsByStage).toEqual([
      expect.objectContaining({ stage: 'CLOSED_WON', count: 12, value: 12 }),
    ]);
    expect(ctx.store.meter.reads).toBeLessThanOrEqual(10);
    expect(ctx.store.meter.roundTrips).toBe(2);

    const all = contextOf({ ...manager.principal, managedTeamIds: teamIds });
    expect((await getOverview(all, march)).charts.dealsByStage).toEqual([
      expect.objectContaining({ count: 14, value: 14 }),
    ]);
    expect(all.store.meter.reads).toBe(5);
  });

  it.each([
    [{ startDate: '2026-02-02', endDate: '2026-02-01' }, 'endDate'],
    [{ startDate: '1999-01-01', endDate: '2026-01-01' }, 'startDate'],
  ])('refuses %j', async (range, field) => {
    await expect(getOverview(contextOf(org.admin.principal), range)).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    });
  });
});

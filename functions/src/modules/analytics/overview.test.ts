import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsSchema, yearSchema } from './analytics.schema.ts';
import { dealContribution, difference, personContribution, placeOf } from './contribution.ts';
import { drawOverview } from './overview.ts';

describe('difference', () => {
  it('turns one contribution into the other, whatever they are', () => {
    const contribution = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer());
    fc.assert(
      fc.property(contribution, contribution, (before, after) => {
        const sum: Record<string, number> = { ...before };
        for (const [key, amount] of Object.entries(difference(before, after))) {
          sum[key] = (sum[key] ?? 0) + amount;
        }
        for (const key of Object.keys(sum)) expect(sum[key]).toBe(after[key] ?? 0);
      }),
    );
  });
});

describe('dealContribution', () => {
  const deal = {
    ...{ ownerId: 'u1', teamId: 't1', userIds: ['u1', 'u2', 'u1'] },
    ...{ stage: 'LEAD', valueMinor: 505, currency: 'USD', probability: 30 },
    ...{ expectedCloseDate: new Date('2026-12-31T00:00:00.000Z'), closed: null },
  };

  it('counts an open deal once in the organisation, its team and each of its people', () => {
    const inScope = (scope: string) => ({
      [`${scope} open LEAD count`]: 1,
      [`${scope} open LEAD USD`]: 505,
      [`${scope} open LEAD weightedUSD`]: 152,
      [`${scope} forecast 2026-12 count`]: 1,
      [`${scope} forecast 2026-12 USD`]: 505,
      [`${scope} forecast 2026-12 weightedUSD`]: 152,
    });
    expect(dealContribution(deal)).toEqual({
      ...{ ...inScope('org'), ...inScope('team_t1') },
      ...{ ...inScope('user_u1'), ...inScope('user_u2') },
    });
  });

  it.each([
    [null, 'none'],
    [new Date('0001-01-01T00:00:00.000Z'), '2000-01'],
    [new Date('9999-12-31T00:00:00.000Z'), '2099-12'],
  ])('expects a deal of %p in the month %s', (expectedCloseDate, month) => {
    const contribution = dealContribution({ ...deal, expectedCloseDate });
    expect(contribution).toMatchObject({ [`org forecast ${month} count`]: 1 });
  });

  const closed = { on: '2026-02-01', isWon: true, afterDays: 12 };

  it('counts a closed deal on its day, and a won one for its owner in its month', () => {
    const contribution = dealContribution({ ...deal, teamId: null, closed, userIds: ['u2'] });
    expect(Object.entries(contribution).map(([key, n]) => [placeOf(key, () => 0), n])).toEqual(
      [
        ['org_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'count'], 1],
        ['org_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'USD'], 505],
        ['org_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'cycleDays'], 12],
        ['org_2026', ['people', 'u1', '2026-02', 'count'], 1],
        ['org_2026', ['people', 'u1', '2026-02', 'USD'], 505],
        ['user_u2_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'count'], 1],
        ['user_u2_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'USD'], 505],
        ['user_u2_2026', ['days', '2026-02-01', 'closed', 'LEAD', 'cycleDays'], 12],
      ].map(([documentId, path, n]) => [{ documentId, path }, n]),
    );
  });

  it('leaves a lost deal out of what its owner won', () => {
    const lost = { ...deal, closed: { ...closed, isWon: false } };
    expect(Object.keys(dealContribution(lost)).filter((key) => key.includes('people'))).toEqual([]);
  });
});

describe('placeOf', () => {
  it('puts what there is now of all teams into one document', () => {
    expect(placeOf('team_a_2026 open LEAD count', () => 3)).toEqual({
      documentId: 'teams',
      path: ['byTeam', 'a_2026', 'open', 'LEAD', 'count'],
    });
  });

  it('puts the people of a team beside its days', () => {
    expect(placeOf('team_a_2025 people u1 2025-12 count', () => 3)).toEqual({
      documentId: 'teams3_2025',
      path: ['byTeam', 'a', 'people', 'u1', '2025-12', 'count'],
    });
  });

  it('puts the days of a team into the document of its group and year', () => {
    expect(placeOf('team_a_2026_2025 days 2025-12-31 leads', () => 3)).toEqual({
      documentId: 'teams3_2025',
      path: ['byTeam', 'a_2026', 'days', '2025-12-31', 'leads'],
    });
  });
});

describe('personContribution', () => {
  it('counts a contact in total, in its year and on its day', () => {
    const contact = { teamId: null, userIds: [], createdOn: '2025-12-31' };
    expect(personContribution('contacts', contact)).toEqual({
      'org contacts': 1,
      'org contactsByYear 2025': 1,
      'org_2025 days 2025-12-31 contacts': 1,
    });
  });
});

describe('drawOverview', () => {
  const range = {
    currency: 'USD',
    startDate: '2026-01-10',
    endDate: '2026-02-10',
    today: '2026-02-20',
  };
  const totals = totalsSchema.parse({
    contacts: 9,
    contactsByYear: { 2024: 2, 2026: 7 },
    open: {
      LEAD: { count: 2, USD: 1050, JPY: 7, weightedUSD: 105, weightedJPY: 1 },
      PROPOSAL: { count: 0, USD: 0, weightedUSD: 0 },
    },
    forecast: {
      none: { count: 1, JPY: 7, weightedJPY: 1 },
      '2026-03': { count: 1, USD: 1050, weightedUSD: 105 },
      '2026-01': { count: 0, USD: 0 },
    },
  });
  const year = yearSchema.parse({
    days: {
      '2026-01-02': { contacts: 3 },
      '2026-01-20': {
        contacts: 1,
        calls: 4,
        closed: { CLOSED_WON: { count: 1, USD: 20_000, cycleDays: 9 } },
      },
      '2026-02-15': { contacts: 3, leads: 5, closed: { CLOSED_WON: { count: 8, USD: 1 } } },
    },
    people: {
      ben: { '2026-01': { count: 1, USD: 100 }, '2026-02': { count: 1, EUR: 5 } },
      ada: { '2026-02': { count: 3, USD: 30 }, '2026-03': { count: 9, USD: 90 } },
      cy: { '2026-03': { count: 1, USD: 1 } },
    },
  });
  const overview = drawOverview({ ...range, totals, years: new Map([['2026', year]]) });

  it('counts open deals as of now and closed ones within the range', () => {
    expect(overview.charts.dealsByStage).toEqual([
      {
        stage: 'LEAD',
        count: 2,
        value: 10.5,
        valueByCurrency: [
          { currency: 'USD', amountMinor: 1050 },
          { currency: 'JPY', amountMinor: 7 },
        ],
      },
      {
        stage: 'CLOSED_WON',
        count: 1,
        value: 200,
        valueByCurrency: [{ currency: 'USD', amountMinor: 20_000 }],
      },
    ]);
    expect(overview.metrics).toMatchObject({ activeDeals: 2, dealsValue: 10.5, callsMade: 4 });
  });

  it('lets contacts grow from all that came before the range', () => {
    expect(overview.charts.contactsGrowth).toEqual([
      { date: '2026-01-10', count: 5 },
      { date: '2026-01-20', count: 6 },
      { date: '2026-02-10', count: 6 },
    ]);
    expect(overview.metrics).toMatchObject({ newContactsThisMonth: 3, newLeadsThisMonth: 5 });
  });

  it('has what is open by stage and by month, weighted too', () => {
    const dollars = {
      valueByCurrency: [{ currency: 'USD', amountMinor: 1050 }],
      weightedByCurrency: [{ currency: 'USD', amountMinor: 105 }],
    };
    const yen = {
      valueByCurrency: [{ currency: 'JPY', amountMinor: 7 }],
      weightedByCurrency: [{ currency: 'JPY', amountMinor: 1 }],
    };
    expect(overview.charts.forecast).toEqual([
      { month: '2026-03', count: 1, ...dollars },
      { month: null, count: 1, ...yen },
    ]);
    expect(overview.charts.pipeline).toEqual([
      {
        ...{ stage: 'LEAD', count: 2 },
        valueByCurrency: [...dollars.valueByCurrency, ...yen.valueByCurrency],
        weightedByCurrency: [...dollars.weightedByCurrency, ...yen.weightedByCurrency],
      },
    ]);
  });

  it('has what was closed in the range by day, and by owner in its months', () => {
    expect(overview.charts.closedByDay).toEqual([
      {
        ...{ date: '2026-01-20', stage: 'CLOSED_WON', count: 1, cycleDays: 9 },
        valueByCurrency: [{ currency: 'USD', amountMinor: 20_000 }],
      },
    ]);
    expect(overview.charts.leaderboard).toEqual([
      { userId: 'ada', count: 3, valueByCurrency: [{ currency: 'USD', amountMinor: 30 }] },
      {
        ...{ userId: 'ben', count: 2 },
        valueByCurrency: [
          { currency: 'USD', amountMinor: 100 },
          { currency: 'EUR', amountMinor: 5 },
        ],
      },
    ]);
  });
});

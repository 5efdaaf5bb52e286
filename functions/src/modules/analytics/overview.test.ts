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
    teamId: 't1',
    userIds: ['u1', 'u2', 'u1'],
    stage: 'LEAD',
    valueMinor: 500,
    currency: 'USD',
  };

  it('counts an open deal once in the organisation, its team and each of its people', () => {
    expect(dealContribution({ ...deal, closedOn: null })).toEqual({
      'org open LEAD count': 1,
      'org open LEAD USD': 500,
      'team_t1 open LEAD count': 1,
      'team_t1 open LEAD USD': 500,
      'user_u1 open LEAD count': 1,
      'user_u1 open LEAD USD': 500,
      'user_u2 open LEAD count': 1,
      'user_u2 open LEAD USD': 500,
    });
  });

  it('counts a closed deal on its day', () => {
    const contribution = dealContribution({
      ...deal,
      teamId: null,
      userIds: [],
      closedOn: '2026-02-01',
    });
    expect(Object.keys(contribution).map((key) => placeOf(key, () => 0))).toEqual([
      { documentId: 'org_2026', path: ['days', '2026-02-01', 'closed', 'LEAD', 'count'] },
      { documentId: 'org_2026', path: ['days', '2026-02-01', 'closed', 'LEAD', 'USD'] },
    ]);
  });
});

describe('placeOf', () => {
  it('puts what there is now of all teams into one document', () => {
    expect(placeOf('team_a_2026 open LEAD count', () => 3)).toEqual({
      documentId: 'teams',
      path: ['byTeam', 'a_2026', 'open', 'LEAD', 'count'],
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
    open: { LEAD: { count: 2, USD: 1050, JPY: 7 }, PROPOSAL: { count: 0, USD: 0 } },
  });
  const year = yearSchema.parse({
    days: {
      '2026-01-02': { contacts: 3 },
      '2026-01-20': { contacts: 1, calls: 4, closed: { CLOSED_WON: { count: 1, USD: 20_000 } } },
      '2026-02-15': { contacts: 3, leads: 5, closed: { CLOSED_WON: { count: 8, USD: 1 } } },
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
});

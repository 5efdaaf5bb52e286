import { describe, expect, it } from '@jest/globals';
import type { Dashboard } from '../../data/analytics.ts';
import {
  closedOf,
  closedTotalOf,
  currenciesOf,
  forecastOf,
  pipelineOf,
  type StageLook,
  spansOf,
} from './figures.ts';

const stage = (name: string, kind: StageLook['kind'], sortOrder: number): StageLook => ({
  ...{ id: name, name, kind, sortOrder, colour: 'blue', systemKey: null },
});
const stages: readonly StageLook[] = [
  stage('Talks', 'open', 1),
  { ...stage('New', 'open', 0), systemKey: 'LEAD' },
  stage('Signed', 'won', 2),
  stage('Gone', 'lost', 3),
];
const usd = (amountMinor: number) => [{ currency: 'USD', amountMinor }];
const eur = (amountMinor: number) => [{ currency: 'EUR', amountMinor }];

const dashboard: Dashboard = {
  ...{ startDate: '2026-03-01', endDate: '2026-03-03', timeZone: 'UTC' },
  ...{ currency: 'USD', asOf: null },
  charts: {
    pipeline: [
      {
        ...{ stage: 'LEAD', count: 3 },
        valueByCurrency: [...usd(500), ...eur(70)],
        weightedByCurrency: [...usd(50), ...eur(7)],
      },
    ],
    forecast: [
      { month: null, count: 1, valueByCurrency: usd(1), weightedByCurrency: usd(1) },
      { month: '2026-02', count: 2, valueByCurrency: usd(200), weightedByCurrency: usd(20) },
    ],
    closedByDay: [
      { date: '2026-03-01', stage: 'Signed', count: 2, cycleDays: 9, valueByCurrency: usd(900) },
      { date: '2026-03-01', stage: 'Gone', count: 1, cycleDays: 50, valueByCurrency: usd(5) },
      { date: '2026-03-03', stage: 'Signed', count: 1, cycleDays: 6, valueByCurrency: eur(80) },
      { date: '2026-03-03', stage: 'deleted', count: 9, cycleDays: 9, valueByCurrency: usd(9) },
    ],
    leaderboard: [
      { userId: 'u', count: 1, valueByCurrency: [{ currency: 'CHF', amountMinor: 1 }] },
    ],
  },
};

describe('the figures', () => {
  it('know their currencies, the own one first, and never add two', () => {
    expect(currenciesOf(dashboard)).toEqual(['USD', 'CHF', 'EUR']);
    expect(pipelineOf(dashboard, stages, 'EUR')[0]).toMatchObject({
      ...{ valueMinor: 70, weightedMinor: 7 },
    });
  });

  it('have every open stage in its order', () => {
    expect(pipelineOf(dashboard, stages, 'USD')).toEqual([
      { stage: 'New', colour: 'blue', count: 3, valueMinor: 500, weightedMinor: 50 },
      { stage: 'Talks', colour: 'blue', count: 0, valueMinor: 0, weightedMinor: 0 },
    ]);
  });

  it('forecast by month, those without a date last', () => {
    expect(forecastOf(dashboard, 'USD', '2026-03-02')).toEqual([
      { month: '2026-02', isPast: true, count: 2, valueMinor: 200, weightedMinor: 20 },
      { month: undefined, isPast: false, count: 1, valueMinor: 1, weightedMinor: 1 },
    ]);
  });

  it('have what was closed by day, and all together', () => {
    expect(closedOf(dashboard, stages, 'USD')).toEqual([
      { from: '2026-03-01', to: '2026-03-01', won: 2, lost: 1, wonMinor: 900 },
      { from: '2026-03-02', to: '2026-03-02', won: 0, lost: 0, wonMinor: 0 },
      { from: '2026-03-03', to: '2026-03-03', won: 1, lost: 0, wonMinor: 0 },
    ]);
    expect(closedTotalOf(dashboard, stages, 'USD')).toEqual({
      ...{ won: 3, lost: 1, wonMinor: 900, winRate: 0.75, cycleDays: 5 },
    });
  });

  it('say nothing of what was not', () => {
    const none = { ...dashboard, charts: { ...dashboard.charts, closedByDay: [] } };
    expect(closedTotalOf(none, stages, 'USD')).toMatchObject({
      ...{ won: 0, winRate: undefined, cycleDays: undefined },
    });
  });
});

describe('spansOf', () => {
  it.each([
    ['2026-03-01', '2026-03-31', 31, '2026-03-01', '2026-03-31'],
    ['2026-03-01', '2026-04-01', 5, '2026-03-07', '2026-04-01'],
    ['2026-01-15', '2026-12-31', 12, '2026-01-31', '2026-12-31'],
  ])('from %s to %s has %i spans', (from, to, count, firstEnd, end) => {
    const spans = spansOf(from, to);
    expect(spans).toHaveLength(count);
    expect(spans[0]?.from).toBe(from);
    expect(spans.at(-1)?.to).toBe(end);
    if (count !== 31) expect(spans[0]?.to).toBe(firstEnd);
  });
});

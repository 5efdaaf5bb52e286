import { describe, expect, it } from '@jest/globals';
import { buildDeal, buildStage } from './deal-fixtures.ts';
import { groupDeals, totalsOf, weightedTotalsOf } from './group-deals.ts';

const lead = buildStage();
const won = buildStage({ id: 'won', name: 'Won', kind: 'won', systemKey: 'CLOSED_WON' });

describe('groupDeals', () => {
  it('keeps the order of the stages and shows empty ones', () => {
    const columns = groupDeals([lead, won], [buildDeal({ stageId: 'won' })]);
    expect(columns.map((column) => [column.id, column.deals.length])).toEqual([
      ['intake', 0],
      ['won', 1],
    ]);
  });

  it('puts the latest change first', () => {
    const [column] = groupDeals(
      [lead],
      [
        buildDeal({ id: 'older', updatedAt: new Date('2026-01-01') }),
        buildDeal({ id: 'newer', updatedAt: new Date('2026-01-02') }),
      ],
    );
    expect(column?.deals.map((deal) => deal.id)).toEqual(['newer', 'older']);
  });

  it('loses no deal whose stage is not listed', () => {
    const columns = groupDeals([lead], [buildDeal({ stageId: 'removed' })]);
    expect(columns.at(-1)).toMatchObject({ stage: undefined, deals: [{ id: 'deal-1' }] });
  });
});

describe('totalsOf', () => {
  it('adds up within a currency only', () => {
    const deals = [
      { currency: 'USD', valueMinor: 100 },
      { currency: 'EUR', valueMinor: 7 },
      { currency: 'USD', valueMinor: 250 },
    ];
    expect(totalsOf(deals)).toEqual([
      { currency: 'EUR', minor: 7 },
      { currency: 'USD', minor: 350 },
    ]);
  });

  it('has no total without deals', () => {
    expect(totalsOf([])).toEqual([]);
  });
});

describe('weightedTotalsOf', () => {
  it('weighs each deal by its probability and rounds the sum', () => {
    const deals = [
      { currency: 'USD', valueMinor: 101, probability: 50 },
      { currency: 'USD', valueMinor: 33, probability: 10 },
      { currency: 'JPY', valueMinor: 1000, probability: 100 },
      { currency: 'EUR', valueMinor: 9, probability: 0 },
    ];
    expect(weightedTotalsOf(deals)).toEqual([
      { currency: 'EUR', minor: 0 },
      { currency: 'JPY', minor: 1000 },
      { currency: 'USD', minor: 54 },
    ]);
  });
});

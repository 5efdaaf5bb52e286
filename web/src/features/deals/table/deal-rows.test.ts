import { describe, expect, it } from '@jest/globals';
import { buildDeal, buildStage } from '../deal-fixtures.ts';
import { compareAmounts, compareTexts, dealRows } from './deal-rows.ts';

describe('the rows of the table', () => {
  it('name what a deal refers to, as far as it is known', () => {
    const stages = [buildStage(), buildStage({ id: 'won', name: 'Won' })];
    const shown = [
      buildDeal({ id: 'a', stageId: 'won', companyId: 'acme' }),
      buildDeal({ id: 'b', stageId: 'gone', companyId: 'other' }),
    ];
    const rows = dealRows({ shown, stages, people: new Map() }, new Map([['acme', 'Acme']]));
    expect(rows).toEqual([
      {
        ...{ deal: shown[0], stageName: 'Won', stageOrder: 1 },
        ...{ ownerName: undefined, companyName: 'Acme' },
      },
      {
        ...{ deal: shown[1], stageName: undefined, stageOrder: 2 },
        ...{ ownerName: undefined, companyName: undefined },
      },
    ]);
  });

  it('sort amounts within their currency', () => {
    const amounts = [
      { currency: 'USD', valueMinor: 5 },
      { currency: 'EUR', valueMinor: 900 },
      { currency: 'USD', valueMinor: 3 },
    ];
    expect(amounts.toSorted(compareAmounts).map(({ valueMinor }) => valueMinor)).toEqual([
      900, 3, 5,
    ]);
  });

  it('sort names as people do', () => {
    const names = ['Zoo', 'deal 10', 'Deal 9', 'ärger'];
    expect(names.toSorted(compareTexts)).toEqual(['ärger', 'Deal 9', 'deal 10', 'Zoo']);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dealOf } from '../../../../test/support/deals.ts';
import { dealEventTypes, nameDealChanges } from './deals.events.ts';
import type { Deal } from './deals.schema.ts';

const dealWith = (fields: Partial<Deal> = {}) =>
  dealOf({ uid: 'a', teamId: null }, { stageId: 's1', ...fields });

const open = dealWith();
const won = dealWith({ stageId: 'won', stageKind: 'won' });
const lost = dealWith({ stageId: 'lost', stageKind: 'lost' });

describe('nameDealChanges', () => {
  it.each<[string, Deal | undefined, Deal, string[]]>([
    ['an open deal appears', undefined, open, ['deal.created']],
    ['a won deal appears', undefined, won, ['deal.created', 'deal.won']],
    ['a lost deal appears', undefined, lost, ['deal.created', 'deal.lost']],
    ['it is won', open, won, ['deal.won', 'deal.stage_changed']],
    ['it is lost', open, lost, ['deal.lost', 'deal.stage_changed']],
    ['won becomes lost', won, lost, ['deal.lost', 'deal.stage_changed']],
    ['lost becomes won', lost, won, ['deal.won', 'deal.stage_changed']],
    ['won is re-opened', won, open, ['deal.reopened', 'deal.stage_changed']],
    ['lost is re-opened', lost, open, ['deal.reopened', 'deal.stage_changed']],
    ['it moves on', open, dealWith({ stageId: 's2' }), ['deal.stage_changed']],
    ['it is worth more', open, dealWith({ valueMinor: 200 }), ['deal.value_changed']],
    ['it is worth other money', open, dealWith({ currency: 'EUR' }), ['deal.value_changed']],
    ['somebody else takes it', open, dealWith({ ownerId: 'b' }), ['deal.reassigned']],
    ['it is tagged', open, dealWith({ tags: ['VIP'] }), ['deal.tag_added']],
    ['a tag is taken off', dealWith({ tags: ['VIP'] }), open, ['deal.tag_removed']],
    [
      'its tags are others',
      dealWith({ tags: ['VIP'] }),
      dealWith({ tags: ['Cold'] }),
      ['deal.tag_added', 'deal.tag_removed'],
    ],
    ['its title changes', open, dealWith({ title: 'B' }), ['deal.updated']],
    ['only the probability changes', open, dealWith({ probability: 20 }), ['deal.updated']],
    ['nothing but the version changes', open, dealWith({ version: 2 }), ['deal.updated']],
    [
      'everything changes at once',
      open,
      { ...won, valueMinor: 1, ownerId: 'b', title: 'B' },
      ['deal.won', 'deal.stage_changed', 'deal.value_changed', 'deal.reassigned'],
    ],
  ])('when %s', (_what, before, after, names) => {
    expect(nameDealChanges(before, after)).toEqual(names);
  });

  it('always finds a name from the list, each once, in the order of the list', () => {
    const deals = fc.record({
      stageId: fc.constantFrom('s1', 's2'),
      stageKind: fc.constantFrom('open' as const, 'won' as const, 'lost' as const),
      valueMinor: fc.integer({ min: 0, max: 2 }),
      ownerId: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(fc.option(deals, { nil: undefined }), deals, (before, after) => {
        const names = nameDealChanges(before && dealWith(before), dealWith(after));
        expect(names.length).toBeGreaterThan(0);
        expect(names).toEqual(dealEventTypes.filter((type) => names.includes(type)));
      }),
    );
  });
});

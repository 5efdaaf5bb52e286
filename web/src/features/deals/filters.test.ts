import { describe, expect, it } from '@jest/globals';
import type { DealFilters } from '@splitline/functions/contracts';
import { buildDeal } from './deal-fixtures.ts';
import { countFilters, filterDeals, readView, writeView } from './filters.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const deals = [
  buildDeal({ id: 'small', ownerId: 'ada', valueMinor: 5_000, tags: ['web'] }),
  buildDeal({ id: 'large', ownerId: 'ben', valueMinor: 900_000, teamId: 'east' }),
  buildDeal({ id: 'euro', ownerId: 'ada', valueMinor: 900_000, currency: 'EUR' }),
  buildDeal({ id: 'spring', ownerId: 'ben', expectedCloseDate: day('2030-03-31'), title: 'Café' }),
];
const names = new Map([
  ['ada', 'Ada Adler'],
  ['ben', 'Ben Bär'],
]);

function idsOf(filters: DealFilters): string[] {
  const looking = { ownId: 'ben', nameOf: (uid: string) => names.get(uid) };
  return filterDeals(deals, filters, looking).map(({ id }) => id);
}

describe('filterDeals', () => {
  it.each<[string, DealFilters, string[]]>([
    ['an owner', { ownerId: 'ada' }, ['small', 'euro']],
    ['whoever looks', { ownerId: 'me' }, ['large', 'spring']],
    ['a team', { teamId: 'east' }, ['large']],
    ['a tag', { tag: 'web' }, ['small']],
    ['amounts of one currency', { currency: 'USD', minMinor: 900_000 }, ['large', 'spring']],
    ['amounts up to one, itself included', { currency: 'USD', maxMinor: 5_000 }, ['small']],
    ['the last day of a range', { closeTo: '2030-03-31' }, ['spring']],
    ['the first day of a range', { closeFrom: '2030-04-01' }, []],
    ['words of title and owner, accents aside', { text: 'bar cafe' }, ['spring']],
    ['all of several', { ownerId: 'ben', currency: 'USD', maxMinor: 950_000 }, ['large']],
  ])('keeps %s', (_what, filters, ids) => {
    expect(idsOf(filters)).toEqual(ids);
  });

  it('leaves the list as it is without filters', () => {
    const looking = { ownId: 'ada', nameOf: () => undefined };
    expect(filterDeals(deals, {}, looking)).toBe(deals);
  });
});

describe('the address of a view', () => {
  it('says all of it, and is read as what it says', () => {
    const view = {
      layout: 'table',
      filters: {
        ...{ ownerId: 'me', teamId: 'east', tag: 'very important', text: 'a & b' },
        ...{ currency: 'USD', minMinor: 0, maxMinor: 100 },
        ...{ closeFrom: '2030-01-01', closeTo: '2030-12-31' },
      },
      sorting: { field: 'value', order: 'desc' },
      savedId: 'v1',
    } as const;
    expect(readView(new URLSearchParams(writeView(view)))).toEqual(view);
    expect(countFilters(view.filters)).toBe(6);
  });

  it('is empty for the whole board', () => {
    const whole = readView(new URLSearchParams());
    expect(whole).toEqual({
      ...{ layout: 'board', filters: {}, sorting: undefined, savedId: undefined },
    });
    expect(writeView(whole)).toBe('');
  });

  it.each(['min=5', 'currency=gold', 'from=tomorrow', 'owner=a/b', 'sort=mood', 'q=', 'min=abc'])(
    '%s means nothing',
    (text) => {
      const { filters, sorting } = readView(new URLSearchParams(text));
      expect({ filters, sorting }).toEqual({ filters: {}, sorting: undefined });
    },
  );
});

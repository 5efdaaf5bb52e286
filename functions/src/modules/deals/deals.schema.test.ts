import { describe, expect, it } from '@jest/globals';
import { daySchema, listDealsSchema, moveDealSchema, newDealSchema } from './deals.schema.ts';

describe('daySchema', () => {
  it.each([
    ['2026-02-01', '2026-02-01'],
    ['2028-02-29', '2028-02-29'],
    ['2026-02-01T23:59:59Z', '2026-02-01'],
    ['2026-02-01T23:30:00-02:00', '2026-02-02'],
    ['2026-02-01T00:30:00+02:00', '2026-01-31'],
  ])('%s is the UTC day %s', (text, day) => {
    expect(daySchema.parse(text)).toEqual(new Date(`${day}T00:00:00.000Z`));
  });

  it.each([
    '',
    '2026-2-1',
    '2026-02-30',
    '2027-02-29',
    '2026-02-30T00:00:00Z',
    '2026-02-01T24:00:00Z',
    '2026-02-01T00:00:00',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    'tomorrow',
    20260201,
    null,
  ])('refuses %j', (text) => {
    expect(daySchema.safeParse(text).success).toBe(false);
  });
});

describe('newDealSchema', () => {
  const least = { title: 'Website Redesign', value: { amountMajor: 15_000 } };

  it('needs a title and a value alone', () => {
    expect(newDealSchema.parse(least)).toEqual(least);
  });

  it.each([
    ['both units at once', { ...least, value: { amountMajor: 1, amountMinor: 100 } }],
    ['no amount', { ...least, value: { currency: 'USD' } }],
    ['a bare number', { ...least, value: 15_000 }],
    ['half a minor unit', { ...least, value: { amountMinor: 0.5 } }],
    ['a negative amount', { ...least, value: { amountMajor: -1 } }],
    ['a version', { ...least, version: 1 }],
    ['an organisation', { ...least, orgId: 'a' }],
    ['a path for a stage', { ...least, stage: 'a/b' }],
    ['more than certainty', { ...least, probability: 101 }],
  ])('refuses %s', (_what, input) => {
    expect(newDealSchema.safeParse(input).success).toBe(false);
  });
});

describe('moveDealSchema', () => {
  it.each([
    ['no stage', { dealId: 'd' }],
    ['a path for an id', { dealId: 'a/b', stage: 'LEAD' }],
    ['a version', { dealId: 'd', stage: 'LEAD', version: 2 }],
  ])('refuses %s', (_what, input) => {
    expect(moveDealSchema.safeParse(input).success).toBe(false);
  });
});

describe('listDealsSchema', () => {
  it('reads the limit from the query string and defaults to 20', () => {
    expect(listDealsSchema.parse({ limit: '7' })).toEqual({ limit: 7 });
    expect(listDealsSchema.parse({})).toEqual({ limit: 20 });
  });

  it.each(['0', '101', '1.5', '-1', 'all', ''])('refuses the limit %j', (limit) => {
    expect(listDealsSchema.safeParse({ limit }).success).toBe(false);
  });
});

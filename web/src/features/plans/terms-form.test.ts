import { describe, expect, it } from '@jest/globals';
import { emptyTerms, newRule, newTier, readTerms, termsOf } from './terms-form.ts';

const now = new Date('2026-11-22T10:00:00Z');
const clock = { now, timeZone: 'America/New_York' };
const empty = emptyTerms('USD');

describe('readTerms', () => {
  it('reads rates in per cent exactly, and leaves the currency open without amounts', () => {
    const input = { ...empty, rules: [{ ...newRule(), rate: '12.55' }] };
    expect(readTerms(input, clock)).toMatchObject({
      terms: { currency: null, rules: [{ kind: 'percent', role: null, rateBps: 1255 }] },
    });
  });

  it('reads amounts in the currency of the terms', () => {
    const rules = [{ ...newRule('fixed'), amount: '1500', role: ' closer ' }];
    const input = { ...empty, currency: 'JPY', rules, cap: '9000', floor: '100' };
    expect(readTerms(input, clock)).toMatchObject({
      terms: {
        ...{ currency: 'JPY', capMinor: 9000, floorMinor: 100 },
        rules: [{ kind: 'fixed', role: 'closer', amountMinor: 1500 }],
      },
    });
  });

  it('reads tiers', () => {
    const tiers = [
      { ...newTier('0'), rate: '5' },
      { ...newTier('10000'), rate: '7.5' },
    ];
    const input = { ...empty, rules: [{ ...newRule('tiers'), mode: 'cliff' as const, tiers }] };
    expect(readTerms(input, clock)).toMatchObject({
      terms: {
        currency: 'USD',
        rules: [
          {
            ...{ kind: 'tiers', mode: 'cliff' },
            tiers: [
              { fromMinor: 0, rateBps: 500 },
              { fromMinor: 1_000_000, rateBps: 750 },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['no rate', { ...empty, rules: [newRule()] }, 'rules.0.rateBps'],
    [
      'a fraction of a cent',
      { ...empty, cap: '1.005', rules: [{ ...newRule(), rate: '5' }] },
      'capMinor',
    ],
    ['no rule', { ...empty, rules: [] }, 'rules'],
    [
      'a floor above the cap',
      { ...empty, cap: '5', floor: '6', rules: [{ ...newRule(), rate: '5' }] },
      'floorMinor',
    ],
  ])('names the field of %s', (_, input, field) => {
    expect(readTerms(input, clock)).toHaveProperty(['problems', field]);
  });

  it('says what to do about a number', () => {
    const input = { ...empty, cap: '1.005', rules: [newRule()] };
    expect(readTerms(input, clock)).toEqual({
      problems: {
        capMinor: 'Too many decimals: round it.',
        'rules.0.rateBps': 'Enter a number.',
      },
    });
  });

  it('begins a later day at its midnight in the zone, and today now', () => {
    const rules = [{ ...newRule(), rate: '5' }];
    const begins = (from: string) => {
      const read = readTerms({ ...empty, rules, from }, clock);
      return 'parsed' in read ? read.parsed.effectiveFrom : undefined;
    };
    expect(begins('2026-12-01')).toEqual(new Date('2026-12-01T05:00:00Z'));
    expect(begins('2026-11-22')).toEqual(now);
    expect(begins('')).toBeUndefined();
  });
});

describe('termsOf', () => {
  it('gives back what was published', () => {
    const version = {
      number: 3,
      currency: 'USD',
      rules: [
        { kind: 'percent' as const, role: 'closer', rateBps: 1250 },
        { kind: 'fixed' as const, role: null, amountMinor: 5050 },
        { kind: 'override' as const, rateBps: 200 },
      ],
      ...{ capMinor: 100_000, floorMinor: null },
      assignment: { everyone: false, teamIds: ['north'], userIds: [] },
      ...{ effectiveFrom: '', effectiveTo: null, publishedAt: '' },
    };
    const { currency, rules, capMinor, floorMinor, assignment } = version;
    expect(readTerms(termsOf(version, 'EUR'), clock)).toMatchObject({
      terms: { currency, rules, capMinor, floorMinor, assignment },
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { groupTypes, isCovered, otherPatterns, toggle } from './event-groups.ts';

const types = [
  { type: 'deal.won', recordType: 'deal', description: 'A deal was won.' },
  { type: 'deal.lost', recordType: 'deal', description: 'A deal was lost.' },
  { type: 'apiKey.created', recordType: 'apiKey', description: 'An API key was made.' },
];

describe('the types of event', () => {
  it('are grouped by the record they are about', () => {
    expect(groupTypes(types, '').map(({ name, all }) => [name, all])).toEqual([
      ['Deal', 'deal.*'],
      ['Api key', 'apiKey.*'],
    ]);
  });

  it('are found by each of the words, in the type or its description', () => {
    const found = (sought: string) =>
      groupTypes(types, sought).flatMap((group) => group.types.map(({ type }) => type));
    expect(found('DEAL won')).toEqual(['deal.won']);
    expect(found('was')).toHaveLength(3);
    expect(found('deal key')).toEqual([]);
  });

  it('give way to the pattern that covers them', () => {
    expect(toggle(['deal.won', 'apiKey.created'], 'deal.*')).toEqual(['apiKey.created', 'deal.*']);
    expect(toggle(['deal.*', 'apiKey.created'], '*')).toEqual(['*']);
    expect(toggle(['deal.won'], 'deal.won')).toEqual([]);
  });

  it('are covered by all of their record and by everything, not by themselves', () => {
    expect(isCovered('deal.won', ['deal.*'])).toBe(true);
    expect(isCovered('deal.*', ['deal.*'])).toBe(false);
    expect(isCovered('deal.*', ['*'])).toBe(true);
    expect(isCovered('lead.won', ['deal.*'])).toBe(false);
    expect(isCovered('*', ['*'])).toBe(false);
  });

  it('keep those of integrators that no list has', () => {
    expect(otherPatterns(['deal.won', '*', 'custom.signed', 'deal.*'], types)).toEqual([
      'custom.signed',
    ]);
  });
});

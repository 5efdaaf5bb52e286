import { describe, expect, it } from '@jest/globals';
import { destinationOf } from './destination.ts';

const about = (recordType: string, kind: 'workflow' | 'dispute_resolved' = 'workflow') => ({
  ...{ kind, recordType, recordId: 'a/b' },
});

describe('destinationOf', () => {
  it.each([
    ['deal', '/deals/a%2Fb'],
    ['contact', '/contacts/a%2Fb'],
    ['conversation', '/inbox/a%2Fb'],
    ['subscription', '/subscriptions/a%2Fb'],
    ['dispute', '/disputes'],
    ['payout', '/payouts'],
    ['user', '/settings/users'],
    ['task', undefined],
    ['constructor', undefined],
  ])('leads an administrator from a %s to %s', (recordType, destination) => {
    expect(destinationOf(about(recordType), 'admin')).toBe(destination);
  });

  it('leads to where one’s own money is', () => {
    expect(destinationOf(about('dispute'), 'rep')).toBe('/earnings');
    expect(destinationOf(about('payout'), 'rep')).toBe('/earnings');
    expect(destinationOf(about('dispute', 'dispute_resolved'), 'manager')).toBe('/earnings');
  });

  it('leads nowhere without a record', () => {
    const nothing = { kind: 'workflow', recordType: null, recordId: null } as const;
    expect(destinationOf(nothing, 'rep')).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { passesFilters, validSecrets } from './subscriptions.policy.ts';

const event = { recordType: 'deal', ownerId: 'ada', teamId: 'east', participantIds: ['ada'] };

describe('passesFilters', () => {
  it.each([
    [{}, true],
    [{ recordType: null, teamId: null, ownerId: null }, true],
    [{ recordType: 'deal', teamId: 'east', ownerId: 'ada' } as const, true],
    [{ recordType: 'lead' } as const, false],
    [{ teamId: 'west' }, false],
    [{ ownerId: 'bob' }, false],
    [{ teamId: 'east', ownerId: 'bob' }, false],
  ])('%j: %s', (filters, expected) => {
    expect(passesFilters(filters, event)).toBe(expected);
  });
});

describe('validSecrets', () => {
  const until = new Date('2026-03-02T08:00:00Z');
  const secrets = { current: 'new', previous: { secret: 'old', until }, headers: {} };

  it('are two until the overlap is over, the newest first', () => {
    expect(validSecrets(secrets, new Date(until.getTime() - 1))).toEqual(['new', 'old']);
    expect(validSecrets(secrets, until)).toEqual(['new']);
    expect(validSecrets({ ...secrets, previous: null }, until)).toEqual(['new']);
  });
});

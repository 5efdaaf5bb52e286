import { describe, expect, it } from '@jest/globals';
import { canChange } from './can-change.ts';

describe('canChange', () => {
  it.each([
    ['rep', [], 'somebody', 'north', false],
    ['rep', ['north'], 'somebody', 'north', false],
    ['rep', [], 'me', null, true],
    ['manager', [], 'somebody', 'north', false],
    ['manager', ['north'], 'somebody', 'south', false],
    ['manager', ['north'], 'somebody', null, false],
    ['manager', ['north'], 'somebody', 'north', true],
    ['manager', [], 'me', null, true],
    ['admin', [], 'somebody', null, true],
  ] as const)(
    'a %s of %j, deal of %s in team %s: %s',
    (role, managed, ownerId, teamId, allowed) => {
      const member = { id: 'me', role, managedTeamIds: [...managed] };
      expect(canChange(member, { ownerId, teamId })).toBe(allowed);
    },
  );
});

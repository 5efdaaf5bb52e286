import { describe, expect, it } from '@jest/globals';
import { dropMembership, moveMembership, putMembership } from './memberships.policy.ts';

const a = { companyId: 'a', role: 'CTO', isPrimary: true };
const b = { companyId: 'b', role: null, isPrimary: false };

describe('memberships', () => {
  it('have the first as primary until another is', () => {
    expect(putMembership([], { companyId: 'a' }).memberships).toEqual([{ ...a, role: null }]);
    expect(putMembership([a], { companyId: 'b', isPrimary: true })).toEqual({
      memberships: [
        { ...a, isPrimary: false },
        { ...b, isPrimary: true },
      ],
      companyIds: ['a', 'b'],
    });
  });

  it('keep what a change does not name', () => {
    expect(putMembership([a, b], { companyId: 'a' }).memberships).toEqual([a, b]);
    expect(putMembership([a, b], { companyId: 'a', role: null }).memberships[0]?.role).toBeNull();
  });

  it('hand on being primary when the primary one ends', () => {
    expect(dropMembership([a, b], 'a')).toEqual({
      ...{ memberships: [{ ...b, isPrimary: true }], companyIds: ['b'] },
    });
  });

  it('move to the company that another was merged into, once', () => {
    expect(moveMembership([a], 'a', 'c').memberships).toEqual([{ ...a, companyId: 'c' }]);
    expect(moveMembership([a, b], 'a', 'b')).toEqual({
      ...{ memberships: [{ companyId: 'b', role: 'CTO', isPrimary: true }], companyIds: ['b'] },
    });
    expect(moveMembership([a], 'x', 'y').memberships).toEqual([a]);
  });
});

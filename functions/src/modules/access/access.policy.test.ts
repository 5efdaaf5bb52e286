import { describe, expect, it } from '@jest/globals';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import { findGrant, isAllowed } from './access.policy.ts';
import { type Operation, operationSchema, recordTypeSchema } from './access.schema.ts';

function principal(role: Principal['role'], fields: Partial<Principal> = {}): Principal {
  return {
    ...{ kind: 'user', orgId: 'org', uid: 'me', role, teamId: 'east', managedTeamIds: [] },
    scopes: ['read:crm', 'write:crm'],
    ...fields,
  };
}

const admin = principal('admin');
const rep = principal('rep');
const manager = principal('manager', { managedTeamIds: ['east', 'south'] });
const teamless = principal('manager');

const mine: Audience = { ownerId: 'me', teamId: 'west', participantIds: ['me'] };
const shared: Audience = { ownerId: 'you', teamId: 'west', participantIds: ['you', 'me'] };
const managed: Audience = { ownerId: 'you', teamId: 'east', participantIds: ['you'] };
const foreign: Audience = { ownerId: 'you', teamId: 'west', participantIds: ['you'] };
const homeless: Audience = { ownerId: null, teamId: null, participantIds: [] };

type Row = [string, Principal, Operation, Audience, ReturnType<typeof findGrant>];

describe('findGrant for deals', () => {
  it.each<Row>([
    ['a rep reads a stranger’s deal', rep, 'read', foreign, undefined],
    ['a rep reads a deal of the own team', rep, 'read', managed, undefined],
    ['a rep reads an orphan', rep, 'read', homeless, undefined],
    ['a rep moves a deal with a split', rep, 'move', shared, undefined],
    ['a rep updates a deal with a split', rep, 'update', shared, undefined],
    ['a rep deletes a deal with a split', rep, 'delete', shared, undefined],
    ['a rep creates one for another', rep, 'create', managed, undefined],
    ['a rep gives the own deal away', rep, 'assign', mine, undefined],
    ['a manager reads another team’s deal', manager, 'read', foreign, undefined],
    ['a manager moves another team’s deal', manager, 'move', shared, undefined],
    ['a manager reads an orphan', manager, 'read', homeless, undefined],
    ['a manager gives the own deal of another team away', manager, 'assign', mine, undefined],
    ['a manager of no team reads a deal of the own team', teamless, 'read', managed, undefined],
    ['a rep reads the own deal', rep, 'read', mine, 'involved'],
    ['a rep reads a deal with a split', rep, 'read', shared, 'involved'],
    ['a rep moves the own deal', rep, 'move', mine, 'owned'],
    ['a rep creates an own deal', rep, 'create', mine, 'owned'],
    ['a rep deletes the own deal', rep, 'delete', mine, 'owned'],
    ['a manager reads the team’s deal', manager, 'read', managed, 'managed'],
    ['a manager moves the team’s deal', manager, 'move', managed, 'managed'],
    ['a manager gives the team’s deal to another', manager, 'assign', managed, 'managed'],
    ['a manager reads a deal with a split', manager, 'read', shared, 'involved'],
    ['a manager moves the own deal in another team', manager, 'move', mine, 'owned'],
    ['an admin reads anything', admin, 'read', foreign, 'any'],
    ['an admin moves anything', admin, 'move', homeless, 'any'],
    ['an admin deletes anything', admin, 'delete', foreign, 'any'],
  ])('%s', (_what, caller, operation, record, relation) => {
    expect(findGrant(caller, operation, 'deal', record)).toBe(relation);
  });
});

describe('findGrant for everything else', () => {
  const people = [rep, manager, teamless];

  it.each(['org', 'user', 'stage'] as const)(
    'everybody reads each %s, admins alone change it',
    (type) => {
      for (const person of people) {
        expect(isAllowed(person, 'read', type, homeless)).toBe(true);
        for (const operation of operationSchema.exclude(['read']).options) {
          expect(isAllowed(person, operation, type, mine)).toBe(false);
        }
      }
      expect(isAllowed(admin, 'update', type, homeless)).toBe(true);
    },
  );

  it('nobody creates or deletes an organisation', () => {
    expect(isAllowed(admin, 'create', 'org', homeless)).toBe(false);
    expect(isAllowed(admin, 'delete', 'org', homeless)).toBe(false);
  });

  it('nobody writes events, and they are seen like their deal', () => {
    for (const operation of operationSchema.exclude(['read']).options) {
      expect(isAllowed(admin, operation, 'event', mine)).toBe(false);
    }
    expect(isAllowed(rep, 'read', 'event', shared)).toBe(true);
    expect(isAllowed(rep, 'read', 'event', managed)).toBe(false);
    expect(isAllowed(manager, 'read', 'event', managed)).toBe(true);
  });

  it('nobody but an admin ever acts on a record that is nobody’s', () => {
    for (const type of recordTypeSchema.options) {
      for (const operation of operationSchema.exclude(['read']).options) {
        for (const person of people) {
          expect([type, operation, isAllowed(person, operation, type, homeless)]).toEqual([
            type,
            operation,
            false,
          ]);
        }
      }
    }
  });
});

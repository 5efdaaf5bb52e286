import { beforeAll, describe, expect, it } from '@jest/globals';
import { isAllowed } from '../../functions/src/modules/access/access.public.ts';
import {
  type Operation,
  operationSchema,
} from '../../functions/src/modules/access/access.schema.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { createTeam } from '../support/people.ts';
import { request, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let admin: string;
/** The rep's, with a split for rep2. */
let deal: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
  const participantIds = [org.rep.uid, org.rep2.uid];
  deal = await storeDeal(org.orgId, dealOf(org.rep.principal, { participantIds }));
});

type Person = 'admin' | 'manager' | 'otherManager' | 'rep' | 'colleague' | 'rep2' | 'deactivated';

function explain(userId: string, operation: string, recordId = deal, recordType = 'deal') {
  const query = new URLSearchParams({ userId, recordType, recordId, operation });
  return request(`GET /api/access/explain?${query}`, { token: admin });
}

interface Case {
  readonly person: Person;
  readonly operation: Operation;
  /** What grants it; null when it is denied. */
  readonly relation: string | null;
  readonly sentence: string;
}

const cases: readonly Case[] = [
  {
    ...{ person: 'admin', operation: 'delete', relation: 'any' },
    sentence: 'Allowed: as admin this person may delete this deal, whoever it concerns.',
  },
  {
    ...{ person: 'manager', operation: 'update', relation: 'managed' },
    sentence: 'Allowed: as manager this person may update this deal, because they manage its team.',
  },
  {
    ...{ person: 'otherManager', operation: 'read', relation: null },
    sentence:
      'Denied: as manager this person may read a deal only when they manage its team or when they ' +
      'are its owner or have a part in it, and that is not so here.',
  },
  {
    ...{ person: 'rep', operation: 'update', relation: 'owned' },
    sentence: 'Allowed: as rep this person may update this deal, because they own it.',
  },
  {
    ...{ person: 'rep', operation: 'assign', relation: null },
    sentence: 'Denied: the role rep never allows to assign a deal.',
  },
  {
    ...{ person: 'rep2', operation: 'read', relation: 'involved' },
    sentence:
      'Allowed: as rep this person may read this deal, because they are its owner or have a part in it.',
  },
  {
    ...{ person: 'rep2', operation: 'update', relation: null },
    sentence:
      'Denied: as rep this person may update a deal only when they own it, and that is not so here.',
  },
  {
    ...{ person: 'colleague', operation: 'read', relation: null },
    sentence:
      'Denied: as rep this person may read a deal only when they are its owner or have a part in ' +
      'it, and that is not so here.',
  },
  {
    ...{ person: 'deactivated', operation: 'read', relation: null },
    sentence: 'Denied: the membership of this person has ended; reactivate it first.',
  },
];

describe('GET /api/access/explain', () => {
  it.each(cases)('tells of $person: $operation', async (each) => {
    const { person, operation, relation, sentence } = each;
    const { status, body } = await explain(org[person].uid, operation);
    expect(status).toBe(200);
    const { role } = org[person].principal;
    expect(body).toMatchObject({
      ...{ allowed: relation !== null, sentence },
      clause: relation === null ? null : { role, relation },
    });
  });

  it('says of everybody and every operation what the policy says', async () => {
    const audience = dealOf(org.rep.principal, { participantIds: [org.rep.uid, org.rep2.uid] });
    for (const person of [
      'admin',
      'manager',
      'otherManager',
      'rep',
      'colleague',
      'rep2',
    ] as const) {
      for (const operation of operationSchema.options) {
        const { body } = await explain(org[person].uid, operation);
        const allowed = isAllowed(org[person].principal, operation, 'deal', audience);
        expect(body).toMatchObject({ allowed });
      }
    }
  });

  it('agrees with the door', async () => {
    for (const person of ['manager', 'otherManager', 'rep', 'colleague', 'rep2'] as const) {
      const { body } = await explain(org[person].uid, 'read');
      const token = await org[person].token();
      const { status } = await request(`GET /api/deals/${deal}`, { token });
      expect(body).toMatchObject({ allowed: status === 200 });
    }
  });

  it('explains the records of the organisation', async () => {
    const team = await createTeam(admin, 'South');
    const { uid } = org.manager;
    const answers = [
      await explain(uid, 'update', team, 'team'),
      await explain(uid, 'read', org.rep.uid, 'user'),
      await explain(uid, 'read', org.orgId, 'org'),
      await explain(uid, 'update', org.orgId, 'org'),
    ];
    expect(answers.map(({ body }) => textIn(body, 'sentence').split(':')[0])).toEqual([
      ...['Denied', 'Allowed', 'Allowed', 'Denied'],
    ]);
  });

  it.each(['manager', 'rep'] as const)('is not for a %s', async (person) => {
    const query = new URLSearchParams({
      ...{ userId: org.rep.uid, recordType: 'deal', recordId: deal, operation: 'read' },
    });
    const token = await org[person].token();
    expect((await request(`GET /api/access/explain?${query}`, { token })).status).toBe(403);
  });

  it('knows nothing of another organisation', async () => {
    const foreign = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
    const answers = await Promise.all([
      explain(elsewhere.rep.uid, 'read'),
      explain(org.rep.uid, 'read', foreign),
      explain(org.rep.uid, 'read', elsewhere.orgId, 'org'),
      explain('absent', 'read'),
      explain(org.rep.uid, 'read', 'absent'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const [foreignUser, foreignDeal, , absentUser, absentDeal] = answers.map(({ body }) =>
      textIn(body, 'error'),
    );
    expect(foreignUser?.replace(elsewhere.rep.uid, 'absent')).toBe(absentUser);
    expect(foreignDeal?.replace(foreign, 'absent')).toBe(absentDeal);
  });

  it.each([
    ['userId', { userId: 'a/b' }, 422],
    ['recordType', { recordType: 'secret' }, 422],
    ['operation', { operation: 'steal' }, 422],
    ['recordId', { recordId: '.' }, 422],
    ['depth', { depth: '1' }, 400],
  ])('refuses a bad %s', async (field, bad, status) => {
    const query = new URLSearchParams({
      ...{ userId: org.rep.uid, recordType: 'deal', recordId: deal, operation: 'read' },
      ...bad,
    });
    const answer = await request(`GET /api/access/explain?${query}`, { token: admin });
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

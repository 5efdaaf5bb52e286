import { beforeAll, describe, expect, it } from '@jest/globals';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { addMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { createTeam, stored } from '../support/people.ts';
import { listIn, request, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let admin: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
});

describe('teams', () => {
  it('are created, read, listed by name and renamed', async () => {
    const south = await createTeam(admin, ' South ');
    const north = await createTeam(admin, 'North');
    expect(await stored(org.orgId, `teams/${south}`)).toMatchObject({
      ...{ name: 'South', version: 1, createdBy: org.admin.uid, deletedAt: null },
    });
    const renamed = await request(`PATCH /api/teams/${south}`, {
      token: admin,
      body: { name: 'Deep South' },
    });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Deep South', version: 2 } });
    const again = await request(`PUT /api/teams/${south}`, {
      token: admin,
      body: { name: 'Deep South' },
    });
    expect(again.body).toMatchObject({ version: 2 });

    const rep = await org.rep.token();
    expect((await request(`GET /api/teams/${north}`, { token: rep })).body).toMatchObject({
      name: 'North',
    });
    const { body } = await request('GET /api/teams', { token: rep });
    expect(listIn(body, 'teams')).toMatchObject([{ name: 'Deep South' }, { name: 'North' }]);
  });

  it('are listed page by page', async () => {
    const other = await elsewhere.admin.token();
    for (const name of ['C', 'A', 'B']) await createTeam(other, name);
    const first = await request('GET /api/teams?limit=2', { token: other });
    expect(listIn(first.body, 'teams')).toMatchObject([{ name: 'A' }, { name: 'B' }]);
    const cursor = textIn(first.body, 'nextCursor');
    const second = await request(`GET /api/teams?limit=2&cursor=${cursor}`, { token: other });
    expect(second.body).toMatchObject({ teams: [{ name: 'C' }], nextCursor: null });
  });

  it.each(['rep', 'manager'] as const)('are not for a %s to change', async (role) => {
    const token = await org[role].token();
    const team = await createTeam(admin, `Not for a ${role}`);
    const answers = await Promise.all([
      request('POST /api/teams', { token, body: { name: 'Mine' } }),
      request(`PATCH /api/teams/${team}`, { token, body: { name: 'Mine' } }),
      request(`DELETE /api/teams/${team}`, { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await stored(org.orgId, `teams/${team}`)).toMatchObject({ version: 1 });
  });

  it.each([
    ['a missing name', {}, 400, 'name'],
    ['an empty name', { name: '  ' }, 422, 'name'],
    ['a long name', { name: 'x'.repeat(101) }, 422, 'name'],
    ['a surplus field', { name: 'A', orgId: 'other' }, 400, 'orgId'],
  ])('refuse %s', async (_what, body, status, field) => {
    const answer = await request('POST /api/teams', { token: admin, body });
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it('of another organisation are not there', async () => {
    const team = await createTeam(await elsewhere.admin.token(), 'Foreign');
    const name = { name: 'Mine' };
    const foreign = await Promise.all([
      request(`GET /api/teams/${team}`, { token: admin }),
      request(`PATCH /api/teams/${team}`, { token: admin, body: name }),
      request(`DELETE /api/teams/${team}`, { token: admin }),
    ]);
    const absent = await request('GET /api/teams/absent', { token: admin });
    for (const { status, body } of foreign) {
      expect(status).toBe(404);
      expect(textIn(body, 'error')).toBe(textIn(absent.body, 'error').replace('absent', team));
    }
  });
});

describe('DELETE /api/teams/{id}', () => {
  it('deletes an unused team, which then is no team any more', async () => {
    const team = await createTeam(admin, 'Gone');
    expect(await request(`DELETE /api/teams/${team}`, { token: admin })).toMatchObject({
      ...{ status: 200, body: { success: true } },
    });
    expect(await stored(org.orgId, `teams/${team}`)).toMatchObject({
      ...{ version: 2, deletedAt: expect.anything() },
    });
    expect((await request(`GET /api/teams/${team}`, { token: admin })).status).toBe(404);
    expect((await request(`DELETE /api/teams/${team}`, { token: admin })).status).toBe(404);
    const join = await request(`PATCH /api/users/${org.rep.uid}`, {
      token: admin,
      body: { teamId: team },
    });
    expect(join).toMatchObject({ status: 422, body: { field: 'teamId' } });
  });

  it.each([
    ['a member', { teamId: 'T' }],
    ['a deactivated member', { teamId: 'T', active: false }],
    ['a manager', { role: 'manager', managedTeamIds: ['T'] }],
  ] as const)('is refused while the team has %s', async (_what, fields) => {
    const team = await createTeam(admin, 'In use');
    const teamId = 'teamId' in fields ? team : null;
    const managedTeamIds = 'managedTeamIds' in fields ? [team] : [];
    await addMember(org.orgId, 'somebody', { ...fields, teamId, managedTeamIds });
    const answer = await request(`DELETE /api/teams/${team}`, { token: admin });
    expect(answer).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
    expect(textIn(answer.body, 'error')).toMatch(/1 members or managers/);
    expect(await stored(org.orgId, `teams/${team}`)).toMatchObject({ deletedAt: null, version: 1 });
  });

  it('is refused while a record is on the team', async () => {
    const team = await createTeam(admin, 'With a deal');
    await storeDeal(org.orgId, dealOf({ uid: org.rep.uid, teamId: team }));
    const answer = await request(`DELETE /api/teams/${team}`, { token: admin });
    expect(answer.status).toBe(422);
    expect(textIn(answer.body, 'error')).toMatch(/^1 records are still on the team/);
  });

  it('never leaves anybody on a deleted team, however it races with their joining', async () => {
    for (let round = 0; round < 20; round += 1) {
      const team = await createTeam(admin, `Race ${round}`);
      const { uid } = await addMember(org.orgId, `racer-${round}`);
      const [join, removal] = await Promise.all([
        request(`PATCH /api/users/${uid}`, { token: admin, body: { teamId: team } }),
        request(`DELETE /api/teams/${team}`, { token: admin }),
      ]);
      expect([join.status, removal.status].sort()).toEqual([200, 422]);
      const user = await stored(org.orgId, `users/${uid}`);
      const { deletedAt } = (await stored(org.orgId, `teams/${team}`)) ?? {};
      expect(user?.teamId === team).toBe(deletedAt === null);
    }
  });

  it('answers the first result again for the same Idempotency-Key', async () => {
    const team = await createTeam(admin, 'Once');
    const headers = { 'Idempotency-Key': `delete-${team}` };
    const first = await request(`DELETE /api/teams/${team}`, { token: admin, headers });
    const second = await request(`DELETE /api/teams/${team}`, { token: admin, headers });
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect((await firestore().doc(`orgs/${org.orgId}/teams/${team}`).get()).get('version')).toBe(2);
  });
});

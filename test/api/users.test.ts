import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { userKind } from '../../functions/src/modules/users/users.public.ts';
import { userSchema } from '../../functions/src/modules/users/users.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { invocationAt, RecordedTasks, storedJob } from '../support/jobs.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { createTeam, stored } from '../support/people.ts';
import { listIn, request, requestOf, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let admin: string;
let team: string;

const tasks = new RecordedTasks();
const router = createRouter(() => invocationAt(new Date(), { tasks }));

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
  team = await createTeam(admin, 'South');
});

const newcomer = (fields: Parameters<typeof addMember>[2] = {}) =>
  addMember(org.orgId, 'newcomer', fields);

function change(uid: string, body: object, token = admin) {
  return requestOf(router, `PATCH /api/users/${uid}`, { token, body });
}

describe('GET /api/users', () => {
  it('lists the members by name for everybody, and nobody of another organisation', async () => {
    const { status, body } = await request('GET /api/users', { token: await org.rep.token() });
    expect(status).toBe(200);
    const names = listIn(body, 'users').map((user) => textIn(user, 'name'));
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining(['Ada Admin', 'rep', 'manager']));
    expect(JSON.stringify(body)).not.toContain(elsewhere.rep.uid);
  });

  it.each([
    ['teamId', () => `teamId=${org.teams.west}`, ['other', 'rep2']],
    ['role', () => 'role=manager', ['manager', 'other']],
    ['active', () => 'active=false', ['deactivated']],
    ['two filters', () => `teamId=${org.teams.east}&role=manager`, ['manager']],
  ])('filters by %s', async (_what, filter, names) => {
    const { body } = await request(`GET /api/users?${filter()}`, { token: admin });
    expect(listIn(body, 'users').map((user) => textIn(user, 'name'))).toEqual(names);
  });

  it('pages', async () => {
    const other = await elsewhere.admin.token();
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await request(`GET /api/users?limit=3${cursor}`, { token: other });
      seen.push(...listIn(body, 'users').map((user) => textIn(user, 'name')));
      const next = Object(body).nextCursor;
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(7);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['role=boss', 'role'],
    ['sort=name', 'sort'],
  ])('refuses %s', async (query, field) => {
    const answer = await request(`GET /api/users?${query}`, { token: admin });
    expect([400, 422]).toContain(answer.status);
    expect(answer.body).toMatchObject({ field });
  });
});

describe('GET /api/users/{id}', () => {
  it('answers a member, and another organisation’s like an absent one', async () => {
    const found = await request(`GET /api/users/${org.rep.uid}`, { token: admin });
    expect(found).toMatchObject({
      ...{
        status: 200,
        body: { id: org.rep.uid, email: org.rep.email, role: 'rep', active: true },
      },
    });
    const foreign = await request(`GET /api/users/${elsewhere.rep.uid}`, { token: admin });
    const absent = await request('GET /api/users/absent', { token: admin });
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(textIn(foreign.body, 'error').replace(elsewhere.rep.uid, 'absent')).toBe(
      textIn(absent.body, 'error'),
    );
  });
});

describe('PATCH /api/users/{id}', () => {
  it('changes name, role, team and several managed teams, one version on', async () => {
    const { uid } = await newcomer();
    const second = await createTeam(admin, 'Second');
    const answer = await change(uid, {
      ...{ name: 'Nora New', role: 'manager', teamId: team, managedTeamIds: [team, second, team] },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { name: 'Nora New', role: 'manager', managedTeamIds: [team, second], version: 2 },
    });
    expect(await stored(org.orgId, `users/${uid}`)).toMatchObject({
      ...{ teamId: team, managedTeamIds: [team, second], updatedBy: org.admin.uid },
    });
  });

  it('makes no version of a change that changes nothing', async () => {
    const { uid } = await newcomer({ teamId: team });
    const same = await change(uid, { role: 'rep', teamId: team, managedTeamIds: [] });
    expect(same).toMatchObject({ status: 200, body: { version: 1, jobId: null } });
  });

  it('takes the managed teams from who is no manager any more', async () => {
    const { uid } = await newcomer({ role: 'manager', managedTeamIds: [team] });
    expect(await change(uid, { role: 'rep' })).toMatchObject({
      ...{ status: 200, body: { role: 'rep', managedTeamIds: [] } },
    });
  });

  it.each([
    ['managed teams of a rep', () => ({ managedTeamIds: [team] }), 422, 'managedTeamIds'],
    ['21 managed teams', () => ({ managedTeamIds: Array(21).fill(team) }), 422, 'managedTeamIds'],
    ['an unknown team', () => ({ teamId: 'absent' }), 422, 'teamId'],
    [
      'an unknown managed team',
      () => ({ role: 'manager', managedTeamIds: [team, 'absent'] }),
      422,
      'managedTeamIds',
    ],
    ['an unknown role', () => ({ role: 'boss' }), 422, 'role'],
    ['the e-mail address', () => ({ email: 'new@example.com' }), 400, 'email'],
    ['active', () => ({ active: false }), 400, 'active'],
    ['an id that is a path', () => ({ teamId: 'a/b' }), 422, 'teamId'],
  ])('refuses %s', async (_what, body, status, field) => {
    const { uid } = await newcomer();
    expect(await change(uid, body())).toMatchObject({ status, body: { field } });
    expect(await stored(org.orgId, `users/${uid}`)).toMatchObject({ version: 1 });
  });

  it('takes a team of another organisation for an absent one', async () => {
    const foreign = await createTeam(await elsewhere.admin.token(), 'Foreign');
    const { uid } = await newcomer();
    const [there, absent] = [
      await change(uid, { teamId: foreign }),
      await change(uid, { teamId: 'absent' }),
    ];
    expect(there.status).toBe(422);
    expect(textIn(there.body, 'error').replace(foreign, 'absent')).toBe(
      textIn(absent.body, 'error'),
    );
  });

  it.each(['manager', 'rep'] as const)('is not for a %s', async (role) => {
    const token = await org[role].token();
    const { uid } = await newcomer();
    const answers = await Promise.all([
      change(uid, { role: 'admin' }, token),
      change(org[role].uid, { role: 'admin' }, token),
      request(`POST /api/users/${uid}/deactivate`, { token }),
      request(`POST /api/users/${uid}/reactivate`, { token }),
      request(`POST /api/users/${uid}/hand-over`, { token, body: { toUserId: org.rep.uid } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  it('does not reach another organisation', async () => {
    const { uid } = elsewhere.rep;
    const answers = await Promise.all([
      change(uid, { role: 'admin' }),
      request(`POST /api/users/${uid}/deactivate`, { token: admin }),
      request(`POST /api/users/${uid}/reactivate`, { token: admin }),
      request(`POST /api/users/${uid}/hand-over`, {
        token: admin,
        body: { toUserId: org.rep.uid },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await stored(elsewhere.orgId, `users/${uid}`)).toMatchObject({
      role: 'rep',
      version: 1,
    });
  });

  it('orders the records to follow when the team changes, in the same commit', async () => {
    const { uid } = await newcomer();
    const { body } = await change(uid, { teamId: team });
    const jobId = textIn(body, 'jobId');
    expect(await storedJob(org.orgId, jobId)).toMatchObject({
      ...{ type: 'followTeam', status: 'queued', input: { userId: uid } },
    });
    expect(tasks.asked).toContainEqual({
      ...{ queue: 'runJob', id: `${jobId}_0`, payload: { orgId: org.orgId, jobId } },
    });
  });

  it('binds on the next request, although the token is from before', async () => {
    const team2 = await createTeam(admin, 'Watched');
    const manager = await newcomer({ role: 'manager', managedTeamIds: [team2] });
    const token = await manager.token();
    const deal = await storeDeal(org.orgId, dealOf({ uid: org.rep.uid, teamId: team2 }));
    expect((await request(`GET /api/deals/${deal}`, { token })).status).toBe(200);
    await change(manager.uid, { role: 'rep' });
    expect((await request(`GET /api/deals/${deal}`, { token })).status).toBe(404);
  });
});

describe('the last active administrator', () => {
  async function organisationWith(
    admins: number,
  ): Promise<{ org: Organisation; admins: Member[] }> {
    const own = await createOrganisation();
    const more = Array.from({ length: admins - 1 }, (_, index) =>
      addMember(own.orgId, `admin${index}`, { role: 'admin' }),
    );
    return { org: own, admins: [own.admin, ...(await Promise.all(more))] };
  }

  it.each([
    ['demoted', (uid: string) => ['PATCH', `/api/users/${uid}`, { role: 'manager' }] as const],
    ['deactivated', (uid: string) => ['POST', `/api/users/${uid}/deactivate`, {}] as const],
    ['gone', () => ['POST', '/api/users/me/leave', undefined] as const],
  ])('cannot be %s', async (_what, act) => {
    const { org: own } = await organisationWith(1);
    await addMember(own.orgId, 'former', { role: 'admin', active: false });
    const [method, path, body] = act(own.admin.uid);
    const token = await own.admin.token();
    const answer = await request(`${method} ${path}`, { token, body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
    expect(await stored(own.orgId, `users/${own.admin.uid}`)).toMatchObject({
      ...{ role: 'admin', active: true, version: 1 },
    });
  });

  it('can go once somebody else is one', async () => {
    const { org: own, admins } = await organisationWith(2);
    const token = await own.admin.token();
    const answer = await change(own.admin.uid, { role: 'rep' }, token);
    expect(answer.status).toBe(200);
    const second = admins[1];
    const refused = await change(second?.uid ?? '', { role: 'rep' }, (await second?.token()) ?? '');
    expect(refused.status).toBe(422);
  });

  it('is left over by 20 races of two administrators demoting each other', async () => {
    const { org: own, admins } = await organisationWith(2);
    const [one, two] = admins;
    if (one === undefined || two === undefined) throw new Error('two administrators are needed');
    const tokens = [await one.token(), await two.token()] as const;
    for (let round = 0; round < 20; round += 1) {
      const acts = await Promise.all([
        change(two.uid, { role: 'rep' }, tokens[0]),
        round % 2 === 0
          ? change(one.uid, { role: 'manager' }, tokens[1])
          : request(`POST /api/users/${one.uid}/deactivate`, { token: tokens[1] }),
      ]);
      const active = await firestore()
        .collection(`orgs/${own.orgId}/users`)
        .where('role', '==', 'admin')
        .where('active', '==', true)
        .get();
      expect(active.size).toBe(1);
      expect(acts.filter(({ status }) => status === 200)).toHaveLength(1);
      // The other is refused: as the last one, or because the demotion has taken effect already.
      expect([403, 422]).toContain(acts.find(({ status }) => status !== 200)?.status);
      for (const { uid } of [one, two]) {
        await changeMember(own.orgId, uid, { role: 'admin', active: true });
      }
    }
  });

  it('is left over when five administrators resign at once', async () => {
    const { org: own, admins } = await organisationWith(5);
    const tokens = await Promise.all(admins.map((member) => member.token()));
    const answers = await Promise.all(
      admins.map(({ uid }, index) => change(uid, { role: 'rep' }, tokens[index] ?? '')),
    );
    const resigned = answers.filter(({ status }) => status === 200).length;
    const left = await firestore()
      .collection(`orgs/${own.orgId}/users`)
      .where('role', '==', 'admin')
      .get();
    expect(left.size).toBeGreaterThanOrEqual(1);
    expect(left.size).toBe(5 - resigned);
  });
});

describe('deactivation', () => {
  it('refuses the person’s token at once, and reactivation accepts it again', async () => {
    const person = await newcomer();
    const token = await person.token();
    expect((await request('GET /api/users', { token })).status).toBe(200);
    const gone = await request(`POST /api/users/${person.uid}/deactivate`, { token: admin });
    expect(gone).toMatchObject({ status: 200, body: { active: false, jobId: null, version: 2 } });
    expect(await request('GET /api/users', { token })).toMatchObject({
      ...{ status: 403, body: { code: 'PERMISSION_DENIED' } },
    });
    const back = await request(`POST /api/users/${person.uid}/reactivate`, { token: admin });
    expect(back).toMatchObject({ status: 200, body: { active: true, version: 3 } });
    expect((await request('GET /api/users', { token })).status).toBe(200);
  });

  it('twice changes nothing the second time', async () => {
    const { uid } = await newcomer();
    await request(`POST /api/users/${uid}/deactivate`, { token: admin });
    const again = await request(`POST /api/users/${uid}/deactivate`, { token: admin, body: {} });
    expect(again).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('hands the records over to a successor, ordered in the same commit', async () => {
    const { uid } = await newcomer();
    const order = { handOverTo: org.rep.uid };
    const { body } = await requestOf(router, `POST /api/users/${uid}/deactivate`, {
      ...{ token: admin, body: order },
    });
    expect(await storedJob(org.orgId, textIn(body, 'jobId'))).toMatchObject({
      ...{ type: 'handOver', input: { fromUserId: uid, toUserId: org.rep.uid } },
    });
  });

  it.each([
    ['an absent person', () => 'absent'],
    ['somebody of another organisation', () => elsewhere.rep.uid],
    ['somebody deactivated', () => org.deactivated.uid],
    ['the person', (uid: string) => uid],
  ])('does not happen with %s as successor', async (_what, successor) => {
    const { uid } = await newcomer();
    const answer = await requestOf(router, `POST /api/users/${uid}/deactivate`, {
      ...{ token: admin, body: { handOverTo: successor(uid) } },
    });
    expect(answer).toMatchObject({ status: 422, body: { field: 'handOverTo' } });
    expect(await stored(org.orgId, `users/${uid}`)).toMatchObject({ active: true, version: 1 });
    const handOver = await requestOf(router, `POST /api/users/${uid}/hand-over`, {
      ...{ token: admin, body: { toUserId: successor(uid) } },
    });
    expect(handOver).toMatchObject({ status: 422, body: { field: 'toUserId' } });
  });

  it('answers a repeated order with the first job', async () => {
    const { uid } = await newcomer();
    const headers = { 'Idempotency-Key': `hand-over-${uid}` };
    const order = { token: admin, headers, body: { toUserId: org.rep.uid } };
    const first = await requestOf(router, `POST /api/users/${uid}/hand-over`, order);
    const second = await requestOf(router, `POST /api/users/${uid}/hand-over`, order);
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, body: first.body });
    const jobs = await firestore()
      .collection(`orgs/${org.orgId}/jobs`)
      .where('input.fromUserId', '==', uid)
      .get();
    expect(jobs.size).toBe(1);
  });
});

/** Seed 001, "List All Users (Admin Only)". */
describe('GET /api/admin/users', () => {
  it('answers as documented, with the records that each member owns', async () => {
    const own = await createOrganisation();
    const token = await own.admin.token();
    const repToken = await own.rep.token();
    for (const title of ['One', 'Two']) {
      await request('POST /api/deals', { token: repToken, body: { title, value: 1 } });
    }
    await storeDeal(own.orgId, dealOf(own.rep.principal, { deletedAt: new Date() }));
    const { status, body } = await request('GET /api/admin/users', { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 7, nextCursor: null });
    expect(listIn(body, 'users')[0]).toMatchObject({
      ...{ id: own.admin.uid, email: own.admin.email, name: 'Ada Admin', role: 'ADMIN' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      stats: { contacts: 0, leads: 0, deals: 0 },
    });
    expect(listIn(body, 'users')).toContainEqual(
      expect.objectContaining({
        ...{ id: own.rep.uid, role: 'USER', stats: { contacts: 0, leads: 0, deals: 2 } },
      }),
    );
    expect(listIn(body, 'users').map((user) => textIn(user, 'role'))).toContain('MANAGER');
  });

  it('pages', async () => {
    const token = await elsewhere.admin.token();
    const first = await request('GET /api/admin/users?limit=5', { token });
    expect(listIn(first.body, 'users')).toHaveLength(5);
    const second = await request('GET /api/admin/users?page=2&limit=5', { token });
    expect(listIn(second.body, 'users')).toHaveLength(2);
    const cursor = textIn(first.body, 'nextCursor');
    const after = await request(`GET /api/admin/users?limit=5&cursor=${cursor}`, { token });
    expect(after.body).toEqual(second.body);
  });

  it.each(['rep', 'manager'] as const)('is not for a %s', async (role) => {
    const token = await org[role].token();
    expect((await request('GET /api/admin/users', { token })).status).toBe(403);
  });
});

describe('events of members', () => {
  it('name what happened', async () => {
    const { uid } = await newcomer();
    const user = userSchema.parse(timestampsToDates(await stored(org.orgId, `users/${uid}`)));
    const names = (after: Partial<typeof user>) =>
      userKind.nameChanges(user, { ...user, ...after });
    expect(userKind.nameChanges(undefined, user)).toEqual(['user.created']);
    expect(names({ active: false })).toEqual(['user.deactivated']);
    expect(names({ role: 'admin', teamId: team })).toEqual([
      ...['user.role_changed', 'user.team_changed'],
    ]);
    expect(names({ name: 'Other' })).toEqual(['user.updated']);
  });
});

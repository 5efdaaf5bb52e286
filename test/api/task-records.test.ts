import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, idsIn } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let dealId: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  dealId = await storeDeal(org.orgId, dealOf(org.rep.principal));
});

const due = (day: number) => `2030-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
async function task(person: Member, fields: object = {}, recordId = dealId): Promise<string> {
  const body = { recordType: 'deal', recordId, title: 'Call', ...fields };
  const answer = await as(person, 'POST /api/tasks', body);
  if (answer.status !== 201) throw new Error(`no task: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}
const listed = async (person: Member, query: string) =>
  idsIn(listIn((await as(person, `GET /api/tasks?${query}`)).body, 'tasks'));

describe('tasks', () => {
  it('are the caller’s own unless somebody else is named', async () => {
    const body = { recordType: 'deal', recordId: dealId, title: 'Send offer', dueAt: due(5) };
    const answer = await as(org.rep, 'POST /api/tasks', { ...body, priority: 'high' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{ ...body, priority: 'high', description: null, done: false, doneAt: null, version: 1 },
        ...{ assigneeId: org.rep.uid, createdBy: org.rep.uid },
      },
    });
    const assigned = await as(org.manager, 'POST /api/tasks', { ...body, assigneeId: org.rep.uid });
    expect(assigned).toMatchObject({
      ...{ status: 201, body: { assigneeId: org.rep.uid, createdBy: org.manager.uid } },
    });
    expect(await stored(org.orgId, `tasks/${textIn(assigned.body, 'id')}`)).toMatchObject({
      ...{ ownerId: org.rep.uid, teamId: org.teams.east },
    });
  });

  it('are assigned within the teams one manages', async () => {
    const body = { recordType: 'deal', recordId: dealId, title: 'A' };
    const assign = async (person: Member, assigneeId: string) => {
      const answer = await as(person, 'POST /api/tasks', { ...body, assigneeId });
      return [answer.status, Object(answer.body).field];
    };
    expect(await assign(org.rep, org.colleague.uid)).toEqual([403, 'assigneeId']);
    expect(await assign(org.manager, org.rep2.uid)).toEqual([403, 'assigneeId']);
    expect(await assign(org.admin, org.rep2.uid)).toEqual([201, undefined]);
    for (const uid of [newId(), elsewhere.rep.uid, org.deactivated.uid]) {
      expect(await assign(org.admin, uid)).toEqual([422, 'assigneeId']);
    }
  });

  it('are completed and taken up again', async () => {
    const id = await task(org.rep);
    const done = await as(org.rep, `PATCH /api/tasks/${id}`, { done: true });
    expect(done.body).toMatchObject({ done: true, doneAt: expect.any(String), version: 2 });
    const same = await as(org.rep, `PATCH /api/tasks/${id}`, { done: true });
    expect(same.body).toEqual(done.body);
    const open = await as(org.rep, `PATCH /api/tasks/${id}`, { done: false });
    expect(open.body).toMatchObject({ done: false, doneAt: null, version: 3 });
  });

  it('are changed, reassigned, binned and restored', async () => {
    const id = await task(org.rep, { dueAt: due(1) });
    const body = { title: 'Call again', dueAt: null, priority: 'low', description: 'Ask for Bo' };
    const change = await as(org.rep, `PATCH /api/tasks/${id}`, { ...body, version: 1 });
    expect(change).toMatchObject({ status: 200, body: { ...body, version: 2 } });
    const late = await as(org.rep, `PATCH /api/tasks/${id}`, { title: 'B', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { field: 'version' } });
    const given = { assigneeId: org.colleague.uid };
    expect((await as(org.rep, `PATCH /api/tasks/${id}`, given)).status).toBe(403);
    expect(await as(org.manager, `PATCH /api/tasks/${id}`, given)).toMatchObject({
      ...{ status: 200, body: given },
    });
    expect((await as(org.colleague, `DELETE /api/tasks/${id}`)).status).toBe(200);
    expect((await as(org.colleague, `GET /api/tasks/${id}`)).status).toBe(404);
    expect((await as(org.colleague, `POST /api/tasks/${id}/restore`)).status).toBe(200);
  });

  it('are seen by the assignee who cannot see the record, and by whoever can', async () => {
    const id = await task(org.admin, { assigneeId: org.rep2.uid });
    const get = async (person: Member) => (await as(person, `GET /api/tasks/${id}`)).status;
    expect(await get(org.rep2)).toBe(200);
    expect(await get(org.otherManager)).toBe(200);
    expect(await get(org.rep)).toBe(200);
    expect(await get(org.colleague)).toBe(404);
    expect(await get(elsewhere.admin)).toBe(404);
    expect((await as(org.rep2, `GET /api/deals/${dealId}`)).status).toBe(404);
    expect((await as(org.rep2, `PATCH /api/tasks/${id}`, { done: true })).status).toBe(200);
    expect((await as(org.rep, `PATCH /api/tasks/${id}`, { done: false })).status).toBe(403);
  });

  it('are listed by when they are due, mine alone, open ones, and those due before a time', async () => {
    const other = await createOrganisation();
    const deal = await storeDeal(other.orgId, dealOf(other.rep.principal));
    const add = (person: Member, fields: object) => task(person, fields, deal);
    const third = await add(other.rep, { dueAt: due(9) });
    const first = await add(other.rep, { dueAt: due(2) });
    const someday = await add(other.rep, {});
    const second = await add(other.manager, { dueAt: due(5) });
    await as(other.rep, `PATCH /api/tasks/${first}`, { done: true });

    const ofDeal = `recordType=deal&recordId=${deal}`;
    expect(await listed(other.rep, ofDeal)).toEqual([someday, first, second, third]);
    expect(await listed(other.rep, `${ofDeal}&mine=true`)).toEqual([someday, first, third]);
    expect(await listed(other.rep, 'mine=true')).toEqual([someday, first, third]);
    expect(await listed(other.manager, 'mine=true')).toEqual([second]);
    expect(await listed(other.manager, '')).toEqual([someday, first, second, third]);
    expect(await listed(other.manager, `assigneeId=${other.rep.uid}&done=false`)).toEqual([
      ...[someday, third],
    ]);
    expect(await listed(other.rep, `mine=true&dueBefore=${due(9)}`)).toEqual([first]);
    expect(await listed(other.rep, `mine=true&done=true`)).toEqual([first]);
    expect(await listed(other.rep, `${ofDeal}&done=false&dueBefore=${due(6)}`)).toEqual([second]);
    expect(await listed(other.otherManager, '')).toEqual([]);
    const page = await as(other.rep, 'GET /api/tasks?mine=true&limit=2');
    const cursor = textIn(page.body, 'nextCursor');
    expect(await listed(other.rep, `mine=true&limit=2&cursor=${cursor}`)).toEqual([third]);
  });

  it.each<[string, number, object]>([
    ['title', 400, {}],
    ['title', 422, { title: '' }],
    ['title', 422, { title: 'two\nlines' }],
    ['dueAt', 422, { title: 'A', dueAt: '2030-02-30T00:00:00Z' }],
    ['dueAt', 422, { title: 'A', dueAt: '2030-01-01' }],
    ['priority', 422, { title: 'A', priority: 'urgent' }],
    ['assigneeId', 422, { title: 'A', assigneeId: 'a/b' }],
    ['done', 400, { title: 'A', done: true }],
    ['ownerId', 400, { title: 'A', ownerId: 'me' }],
  ])('with a bad %s are refused with %d: %j', async (field, status, fields) => {
    const body = { recordType: 'deal', recordId: dealId, ...fields };
    const answer = await as(org.rep, 'POST /api/tasks', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it.each([
    ['mine', 'mine=false'],
    ['done', 'done=1'],
    ['dueBefore', 'dueBefore=tomorrow'],
    ['assigneeId', 'assigneeId=..'],
  ])('are not listed by a bad %s', async (field, query) => {
    const answer = await as(org.rep, `GET /api/tasks?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });
});

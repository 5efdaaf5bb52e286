import { beforeAll, describe, expect, it } from '@jest/globals';
import { as, idsIn } from '../support/as.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const view = {
  name: 'Large ones of mine',
  layout: 'table',
  filters: { ownerId: 'me', currency: 'USD', minMinor: 1_000_000, closeTo: '2030-06-30' },
  sorting: { field: 'value', order: 'desc' },
};

async function save(person: Member, fields: object = {}): Promise<string> {
  const answer = await as(person, 'POST /api/views', { ...view, ...fields });
  if (answer.status !== 201) throw new Error(`no view: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}
const listed = async (person: Member) => listIn((await as(person, 'GET /api/views')).body, 'views');

describe('saved views', () => {
  it('are none at first, then those that were saved, in that order', async () => {
    expect(await listed(org.rep)).toEqual([]);
    const ids = [await save(org.rep), await save(org.rep, { name: 'Others', sorting: null })];
    expect(idsIn(await listed(org.rep))).toEqual(ids);
    expect(await listed(org.rep)).toMatchObject([view, { name: 'Others', sorting: null }]);
  });

  it('begin as a board of everything', async () => {
    const answer = await as(org.rep, 'POST /api/views', { name: 'All' });
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'All', layout: 'board', filters: {}, sorting: null },
    });
  });

  it('are changed field by field, their filters as a whole', async () => {
    const id = await save(org.manager);
    const filters = { tag: 'vip' };
    expect(await as(org.manager, `PATCH /api/views/${id}`, { filters })).toMatchObject({
      status: 200,
      body: { id, ...view, filters },
    });
    await as(org.manager, `PATCH /api/views/${id}`, { name: 'Renamed', layout: 'board' });
    expect(await listed(org.manager)).toMatchObject([
      { id, name: 'Renamed', layout: 'board', filters, sorting: view.sorting },
    ]);
  });

  it('are deleted', async () => {
    const id = await save(org.rep2);
    expect((await as(org.rep2, `DELETE /api/views/${id}`)).status).toBe(200);
    expect(await listed(org.rep2)).toEqual([]);
    expect((await as(org.rep2, `DELETE /api/views/${id}`)).status).toBe(404);
  });

  it('are for their owner alone, not even for an administrator', async () => {
    const id = await save(org.colleague);
    for (const other of [org.admin, org.rep, elsewhere.admin]) {
      expect(idsIn(await listed(other))).not.toContain(id);
      expect((await as(other, `PATCH /api/views/${id}`, { name: 'Mine' })).status).toBe(404);
      expect((await as(other, `DELETE /api/views/${id}`)).status).toBe(404);
    }
    expect(await listed(org.colleague)).toMatchObject([{ id, name: view.name }]);
  });

  it('have names of their own', async () => {
    const first = await save(elsewhere.rep, { name: 'One' });
    await save(elsewhere.rep, { name: 'Two' });
    const taken = { status: 409, body: { code: 'ALREADY_EXISTS', field: 'name' } };
    expect(await as(elsewhere.rep, 'POST /api/views', { name: 'Two' })).toMatchObject(taken);
    const path = `PATCH /api/views/${first}`;
    expect(await as(elsewhere.rep, path, { name: 'Two' })).toMatchObject(taken);
    expect((await as(elsewhere.rep, path, { name: 'One' })).status).toBe(200);
  });

  it.each([
    ['amounts without a currency', { filters: { minMinor: 5 } }, 'filters.currency'],
    ['a person who is not here', { filters: { ownerId: 'nobody' } }, 'filters.ownerId'],
    ['a team that is not here', { filters: { teamId: 'nothing' } }, 'filters.teamId'],
    ['a filter that there is not', { filters: { mood: 'good' } }, 'filters.mood'],
    ['a day that is none', { filters: { closeFrom: '2030-02-30' } }, 'filters.closeFrom'],
    ['a sorting that there is not', { sorting: { field: 'mood', order: 'asc' } }, 'sorting.field'],
    ['no name', { name: ' ' }, 'name'],
  ])('are refused with %s', async (_what, fields, field) => {
    const answer = await as(org.admin, 'POST /api/views', { ...view, ...fields });
    expect(answer).toMatchObject({ body: { field } });
    expect([400, 422]).toContain(answer.status);
    expect(await listed(org.admin)).toEqual([]);
  });

  it('are at most fifty a person, however fast they come', async () => {
    const tries = Array.from({ length: 55 }, (_, n) => `View ${n}`);
    const answers = [];
    for (let start = 0; start < tries.length; start += 5) {
      const some = tries.slice(start, start + 5);
      const path = 'POST /api/views';
      answers.push(...(await Promise.all(some.map((name) => as(elsewhere.rep2, path, { name })))));
    }
    const statuses = answers.map(({ status }) => status);
    expect(await listed(elsewhere.rep2)).toHaveLength(50);
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });
});

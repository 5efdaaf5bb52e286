import { beforeAll, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';

const PATH = '/api/settings/organisation';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const shown = async (of = org) => (await as(of.admin, `GET ${PATH}`)).body;

describe('GET /api/settings/organisation', () => {
  it.each(['admin', 'manager', 'rep'] as const)('shows a %s their own', async (role) => {
    expect(await as(org[role], `GET ${PATH}`)).toMatchObject({
      status: 200,
      body: { id: org.orgId, currency: 'USD', timeZone: 'UTC', industry: null, version: 1 },
    });
  });

  it('shows nobody anything', async () => {
    expect((await request(`GET ${PATH}`)).status).toBe(401);
    expect((await as(org.deactivated, `GET ${PATH}`)).status).toBe(403);
  });
});

describe('PATCH /api/settings/organisation', () => {
  it('changes what is named, raises the version by one and touches no other organisation', async () => {
    const other = await shown(elsewhere);
    const body = { name: 'Harbour Ltd', industry: 'Software', timeZone: 'Europe/Berlin' };
    expect(await as(org.admin, `PATCH ${PATH}`, { version: 1, ...body })).toMatchObject({
      status: 200,
      body: { ...body, currency: 'USD', version: 2 },
    });
    expect(await as(org.admin, `PATCH ${PATH}`, { industry: null })).toMatchObject({
      body: { ...body, industry: null, version: 3 },
    });
    expect(await shown(elsewhere)).toEqual(other);
  });

  it('leaves the version when nothing differs', async () => {
    const { name, version } = Object.fromEntries(Object.entries((await shown()) ?? {}));
    const answer = await as(org.admin, `PATCH ${PATH}`, { name });
    expect(answer).toMatchObject({ status: 200, body: { version } });
  });

  it('refuses a change that is based on an older version', async () => {
    const before = await shown();
    const answer = await as(org.admin, `PATCH ${PATH}`, { version: 1, name: 'Late' });
    expect(answer).toMatchObject({ status: 409, body: { field: 'version' } });
    expect(await shown()).toEqual(before);
  });

  it.each([
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 422, 'timeZone'],
    ['an empty name', { name: ' ' }, 422, 'name'],
    ['a name that is no text', { name: 1 }, 400, 'name'],
    ['another currency', { currency: 'EUR' }, 400, 'currency'],
  ])('refuses %s', async (_what, body, status, field) => {
    expect(await as(org.admin, `PATCH ${PATH}`, body)).toMatchObject({ status, body: { field } });
  });

  it('is for administrators, and people', async () => {
    const key = await as(org.admin, 'POST /api/api-keys', {
      ...{ name: 'Website', scopes: ['read:crm', 'write:crm'] },
    });
    const token = textIn(key.body, 'secret');
    const answers = await Promise.all([
      as(org.manager, `PATCH ${PATH}`, { name: 'Mine' }),
      as(org.rep, `PATCH ${PATH}`, { name: 'Mine' }),
      request(`PATCH ${PATH}`, { token, body: { name: 'Mine' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

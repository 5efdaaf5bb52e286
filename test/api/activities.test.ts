import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, idsIn } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let dealId: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  dealId = await storeDeal(org.orgId, dealOf(org.rep.principal));
});

const call = { type: 'call', subject: 'Discovery call' };
const log = (person: Member, fields: object = {}) =>
  as(person, 'POST /api/activities', { recordType: 'deal', recordId: dealId, ...call, ...fields });
const listed = async (person: Member, query: string) =>
  idsIn(listIn((await as(person, `GET /api/activities?${query}`)).body, 'activities'));

describe('activities', () => {
  it('are logged with what happened, when and how long it took', async () => {
    const fields = {
      ...{ type: 'meeting', subject: 'Kick-off', body: 'All there', durationMinutes: 45 },
      occurredAt: '2026-01-05T10:00:00.000Z',
    };
    const answer = await log(org.rep, fields);
    expect(answer).toMatchObject({
      status: 201,
      body: { ...fields, recordId: dealId, ownerId: org.rep.uid, version: 1 },
    });
    const id = textIn(answer.body, 'id');
    expect((await as(org.manager, `GET /api/activities/${id}`)).body).toEqual(answer.body);
    expect((await log(org.rep)).body).toMatchObject({
      ...{ occurredAt: expect.any(String), body: null, durationMinutes: null },
    });
  });

  it('are changed, binned and restored by who logged them and those above', async () => {
    const id = textIn((await log(org.rep)).body, 'id');
    const change = (person: Member, body: object) => as(person, `PUT /api/activities/${id}`, body);
    expect((await change(org.rep, { subject: 'Call two', version: 1 })).body).toMatchObject({
      ...{ subject: 'Call two', type: 'call', version: 2 },
    });
    expect((await change(org.rep, { subject: 'Late', version: 1 })).status).toBe(409);
    expect((await change(org.manager, { durationMinutes: 5 })).status).toBe(200);
    expect((await change(org.colleague, { durationMinutes: 6 })).status).toBe(404);
    expect((await change(elsewhere.admin, { durationMinutes: 6 })).status).toBe(404);
    expect((await as(org.rep, `DELETE /api/activities/${id}`)).status).toBe(200);
    expect((await as(org.rep, `GET /api/activities/${id}`)).status).toBe(404);
    expect((await as(elsewhere.admin, `POST /api/activities/${id}/restore`)).status).toBe(404);
    expect((await as(org.rep, `POST /api/activities/${id}/restore`)).status).toBe(200);
  });

  it('are listed latest first and by type', async () => {
    const recordId = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const at = (day: number) => ({ recordId, occurredAt: `2026-01-0${day}T00:00:00Z` });
    const ids = [];
    for (const [day, type] of [
      [2, 'call'],
      [3, 'email'],
      [1, 'call'],
    ] as const) {
      ids.push(textIn((await log(org.rep, { ...at(day), type })).body, 'id'));
    }
    const query = `recordType=deal&recordId=${recordId}`;
    expect(await listed(org.rep, query)).toEqual([ids[1], ids[0], ids[2]]);
    expect(await listed(org.rep, `${query}&type=call`)).toEqual([ids[0], ids[2]]);
    expect((await as(org.colleague, `GET /api/activities?${query}`)).status).toBe(404);
  });

  it.each<[string, number, object]>([
    ['type', 422, { type: 'fax' }],
    ['subject', 422, { subject: '' }],
    ['subject', 400, { subject: 5 }],
    ['body', 422, { body: 'x'.repeat(20_001) }],
    ['occurredAt', 422, { occurredAt: '2026-13-01T00:00:00Z' }],
    ['occurredAt', 422, { occurredAt: '9999-12-31T23:59:59-01:00' }],
    ['durationMinutes', 422, { durationMinutes: -1 }],
    ['durationMinutes', 400, { durationMinutes: 1.5 }],
    ['recordId', 422, { recordId: 'a/b' }],
    ['ownerId', 400, { ownerId: 'me' }],
  ])('with a bad %s are refused with %d: %j', async (field, status, fields) => {
    expect(await log(org.rep, fields)).toMatchObject({ status, body: { field } });
  });

  it('are not logged about what is not to be seen', async () => {
    const foreign = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
    for (const recordId of [newId(), foreign]) {
      expect((await log(org.admin, { recordId })).status).toBe(404);
    }
    expect((await log(org.colleague)).status).toBe(404);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, idsIn, made } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let contactId: string;
let foreignContactId: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  contactId = await made(org.rep, 'contacts', { firstName: 'Alice', lastName: 'Johnson' });
  foreignContactId = await made(elsewhere.admin, 'contacts', { firstName: 'Eve' });
});

const hour = (day: number, hours = 9) =>
  `2030-01-${String(day).padStart(2, '0')}T${String(hours).padStart(2, '0')}:00:00.000Z`;
const meeting = (fields: object = {}) => ({
  ...{ title: 'Call', startTime: hour(1), endTime: hour(1, 10), contactId },
  ...fields,
});
async function appointment(person: Member, fields: object = {}): Promise<string> {
  const answer = await as(person, 'POST /api/appointments', meeting(fields));
  if (answer.status !== 201) throw new Error(`no appointment: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}
const listed = async (person: Member, query: string) =>
  idsIn(listIn((await as(person, `GET /api/appointments?${query}`)).body, 'appointments'));

describe('the contract of seed 001', () => {
  it('POST /api/appointments', async () => {
    const answer = await as(org.rep, 'POST /api/appointments', {
      title: 'Discovery Meeting',
      startTime: '2025-11-20T10:00:00.000Z',
      endTime: '2025-11-20T11:00:00.000Z',
      contactId,
      location: 'Office - Room 3',
      notes: 'Bring project brief',
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        id: expect.any(String),
        title: 'Discovery Meeting',
        startTime: '2025-11-20T10:00:00.000Z',
        status: 'SCHEDULED',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    });
    expect(await stored(org.orgId, `appointments/${textIn(answer.body, 'id')}`)).toMatchObject({
      ...{ ownerId: org.rep.uid, teamId: org.teams.east, contactId, dealId: null, version: 1 },
    });
  });

  it('GET /api/appointments?startDate=2025-11-15&endDate=2025-11-30', async () => {
    const other = await createOrganisation();
    const alice = await made(other.rep, 'contacts', { firstName: 'Alice', lastName: 'Johnson' });
    const add = async (startTime: string, endTime: string) =>
      textIn(
        (
          await as(other.rep, 'POST /api/appointments', {
            ...{ title: 'Consultation Call', startTime, endTime, contactId: alice },
            ...{ location: 'Zoom', notes: 'Discuss project requirements' },
          })
        ).body,
        'id',
      );
    await add('2025-11-14T23:00:00.000Z', '2025-11-15T10:00:00.000Z');
    const id = await add('2025-11-18T14:00:00.000Z', '2025-11-18T15:00:00.000Z');
    const last = await add('2025-11-30T23:30:00.000Z', '2025-12-01T00:30:00.000Z');
    await add('2025-12-01T00:00:00.000Z', '2025-12-01T01:00:00.000Z');
    const line = 'GET /api/appointments?startDate=2025-11-15&endDate=2025-11-30';
    const { status, body } = await as(other.rep, line);
    expect(status).toBe(200);
    expect(listIn(body, 'appointments')[0]).toMatchObject({
      id,
      title: 'Consultation Call',
      startTime: '2025-11-18T14:00:00.000Z',
      endTime: '2025-11-18T15:00:00.000Z',
      contactId: alice,
      contact: { firstName: 'Alice', lastName: 'Johnson' },
      location: 'Zoom',
      notes: 'Discuss project requirements',
      status: 'SCHEDULED',
      createdAt: expect.any(String),
    });
    expect(idsIn(listIn(body, 'appointments'))).toEqual([id, last]);
  });
});

describe('appointments', () => {
  it('are changed, rescheduled, ended, binned and restored', async () => {
    const id = await appointment(org.rep, { startTime: hour(2), endTime: hour(2, 10) });
    const path = `/api/appointments/${id}`;
    const moved = await as(org.rep, `PATCH ${path}`, { startTime: hour(2, 8), version: 1 });
    expect(moved).toMatchObject({ status: 200, body: { startTime: hour(2, 8), version: 2 } });
    const late = await as(org.rep, `PATCH ${path}`, { title: 'B', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { field: 'version' } });
    const same = await as(org.rep, `PUT ${path}`, { startTime: hour(2, 8) });
    expect(same).toMatchObject({ status: 200, body: { version: 2 } });
    const over = await as(org.rep, `PATCH ${path}`, { status: 'COMPLETED' });
    expect(over).toMatchObject({ status: 200, body: { status: 'COMPLETED', version: 3 } });
    expect(await as(org.rep, `DELETE ${path}`)).toMatchObject({
      ...{ status: 200, body: { success: true } },
    });
    expect((await as(org.rep, `GET ${path}`)).status).toBe(404);
    expect((await as(org.rep, `PATCH ${path}`, { title: 'C' })).status).toBe(404);
    expect(await listed(org.rep, 'startDate=2030-01-02&endDate=2030-01-02')).toEqual([]);
    expect((await as(org.rep, `POST ${path}/restore`)).status).toBe(200);
    expect(await as(org.rep, `GET ${path}`)).toMatchObject({ status: 200, body: { version: 5 } });
  });

  it('are seen and changed by their owner and those above', async () => {
    const id = await appointment(org.rep, { startTime: hour(3), endTime: hour(3, 10) });
    const path = `/api/appointments/${id}`;
    const absent = await as(org.rep2, `GET /api/appointments/${newId()}`);
    for (const person of [org.colleague, org.rep2, org.otherManager, elsewhere.admin]) {
      for (const [line, body] of [
        [`GET ${path}`],
        [`PATCH ${path}`, { title: 'B' }],
        [`DELETE ${path}`],
        [`POST ${path}/restore`],
      ] as const) {
        const answer = await as(person, line, body);
        expect([line, answer.status]).toEqual([line, 404]);
        expect(textIn(answer.body, 'error').replace(id, '')).toBe(
          textIn(absent.body, 'error').replace(/'[^']*'/, "''"),
        );
      }
    }
    for (const person of [org.rep, org.manager, org.admin]) {
      expect((await as(person, `GET ${path}`)).status).toBe(200);
      expect((await as(person, `PATCH ${path}`, { location: person.uid })).status).toBe(200);
    }
  });

  it('are given to others by those who oversee both', async () => {
    const id = await appointment(org.rep, { startTime: hour(4), endTime: hour(4, 10) });
    const give = async (person: Member, ownerId: string) =>
      (await as(person, `PATCH /api/appointments/${id}`, { ownerId })).status;
    expect(await give(org.rep, org.colleague.uid)).toBe(403);
    expect(await give(org.manager, org.rep2.uid)).toBe(403);
    expect(await give(org.manager, org.deactivated.uid)).toBe(422);
    expect(await give(org.manager, elsewhere.rep.uid)).toBe(422);
    expect(await give(org.manager, org.colleague.uid)).toBe(200);
    expect((await as(org.rep, `GET /api/appointments/${id}`)).status).toBe(404);
    const forOther = meeting({ ownerId: org.colleague.uid });
    expect((await as(org.rep, 'POST /api/appointments', forOther)).status).toBe(403);
  });

  it('name what the owner has at the same time, and are made all the same', async () => {
    const times = { startTime: hour(5, 9), endTime: hour(5, 11) };
    const first = await appointment(org.colleague, {
      ...times,
      contactId: await made(org.colleague, 'contacts', { firstName: 'Bob' }),
    });
    const answer = await as(org.admin, 'POST /api/appointments', {
      ...meeting({ startTime: hour(5, 10), endTime: hour(5, 12), ownerId: org.colleague.uid }),
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        overlaps: [{ id: first, title: 'Call', ...times }],
        warnings: [expect.stringContaining('Call')],
      },
    });
    const after = meeting({ startTime: hour(5, 12), endTime: hour(5, 13) });
    const next = await as(org.admin, 'POST /api/appointments', {
      ...after,
      ownerId: org.colleague.uid,
    });
    expect(next.body).toMatchObject({ overlaps: [], warnings: [] });
    const moved = await as(org.admin, `PATCH /api/appointments/${textIn(next.body, 'id')}`, {
      startTime: hour(5, 10),
    });
    expect(idsIn(listIn(moved.body, 'overlaps')).sort()).toEqual(
      [first, textIn(answer.body, 'id')].sort(),
    );
    await as(org.admin, `PATCH /api/appointments/${first}`, { status: 'CANCELLED' });
    const free = await as(org.admin, `PATCH /api/appointments/${textIn(answer.body, 'id')}`, {
      ...{ startTime: hour(5, 9), endTime: hour(5, 10) },
    });
    expect(free.body).toMatchObject({ overlaps: [] });
  });

  it('are made once for one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': newId() };
    const body = meeting({ startTime: hour(6), endTime: hour(6, 10) });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => as(org.rep, 'POST /api/appointments', body, headers)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await listed(org.rep, 'startDate=2030-01-06&endDate=2030-01-06')).toHaveLength(1);
    const other = await as(org.rep, 'POST /api/appointments', { ...body, title: 'B' }, headers);
    expect(other.status).toBe(422);
  });

  it('of changes made at once take all', async () => {
    const id = await appointment(org.rep, { startTime: hour(7), endTime: hour(7, 10) });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        as(org.rep, `PATCH /api/appointments/${id}`, { title: `Call ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await as(org.rep, `GET /api/appointments/${id}`)).body).toMatchObject({ version: 6 });
  });

  it('are listed by contact, deal, owner and status, in pages, as the caller may see them', async () => {
    const other = await createOrganisation();
    const [anna, bert] = [
      await made(other.rep, 'contacts', { firstName: 'Anna' }),
      await made(other.rep, 'contacts', { firstName: 'Bert' }),
    ];
    const dealId = await storeDeal(other.orgId, dealOf(other.rep.principal));
    const add = async (person: Member, fields: object) =>
      textIn((await as(person, 'POST /api/appointments', meeting(fields))).body, 'id');
    const day = (n: number) => ({ startTime: hour(n), endTime: hour(n, 10) });
    const third = await add(other.rep, { ...day(9), contactId: anna });
    const first = await add(other.rep, { ...day(3), contactId: bert, dealId });
    const second = await add(other.admin, { ...day(5), contactId: anna });
    await as(other.rep, `PATCH /api/appointments/${first}`, { status: 'NO_SHOW' });
    expect(await listed(other.admin, '')).toEqual([first, second, third]);
    expect(await listed(other.admin, 'order=desc')).toEqual([third, second, first]);
    expect(await listed(other.rep, '')).toEqual([first, third]);
    expect(await listed(other.manager, '')).toEqual([first, third]);
    expect(await listed(other.manager, `contactId=${anna}`)).toEqual([third]);
    expect(await listed(other.admin, `ownerId=${other.admin.uid}`)).toEqual([second]);
    expect(await listed(other.rep, `ownerId=${other.admin.uid}`)).toEqual([]);
    expect(await listed(other.rep, `dealId=${dealId}&status=NO_SHOW`)).toEqual([first]);
    expect(await listed(other.otherManager, '')).toEqual([]);
    const range = `startDate=${hour(5)}&endDate=${hour(9)}`;
    expect(await listed(other.admin, range)).toEqual([second]);
    const page = await as(other.admin, 'GET /api/appointments?limit=2');
    const cursor = textIn(page.body, 'nextCursor');
    expect(await listed(other.admin, `limit=2&cursor=${cursor}`)).toEqual([third]);
  });

  it.each<[string, number, object]>([
    ['title', 400, { title: undefined }],
    ['title', 422, { title: '' }],
    ['startTime', 422, { startTime: '2030-01-01' }],
    ['startTime', 422, { startTime: '2030-02-30T09:00:00Z' }],
    ['endTime', 422, { endTime: hour(1) }],
    ['endTime', 422, { endTime: hour(1, 8) }],
    ['endTime', 422, { endTime: '2030-03-01T09:00:00Z' }],
    ['contactId', 400, { contactId: undefined }],
    ['contactId', 422, { contactId: 'a/b' }],
    ['contactId', 422, { contactId: 'absent' }],
    ['dealId', 422, { dealId: 'absent' }],
    ['ownerId', 422, { ownerId: 'absent' }],
    ['status', 400, { status: 'COMPLETED' }],
    ['teamId', 400, { teamId: 'east' }],
  ])('with a bad %s are refused with %d: %j', async (field, status, fields) => {
    const answer = await as(org.rep, 'POST /api/appointments', meeting(fields));
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it('are not made with what the caller cannot see, whose refusal is that of what is absent', async () => {
    const hidden = await made(org.admin, 'contacts', { firstName: 'Hidden' });
    const deal = await storeDeal(org.orgId, dealOf(org.rep2.principal));
    const binned = await made(org.rep, 'contacts', { firstName: 'Binned' });
    await as(org.rep, `DELETE /api/contacts/${binned}`);
    const refusal = async (fields: object, id: string) => {
      const answer = await as(org.rep, 'POST /api/appointments', meeting(fields));
      return [answer.status, textIn(answer.body, 'error').replace(id, '')];
    };
    const absent = await refusal({ contactId: 'absent' }, 'absent');
    for (const id of [hidden, binned, foreignContactId]) {
      expect(await refusal({ contactId: id }, id)).toEqual(absent);
    }
    expect(await refusal({ dealId: deal }, deal)).toEqual(
      await refusal({ dealId: 'absent' }, 'absent'),
    );
  });

  it.each([
    ['startDate', 'startDate=yesterday'],
    ['endDate', 'startDate=2030-01-02&endDate=2030-01-01'],
    ['status', 'status=LATE'],
    ['cursor', 'cursor=abc'],
    ['limit', 'limit=101'],
  ])('are not listed by a bad %s', async (field, query) => {
    const answer = await as(org.rep, `GET /api/appointments?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });
});

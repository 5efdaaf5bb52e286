import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import {
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { type Answer, listIn, request, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const nextYear = new Date().getUTCFullYear() + 1;
/** The request that seed 001 documents; the day it shows has passed. */
const seedDeal = {
  ...{ title: 'Mobile App Development', value: 50_000, stage: 'QUALIFIED', probability: 40 },
  expectedCloseDate: `${nextYear}-02-01`,
};

async function as(person: Member, line: string, body?: unknown): Promise<Answer> {
  const token = await person.token();
  return request(line, { token, ...(body === undefined ? {} : { body }) });
}

const create = (person: Member, body: unknown) => as(person, 'POST /api/deals', body);
const move = (person: Member, id: string, body: unknown) =>
  as(person, `PATCH /api/deals/${id}/stage`, body);

/** The answer without what differs from request to request. */
function essence({ status, body }: Answer, id: string): string {
  const text = JSON.stringify(body).replaceAll(id, '{id}');
  return `${status} ${text.replace(/"requestId":"[^"]*","timestamp":"[^"]*"/, '')}`;
}

describe('POST /api/deals', () => {
  it('answers as documented', async () => {
    const answer = await create(org.rep, seedDeal);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: expect.any(String),
      title: 'Mobile App Development',
      value: 50_000,
      stage: 'QUALIFIED',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('stores the deal with the caller as its owner', async () => {
    const { body } = await create(org.rep, seedDeal);
    const { uid } = org.rep;
    expect(await storedDeal(org.orgId, textIn(body, 'id'))).toMatchObject({
      ...{ version: 1, createdBy: uid, updatedBy: uid, cause: null },
      ...{ ownerId: uid, teamId: org.teams.east, participantIds: [uid] },
      ...{ title: 'Mobile App Development', valueMinor: 5_000_000, currency: 'USD' },
      ...{ stageId: org.stages.QUALIFIED, stageKind: 'open', stageKey: 'QUALIFIED' },
      ...{ probability: 40, splits: [{ uid, shareBps: 10_000 }], closedAt: null },
      expectedCloseDate: new Date(`${nextYear}-02-01T00:00:00.000Z`),
    });
  });

  it('needs a title and a value, and takes the rest from stage and organisation', async () => {
    const { status, body } = await create(org.rep, { title: '  Website Redesign ', value: 0 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ title: 'Website Redesign', value: 0, currency: 'USD', stage: 'LEAD', probability: 10 },
      ...{ expectedCloseDate: null, closedAt: null, version: 1 },
    });
  });

  it('takes a stage by its id', async () => {
    const stage = org.stages.PROPOSAL;
    const { body } = await create(org.rep, { title: 'A', value: 1, stage });
    expect(body).toMatchObject({ stage: 'PROPOSAL', stageId: stage, probability: 50 });
  });

  it('closes a deal that starts in a stage of won deals', async () => {
    const { body } = await create(org.rep, { title: 'A', value: 1, stage: 'CLOSED_WON' });
    expect(body).toMatchObject({ probability: 100, closedAt: expect.any(String) });
  });

  it.each([
    [15_000, 'JPY', 15_000],
    [15_000.25, 'USD', 1_500_025],
    [15_000.125, 'KWD', 15_000_125],
    [0.1, 'EUR', 10],
    [-0, 'USD', 0],
    [9_999_999_999_999.99, 'USD', 999_999_999_999_999],
  ])('stores %d %s as %d minor units and shows it unchanged', async (value, currency, minor) => {
    const { status, body } = await create(org.rep, { title: 'A', value, currency });
    expect([status, body]).toEqual([201, expect.objectContaining({ value: value + 0, currency })]);
    const stored = await storedDeal(org.orgId, textIn(body, 'id'));
    expect(stored?.valueMinor).toBe(minor);
  });

  it('takes the currency of the organisation', async () => {
    const tokyo = await createOrganisation({ currency: 'JPY' });
    const yen = await create(tokyo.rep, { title: 'A', value: 15_000 });
    expect(yen.body).toMatchObject({ value: 15_000, currency: 'JPY' });
    expect(await create(tokyo.rep, { title: 'A', value: 0.5 })).toMatchObject({
      status: 422,
      body: { field: 'value' },
    });
  });

  it.each<[string, number, object]>([
    ['title', 400, { title: undefined }],
    ['title', 400, { title: null }],
    ['title', 400, { title: 5 }],
    ['title', 422, { title: '' }],
    ['title', 422, { title: ' \u00a0' }],
    ['title', 422, { title: 'a\u0000b' }],
    ['title', 422, { title: 'half an emoji \ud83d' }],
    ['title', 422, { title: 'x'.repeat(301) }],
    ['value', 400, { value: undefined }],
    ['value', 400, { value: '50000' }],
    ['value', 400, { value: null }],
    ['value', 422, { value: -1 }],
    ['value', 422, { value: 0.001 }],
    ['value', 422, { value: 1e15 }],
    ['value', 422, { value: 0.5, currency: 'JPY' }],
    ['value', 422, { value: 1.2345, currency: 'KWD' }],
    ['currency', 422, { currency: 'XYZ' }],
    ['currency', 400, { currency: 840 }],
    ['stage', 422, { stage: 'no-such-stage' }],
    ['stage', 422, { stage: 'no stage at all' }],
    ['stage', 422, { stage: '' }],
    ['stage', 400, { stage: 5 }],
    ['probability', 422, { probability: 101 }],
    ['probability', 422, { probability: -1 }],
    ['probability', 400, { probability: 40.5 }],
    ['probability', 400, { probability: '40' }],
    ['expectedCloseDate', 422, { expectedCloseDate: '2026-02-01' }],
    ['expectedCloseDate', 422, { expectedCloseDate: `${nextYear}-02-30` }],
    ['expectedCloseDate', 422, { expectedCloseDate: 'tomorrow' }],
    ['expectedCloseDate', 422, { expectedCloseDate: '0000-01-01T00:00:00+01:00' }],
    ['expectedCloseDate', 422, { expectedCloseDate: '9999-12-31T23:59:59-01:00' }],
    ['expectedCloseDate', 400, { expectedCloseDate: 20_270_201 }],
    ['ownerId', 422, { ownerId: 'nobody' }],
    ['ownerId', 422, { ownerId: 'a/b' }],
    ['colour', 400, { colour: 'red' }],
    ['version', 400, { version: 7 }],
    ['orgId', 400, { orgId: 'somebody-elses' }],
    ['valueMinor', 400, { valueMinor: 1 }],
  ])('refuses a bad %s with %d: %j', async (field, status, change) => {
    const answer = await create(org.rep, { ...seedDeal, ...change });
    expect(answer).toMatchObject({ status, body: { status, field } });
  });

  it('refuses an owner who is deactivated, or of another organisation, alike', async () => {
    const [gone, foreign] = await Promise.all([
      create(org.admin, { ...seedDeal, ownerId: org.deactivated.uid }),
      create(org.admin, { ...seedDeal, ownerId: elsewhere.rep.uid }),
    ]);
    expect(gone).toMatchObject({ status: 422, body: { field: 'ownerId' } });
    expect(essence(foreign, elsewhere.rep.uid)).toBe(essence(gone, org.deactivated.uid));
  });

  it('lets a rep create for nobody else, a manager for the team, an admin for all', async () => {
    const owned = (ownerId: string) => ({ ...seedDeal, ownerId });
    const { rep, rep2, colleague, manager, admin } = org;
    for (const [caller, owner, status] of [
      [rep, colleague, 403],
      [manager, rep2, 403],
      [rep, rep, 201],
      [manager, colleague, 201],
      [manager, manager, 201],
      [admin, rep2, 201],
    ] as const) {
      const answer = await create(caller, owned(owner.uid));
      expect([caller.email, owner.email, answer.status]).toEqual([
        caller.email,
        owner.email,
        status,
      ]);
    }
    const { body } = await create(admin, owned(rep2.uid));
    expect(await storedDeal(org.orgId, textIn(body, 'id'))).toMatchObject({
      ...{ ownerId: rep2.uid, teamId: org.teams.west, participantIds: [rep2.uid] },
      createdBy: admin.uid,
    });
  });
});

describe('GET /api/deals/{id}', () => {
  it('shows a deal to those who may see it', async () => {
    const participantIds = [org.rep.uid, org.rep2.uid];
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal, { participantIds }));
    for (const person of [org.rep, org.rep2, org.manager, org.admin]) {
      const answer = await as(person, `GET /api/deals/${id}`);
      expect(answer).toMatchObject({ status: 200, body: { id, title: 'Website Redesign' } });
    }
  });

  it('answers of a deal that is not theirs exactly as of an absent one', async () => {
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const absent = newId();
    for (const person of [org.colleague, org.rep2, org.otherManager, elsewhere.admin]) {
      const hidden = await as(person, `GET /api/deals/${id}`);
      expect(hidden).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', status: 404 } });
      expect(essence(hidden, id)).toBe(
        essence(await as(person, `GET /api/deals/${absent}`), absent),
      );
      const moved = await move(person, id, { stage: 'LEAD' });
      expect(moved.status).toBe(404);
      expect(essence(moved, id)).toBe(
        essence(await move(person, absent, { stage: 'LEAD' }), absent),
      );
    }
  });

  it('is lost to a demoted manager with the next request, the token being the old one', async () => {
    const { orgId, otherManager, teams } = org;
    const id = await storeDeal(orgId, dealOf(org.rep2.principal));
    expect((await as(otherManager, `GET /api/deals/${id}`)).status).toBe(200);
    await changeMember(orgId, otherManager.uid, { role: 'rep' });
    expect((await as(otherManager, `GET /api/deals/${id}`)).status).toBe(404);
    await changeMember(orgId, otherManager.uid, { role: 'manager', managedTeamIds: [] });
    expect((await as(otherManager, `GET /api/deals/${id}`)).status).toBe(404);
    await changeMember(orgId, otherManager.uid, { managedTeamIds: [teams.west] });
    expect((await as(otherManager, `GET /api/deals/${id}`)).status).toBe(200);
  });
});

describe('PATCH /api/deals/{id}/stage', () => {
  const fresh = (fields: Parameters<typeof dealOf>[1] = {}) =>
    storeDeal(org.orgId, dealOf(org.rep.principal, fields));

  it('answers as documented', async () => {
    const answer = await move(org.rep, await fresh(), { stage: 'NEGOTIATION', probability: 80 });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: expect.any(String),
      stage: 'NEGOTIATION',
      probability: 80,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('stores the stage, its kind and key, and one version more', async () => {
    const id = await fresh();
    const before = await storedDeal(org.orgId, id);
    await move(org.manager, id, { stage: 'CLOSED_WON' });
    expect(await storedDeal(org.orgId, id)).toEqual({
      ...before,
      ...{ stageId: org.stages.CLOSED_WON, stageKind: 'won', stageKey: 'CLOSED_WON' },
      ...{ probability: 100, version: 2, updatedBy: org.manager.uid },
      ...{ updatedAt: expect.any(Date), closedAt: expect.any(Date) },
    });
  });

  it('changes nothing, not even the version, when the deal is there already', async () => {
    const id = await fresh();
    const before = await storedDeal(org.orgId, id);
    expect((await move(org.rep, id, { stage: 'LEAD' })).status).toBe(200);
    expect((await move(org.rep, id, { stage: 'intake', probability: 10 })).status).toBe(200);
    expect(await storedDeal(org.orgId, id)).toEqual(before);
  });

  it('keeps the closing time while the deal stays closed and drops it when it is re-opened', async () => {
    const id = await fresh();
    await move(org.rep, id, { stage: 'CLOSED_WON' });
    const won = await storedDeal(org.orgId, id);
    await move(org.rep, id, { stage: 'CLOSED_WON', probability: 99 });
    expect(await storedDeal(org.orgId, id)).toMatchObject({ closedAt: won?.closedAt, version: 3 });
    await move(org.rep, id, { stage: 'PROPOSAL' });
    expect(await storedDeal(org.orgId, id)).toMatchObject({ closedAt: null, stageKind: 'open' });
  });

  it.each<[string, number, object]>([
    ['stage', 400, {}],
    ['stage', 400, { stage: null }],
    ['stage', 422, { stage: 'no-such-stage' }],
    ['stage', 422, { stage: 'closed won' }],
    ['probability', 422, { stage: 'LEAD', probability: 101 }],
    ['probability', 400, { stage: 'LEAD', probability: 'high' }],
    ['title', 400, { stage: 'LEAD', title: 'A' }],
    ['dealId', 400, { stage: 'LEAD', dealId: 'other' }],
    ['version', 400, { stage: 'LEAD', version: 1 }],
  ])('refuses a bad %s with %d: %j', async (field, status, body) => {
    const id = await fresh();
    expect(await move(org.rep, id, body)).toMatchObject({ status, body: { status, field } });
    expect((await storedDeal(org.orgId, id))?.version).toBe(1);
  });

  it('refuses a stage of another organisation as it refuses an unknown one', async () => {
    const foreign = elsewhere.stages.PROPOSAL;
    const answer = await move(org.rep, await fresh(), { stage: foreign });
    expect(answer).toMatchObject({ status: 422, body: { field: 'stage' } });
    const unknown = newId();
    expect(essence(answer, foreign)).toBe(
      essence(await move(org.rep, await fresh(), { stage: unknown }), unknown),
    );
  });

  it('is for the owner, the team’s manager and the admin; a split lets look only', async () => {
    const id = await fresh({ participantIds: [org.rep.uid, org.rep2.uid] });
    const refused = await move(org.rep2, id, { stage: 'PROPOSAL' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect((await storedDeal(org.orgId, id))?.version).toBe(1);
    for (const [person, stage] of [
      [org.rep, 'QUALIFIED'],
      [org.manager, 'PROPOSAL'],
      [org.admin, 'NEGOTIATION'],
    ] as const) {
      expect(await move(person, id, { stage })).toMatchObject({ status: 200, body: { stage } });
    }
    expect((await storedDeal(org.orgId, id))?.version).toBe(4);
  });

  it('lets twenty movers at once all succeed, each with a version of their own', async () => {
    const id = await fresh({ probability: 99 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        move(org.rep, id, { stage: 'PROPOSAL', probability: index }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const versions = answers.map(({ body }) => Object(body).version);
    expect(new Set(versions)).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index + 2)));
    expect((await storedDeal(org.orgId, id))?.version).toBe(21);
  }, 30_000);
});

describe('GET /api/deals', () => {
  const idsIn = (answer: Answer) => listIn(answer.body, 'deals').map((deal) => textIn(deal, 'id'));

  it('answers as documented', async () => {
    const id = await storeDeal(org.orgId, dealOf(org.colleague.principal));
    const answer = await as(org.colleague, 'GET /api/deals?stage=LEAD');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      total: expect.any(Number),
      deals: expect.arrayContaining([
        expect.objectContaining({
          ...{ id, title: 'Website Redesign', value: 15_000, stage: 'LEAD', probability: 10 },
          ...{ expectedCloseDate: null, contacts: [] },
          createdAt: expect.stringMatching(/Z$/),
          updatedAt: expect.stringMatching(/Z$/),
        }),
      ]),
    });
  });

  it('shows each person what they may see, and counts no more', async () => {
    const fresh = await createOrganisation();
    const { orgId, rep, rep2, colleague, manager, otherManager, admin, teams } = fresh;
    const shared = await storeDeal(
      orgId,
      dealOf(rep.principal, { participantIds: [rep.uid, rep2.uid] }),
    );
    const west = await storeDeal(orgId, dealOf(rep2.principal));
    const odd = await storeDeal(orgId, dealOf({ uid: otherManager.uid, teamId: teams.east }));
    const adrift = await storeDeal(orgId, dealOf(admin.principal));
    for (const [person, visible] of [
      [colleague, []],
      [rep, [shared]],
      [rep2, [shared, west]],
      [manager, [shared, odd]],
      [otherManager, [west, odd]],
      [admin, [shared, west, odd, adrift]],
    ] as const) {
      const answer = await as(person, 'GET /api/deals');
      expect(new Set(idsIn(answer))).toEqual(new Set(visible));
      expect(answer.body).toMatchObject({ total: visible.length });
    }
  });

  it('filters by a stage’s key and by its id', async () => {
    const { orgId, colleague, stages } = org;
    const id = await storeDeal(
      orgId,
      dealOf(colleague.principal, { stageId: stages.PROPOSAL, stageKey: 'PROPOSAL' }),
    );
    expect(idsIn(await as(colleague, 'GET /api/deals?stage=PROPOSAL'))).toEqual([id]);
    expect(idsIn(await as(colleague, `GET /api/deals?stage=${stages.PROPOSAL}`))).toEqual([id]);
    expect(await as(colleague, 'GET /api/deals?stage=NEGOTIATION')).toMatchObject({
      body: { deals: [], total: 0, nextCursor: null },
    });
  });

  it('pages by cursor over equal times without loss or repeats', async () => {
    const fresh = await createOrganisation();
    const updatedAt = new Date();
    const count = 23;
    const stored = await Promise.all(
      Array.from({ length: count }, (_, index) => {
        // Half of them at one instant, the rest a millisecond apart.
        const at = new Date(updatedAt.getTime() + Math.max(0, index - 11));
        return storeDeal(fresh.orgId, dealOf(fresh.rep.principal, { updatedAt: at }));
      }),
    );
    const seen: string[] = [];
    const times: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page += 1) {
      const query = cursor === '' ? 'limit=5' : `limit=5&cursor=${cursor}`;
      const answer = await as(fresh.rep, `GET /api/deals?${query}`);
      seen.push(...idsIn(answer));
      times.push(...listIn(answer.body, 'deals').map((deal) => textIn(deal, 'updatedAt')));
      const next: unknown = Object(answer.body).nextCursor;
      if (next === null) break;
      cursor = textIn(answer.body, 'nextCursor');
    }
    expect(seen).toHaveLength(count);
    expect(new Set(seen)).toEqual(new Set(stored));
    expect(times).toEqual([...times].sort().reverse());
  });

  it('goes on from a cursor when its record has changed meanwhile', async () => {
    const fresh = await createOrganisation();
    const at = (ms: number) => new Date(Date.now() + ms);
    const store = (ms: number) =>
      storeDeal(fresh.orgId, dealOf(fresh.rep.principal, { updatedAt: at(ms) }));
    const [oldest, middle, newest] = [await store(-3000), await store(-2000), await store(-1000)];
    const first = await as(fresh.rep, 'GET /api/deals?limit=2');
    expect(idsIn(first)).toEqual([newest, middle]);
    await move(fresh.rep, middle, { stage: 'PROPOSAL' });
    const second = await as(
      fresh.rep,
      `GET /api/deals?limit=2&cursor=${textIn(first.body, 'nextCursor')}`,
    );
    expect(idsIn(second)).toEqual([oldest]);
  });
});

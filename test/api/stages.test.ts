import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { moveDealStage } from '../../functions/src/modules/deals/deals.public.ts';
import type { StageKind } from '../../functions/src/modules/stages/stages.schema.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { finishStageDeletions, STRAGGLERS_MS } from '../../functions/src/workflows/delete-stage.ts';
import { as, essence, idsIn } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import { driveJob, invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  elsewhere = await createOrganisation();
});
// Each test changes the pipeline.
beforeEach(async () => {
  org = await createOrganisation();
});

const admin = (line: string, body?: unknown) => as(org.admin, line, body);
const pipeline = async () => listIn((await admin('GET /api/stages')).body, 'stages');
const addStage = async (kind: StageKind, name = `More ${kind}`) =>
  textIn((await admin('POST /api/stages', { name, kind })).body, 'id');
const remove = (stageId: string, moveToStageId: string) =>
  admin(`DELETE /api/stages/${stageId}`, { moveToStageId });
const soon = () => invocationAt(new Date(Date.now() + STRAGGLERS_MS + 1000));
const storedStage = (id: string) => stored(org.orgId, `stages/${id}`);

describe('GET /api/stages', () => {
  it('shows everybody the pipeline in its order', async () => {
    const { status, body } = await as(org.rep, 'GET /api/stages');
    expect(status).toBe(200);
    expect(listIn(body, 'stages')).toMatchObject([
      { id: 'intake', name: 'Lead', kind: 'open', sortOrder: 0, systemKey: 'LEAD', state: 'open' },
      { name: 'Qualified', defaultProbability: 25, colour: 'blue', version: 1 },
      ...[{ name: 'Proposal' }, { name: 'Negotiation' }],
      { name: 'Won', kind: 'won', defaultProbability: 100, systemKey: 'CLOSED_WON' },
      { name: 'Lost', kind: 'lost', defaultProbability: 0, systemKey: 'CLOSED_LOST' },
    ]);
  });
});

describe('POST /api/stages', () => {
  it('adds a stage after the others, which then takes deals', async () => {
    const body = { name: 'Trial', kind: 'open', defaultProbability: 60, colour: 'teal' };
    const answer = await admin('POST /api/stages', body);
    expect(answer).toMatchObject({
      status: 201,
      body: { ...body, sortOrder: 6, systemKey: null, state: 'open', version: 1 },
    });
    const stage = textIn(answer.body, 'id');
    const deal = await as(org.rep, 'POST /api/deals', { title: 'A', value: 1, stage });
    expect(deal).toMatchObject({ status: 201, body: { stageId: stage, probability: 60 } });
  });

  it.each([
    ['open', 50],
    ['won', 100],
    ['lost', 0],
  ])(
    'gives a stage of kind %s the probability %d unless told',
    async (kind, defaultProbability) => {
      const answer = await admin('POST /api/stages', { name: 'New', kind });
      expect(answer.body).toMatchObject({ kind, defaultProbability });
    },
  );

  it.each<[string, number, object]>([
    ['name', 400, { kind: 'open' }],
    ['name', 422, { name: ' ', kind: 'open' }],
    ['name', 422, { name: 'x'.repeat(101), kind: 'open' }],
    ['kind', 422, { name: 'A', kind: 'closed' }],
    ['kind', 400, { name: 'A' }],
    ['defaultProbability', 422, { name: 'A', kind: 'open', defaultProbability: 101 }],
    ['colour', 422, { name: 'A', kind: 'open', colour: 'puce' }],
    ['systemKey', 422, { name: 'A', kind: 'open', systemKey: 'NEW' }],
    ['systemKey', 422, { name: 'A', kind: 'open', systemKey: 'CLOSED_WON' }],
    ['systemKey', 409, { name: 'A', kind: 'won', systemKey: 'CLOSED_WON' }],
    ['sortOrder', 400, { name: 'A', kind: 'open', sortOrder: 0 }],
    ['closing', 400, { name: 'A', kind: 'open', closing: null }],
  ])('refuses a bad %s with %d: %j', async (field, status, body) => {
    expect(await admin('POST /api/stages', body)).toMatchObject({ status, body: { field } });
    expect(await pipeline()).toHaveLength(6);
  });

  it('refuses the 51st', async () => {
    for (let n = 6; n < 50; n += 1) await addStage('open', `Stage ${n}`);
    const answer = await admin('POST /api/stages', { name: 'Too many', kind: 'open' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
  }, 60_000);
});

describe('PATCH /api/stages/{id}', () => {
  it('renames, and the deals in it keep their probability', async () => {
    const id = org.stages.QUALIFIED;
    const fields = { stageId: id, stageKey: 'QUALIFIED' as const, probability: 25 };
    const deal = await storeDeal(org.orgId, dealOf(org.rep.principal, fields));
    const body = { name: 'Checked', defaultProbability: 30, version: 1 };
    expect(await admin(`PATCH /api/stages/${id}`, body)).toMatchObject({
      ...{ status: 200, body: { name: 'Checked', systemKey: 'QUALIFIED', version: 2 } },
    });
    expect(await storedDeal(org.orgId, deal)).toMatchObject({ probability: 25, version: 1 });
    expect((await admin(`PATCH /api/stages/${id}`, { name: 'Checked' })).body).toMatchObject({
      version: 2,
    });
    expect(await admin(`PATCH /api/stages/${id}`, { name: 'Late', version: 1 })).toMatchObject({
      ...{ status: 409, body: { field: 'version' } },
    });
  });

  it.each<[string, number, object]>([
    ['kind', 400, { kind: 'won' }],
    ['systemKey', 400, { systemKey: null }],
    ['name', 422, { name: '' }],
    ['defaultProbability', 400, { defaultProbability: '5' }],
  ])('refuses %s with %d', async (field, status, body) => {
    const answer = await admin(`PATCH /api/stages/${org.stages.QUALIFIED}`, body);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

describe('POST /api/stages/reorder', () => {
  it('puts the stages into the given order, with one version for each that moves', async () => {
    const before = idsIn(await pipeline());
    const [first = '', second = '', ...rest] = before;
    const order = [second, first, ...rest];
    const answer = await admin('POST /api/stages/reorder', { stageIds: order });
    expect(idsIn(listIn(answer.body, 'stages'))).toEqual(order);
    expect(idsIn(await pipeline())).toEqual(order);
    const versions = (await pipeline()).map((stage) => Object(stage).version);
    expect(versions).toEqual([2, 2, 1, 1, 1, 1]);
  });

  it.each<[string, (ids: string[]) => string[]]>([
    ['one missing', (ids) => ids.slice(1)],
    ['one twice', (ids) => [...ids, ids[0] ?? '']],
    ['a stranger', (ids) => [...ids, newId()]],
    ['another organisation’s', (ids) => [...ids.slice(1), elsewhere.stages.PROPOSAL]],
  ])('refuses %s', async (_what, change) => {
    const stageIds = change(idsIn(await pipeline()));
    expect(await admin('POST /api/stages/reorder', { stageIds })).toMatchObject({
      ...{ status: 422, body: { field: 'stageIds' } },
    });
  });

  it('leaves one order when several reorder at once', async () => {
    const ids = idsIn(await pipeline());
    const orders = [
      ids.toReversed(),
      [...ids.slice(1), ids[0] ?? ''],
      [...ids.slice(3), ...ids.slice(0, 3)],
    ];
    const answers = await Promise.all(
      orders.map((stageIds) => admin('POST /api/stages/reorder', { stageIds })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(orders).toContainEqual(idsIn(await pipeline()));
  });
});

describe('the pipeline', () => {
  it.each(['rep', 'manager'] as const)('is not for a %s to change', async (role) => {
    const stageIds = idsIn(await pipeline());
    const { QUALIFIED, PROPOSAL } = org.stages;
    const answers = await Promise.all([
      as(org[role], 'POST /api/stages', { name: 'Mine', kind: 'open' }),
      as(org[role], `PATCH /api/stages/${QUALIFIED}`, { name: 'Mine' }),
      as(org[role], 'POST /api/stages/reorder', { stageIds }),
      as(org[role], `DELETE /api/stages/${QUALIFIED}`, { moveToStageId: PROPOSAL }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('of another organisation is not there', async () => {
    const foreign = elsewhere.stages.QUALIFIED;
    const absent = newId();
    for (const [line, body] of [
      ['PATCH /api/stages/', { name: 'Mine' }],
      ['DELETE /api/stages/', { moveToStageId: org.stages.PROPOSAL }],
    ] as const) {
      const answer = await admin(`${line}${foreign}`, body);
      expect(answer.status).toBe(404);
      expect(essence(answer, foreign)).toBe(essence(await admin(`${line}${absent}`, body), absent));
    }
    expect(await remove(org.stages.QUALIFIED, elsewhere.stages.PROPOSAL)).toMatchObject({
      ...{ status: 422, body: { field: 'moveToStageId' } },
    });
  });
});

describe('DELETE /api/stages/{id}', () => {
  it('closes the stage, moves its deals, and removes it when nothing can be on its way', async () => {
    const { QUALIFIED, CLOSED_LOST } = org.stages;
    const inStage = { stageId: QUALIFIED, stageKey: 'QUALIFIED' as const, probability: 25 };
    const ids = await Promise.all(
      [{}, { deletedAt: new Date() }, { ownerId: org.rep2.uid }].map((fields) =>
        storeDeal(org.orgId, dealOf(org.rep.principal, { ...inStage, ...fields })),
      ),
    );
    const answer = await remove(QUALIFIED, CLOSED_LOST);
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect((await pipeline())[1]).toMatchObject({ id: QUALIFIED, state: 'closing' });
    const into = await as(org.rep, 'POST /api/deals', { title: 'A', value: 1, stage: 'QUALIFIED' });
    expect(into).toMatchObject({ status: 422, body: { field: 'stage' } });

    await driveJob(org.orgId, textIn(answer.body, 'jobId'));
    for (const id of ids) {
      expect(await storedDeal(org.orgId, id)).toMatchObject({
        ...{ stageId: CLOSED_LOST, stageKind: 'lost', stageKey: 'CLOSED_LOST', probability: 0 },
        ...{ version: 2, updatedBy: org.admin.uid, closedAt: expect.any(Date) },
      });
    }
    await finishStageDeletions(invocationAt(new Date()));
    expect(await storedStage(QUALIFIED)).toMatchObject({ deletedAt: null });
    await finishStageDeletions(soon());
    expect(await storedStage(QUALIFIED)).toMatchObject({
      ...{ deletedAt: expect.anything(), closing: null, systemKey: null, version: 3 },
    });
    expect(idsIn(await pipeline())).not.toContain(QUALIFIED);
    // Its key is free for another, its id for none.
    const again = { name: 'Anew', kind: 'open', systemKey: 'QUALIFIED' };
    expect((await admin('POST /api/stages', again)).status).toBe(201);
    expect((await admin(`PATCH /api/stages/${QUALIFIED}`, { name: 'Back' })).status).toBe(404);
  });

  it('neither wins deals nor takes a win back', async () => {
    const { QUALIFIED, CLOSED_WON, PROPOSAL } = org.stages;
    const more = await admin('POST /api/stages', { name: 'Won, renewed', kind: 'won' });
    for (const [from, to] of [
      [QUALIFIED, CLOSED_WON],
      [textIn(more.body, 'id'), PROPOSAL],
    ] as const) {
      expect(await remove(from, to)).toMatchObject({
        ...{ status: 422, body: { field: 'moveToStageId' } },
      });
    }
    expect(await remove(textIn(more.body, 'id'), CLOSED_WON)).toMatchObject({ status: 200 });
  });

  it('is finished without its job', async () => {
    const { QUALIFIED, PROPOSAL } = org.stages;
    const fields = { stageId: QUALIFIED, stageKey: 'QUALIFIED' as const };
    const id = await storeDeal(org.orgId, dealOf(org.rep.principal, fields));
    await remove(QUALIFIED, PROPOSAL);
    await finishStageDeletions(soon());
    expect(await storedDeal(org.orgId, id)).toMatchObject({ stageId: PROPOSAL });
    expect(await storedStage(QUALIFIED)).toMatchObject({ deletedAt: expect.anything() });
  });

  it('moves the deals of a large stage page by page, each once', async () => {
    const { QUALIFIED, PROPOSAL } = org.stages;
    const fields = { stageId: QUALIFIED, stageKey: 'QUALIFIED' as const };
    const ids = await Promise.all(
      Array.from({ length: 230 }, () => storeDeal(org.orgId, dealOf(org.rep.principal, fields))),
    );
    const { body } = await remove(QUALIFIED, PROPOSAL);
    const jobId = textIn(body, 'jobId');
    await driveJob(org.orgId, jobId);
    const versions = await Promise.all(
      ids.map(async (id) => (await storedDeal(org.orgId, id))?.version),
    );
    expect(versions).toEqual(ids.map(() => 2));
    expect((await admin(`GET /api/jobs/${jobId}`)).body).toMatchObject({
      ...{ status: 'done', processed: 230, counts: { moved: 230 } },
    });
  }, 60_000);

  it('loses no deal to a race: each move into the stage is refused, or the deal moves on', async () => {
    const { QUALIFIED, PROPOSAL } = org.stages;
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => storeDeal(org.orgId, dealOf(org.rep.principal))),
    );
    const ctx = contextOf(org.rep.principal);
    const move = (dealId: string) =>
      moveDealStage(ctx, { dealId, stage: QUALIFIED }).catch((error: unknown) => error);
    const [, ...moved] = await Promise.all([remove(QUALIFIED, PROPOSAL), ...ids.map(move)]);
    for (const outcome of moved) {
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError);
    }
    await finishStageDeletions(soon());
    const stages = await Promise.all(
      ids.map(async (id) => (await storedDeal(org.orgId, id))?.stageId),
    );
    expect(stages).not.toContain(QUALIFIED);
    stages.forEach((stage, n) => {
      expect(stage).toBe(moved[n] instanceof Error ? 'intake' : PROPOSAL);
    });
  });

  it('moves on a deal that came in after the job, by a move that had read the stage before', async () => {
    const { QUALIFIED, PROPOSAL } = org.stages;
    const { body } = await remove(QUALIFIED, PROPOSAL);
    await driveJob(org.orgId, textIn(body, 'jobId'));
    const fields = { stageId: QUALIFIED, stageKey: 'QUALIFIED' as const };
    const late = await storeDeal(org.orgId, dealOf(org.rep.principal, fields));
    await finishStageDeletions(soon());
    expect(await storedDeal(org.orgId, late)).toMatchObject({ stageId: PROPOSAL, version: 2 });
    expect(await storedStage(QUALIFIED)).toMatchObject({ deletedAt: expect.anything() });
  });

  it('leaves one stage of each kind, however many are deleted at once', async () => {
    const { CLOSED_WON, CLOSED_LOST, PROPOSAL } = org.stages;
    expect(await remove(CLOSED_WON, PROPOSAL)).toMatchObject({ status: 422 });
    expect(await remove(CLOSED_LOST, PROPOSAL)).toMatchObject({ status: 422 });
    const lost = [CLOSED_LOST, await addStage('lost'), await addStage('lost')];
    const answers = await Promise.all(lost.map((id) => remove(id, PROPOSAL)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
    const left = (await pipeline()).filter((stage) => Object(stage).state === 'open');
    expect(left.filter((stage) => Object(stage).kind === 'lost')).toHaveLength(1);
  });

  it('refuses the intake stage, one that takes deals of another, and one that is closing', async () => {
    const { QUALIFIED, PROPOSAL, NEGOTIATION } = org.stages;
    expect(await remove('intake', PROPOSAL)).toMatchObject({
      ...{ status: 422, body: { code: 'FAILED_PRECONDITION' } },
    });
    await remove(QUALIFIED, PROPOSAL);
    expect((await remove(PROPOSAL, NEGOTIATION)).status).toBe(422);
    expect((await remove(QUALIFIED, NEGOTIATION)).status).toBe(422);
    for (const target of [QUALIFIED, NEGOTIATION, newId()]) {
      expect(await remove(NEGOTIATION, target)).toMatchObject({
        ...{ status: 422, body: { field: 'moveToStageId' } },
      });
    }
  });

  it.each<[string, number, object]>([
    ['moveToStageId', 400, {}],
    ['moveToStageId', 422, { moveToStageId: 'a/b' }],
    ['force', 400, { moveToStageId: 'intake', force: true }],
  ])('refuses a bad %s with %d', async (field, status, body) => {
    const answer = await admin(`DELETE /api/stages/${org.stages.QUALIFIED}`, body);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

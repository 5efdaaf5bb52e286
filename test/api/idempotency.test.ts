import { beforeAll, describe, expect, it } from '@jest/globals';
import { fieldOverrides } from '../../functions/src/app/indexes.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { storedDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

async function create(person: Member, key: string, body: unknown) {
  const token = await person.token();
  return request('POST /api/deals', { token, body, headers: { 'Idempotency-Key': key } });
}

async function countTitled(title: string): Promise<number> {
  const deals = firestore().collection(`orgs/${org.orgId}/deals`);
  return (await deals.where('title', '==', title).get()).size;
}

describe('an Idempotency-Key', () => {
  it('gives the first answer again and says so', async () => {
    const key = newId();
    const body = { title: `Once ${key}`, value: 1 };
    const first = await create(org.rep, key, body);
    const second = await create(org.rep, key, body);
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await countTitled(body.title)).toBe(1);
  });

  it('makes one deal of ten requests at once', async () => {
    const key = newId();
    const body = { title: `At once ${key}`, value: 1 };
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(org.rep, key, body)));
    const ids = answers.filter(({ status }) => status === 201).map((a) => textIn(a.body, 'id'));
    // One that comes while the first is running may be told so instead.
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(ids).size).toBe(1);
    expect(await countTitled(body.title)).toBe(1);
  });

  it('is kept for 30 days, and by a policy removed after that', async () => {
    const sentMs = Date.now();
    const { orgId, rep } = await createOrganisation();
    const body = { title: 'Kept', value: 1 };
    expect((await create(rep, newId(), body)).status).toBe(201);
    const { docs } = await firestore().collection(`orgs/${orgId}/idempotency`).get();
    const days = docs.map((doc) => (doc.get('expiresAt').toMillis() - sentMs) / 86_400_000);
    expect(days).toEqual([expect.closeTo(30, 2)]);
    const policy = fieldOverrides.find(({ collectionGroup }) => collectionGroup === 'idempotency');
    expect(policy).toMatchObject({ fieldPath: 'expiresAt', ttl: true });
  });

  it('refuses another request under the same key', async () => {
    const key = newId();
    const first = await create(org.rep, key, { title: `First ${key}`, value: 1 });
    expect(await create(org.rep, key, { title: `Second ${key}`, value: 1 })).toMatchObject({
      status: 422,
      body: { field: 'Idempotency-Key' },
    });
    expect(await countTitled(`Second ${key}`)).toBe(0);
    const token = await org.rep.token();
    const moved = await request(`PATCH /api/deals/${textIn(first.body, 'id')}/stage`, {
      ...{ token, body: { stage: 'PROPOSAL' }, headers: { 'Idempotency-Key': key } },
    });
    expect(moved.status).toBe(422);
  });

  it('belongs to its caller', async () => {
    const key = newId();
    const body = { title: `Shared ${key}`, value: 1 };
    const mine = await create(org.rep, key, body);
    const theirs = await create(org.colleague, key, body);
    expect(theirs.status).toBe(201);
    expect(textIn(theirs.body, 'id')).not.toBe(textIn(mine.body, 'id'));
  });

  it('is free again when its request was refused', async () => {
    const key = newId();
    expect((await create(org.rep, key, { title: 'A', value: -1 })).status).toBe(422);
    expect((await create(org.rep, key, { title: `Mended ${key}`, value: 1 })).status).toBe(201);
  });

  it('moves a deal once, although it has moved on in the meantime', async () => {
    const token = await org.rep.token();
    const { body } = await create(org.rep, newId(), { title: 'A', value: 1 });
    const id = textIn(body, 'id');
    const headers = { 'Idempotency-Key': newId() };
    const line = `PATCH /api/deals/${id}/stage`;
    const first = await request(line, { token, headers, body: { stage: 'PROPOSAL' } });
    await request(line, { token, body: { stage: 'NEGOTIATION' } });
    const again = await request(line, { token, headers, body: { stage: 'PROPOSAL' } });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(await storedDeal(org.orgId, id)).toMatchObject({ stageKey: 'NEGOTIATION', version: 3 });
  });

  it.each(['', ' ', 'x'.repeat(256)])('is refused when it is %j', async (key) => {
    const answer = await create(org.rep, key, { title: 'A', value: 1 });
    expect(answer).toMatchObject({ status: 422, body: { field: 'Idempotency-Key' } });
  });
});

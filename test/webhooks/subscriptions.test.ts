import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, idsIn } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, request, textIn } from '../support/request.ts';
import { DealHistory, deliverDue } from './delivery-runs.ts';
import { takeIt, useReceiver } from './receiver.ts';

const receiver = useReceiver();
const HOUR_MS = 60 * 60 * 1000;

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = takeIt;
});

const wish = (fields: object = {}) => ({ url: receiver.url(), types: ['deal.won'], ...fields });
const create = (body: object = wish(), headers = {}) =>
  as(org.admin, 'POST /api/webhooks', body, headers);

async function listenersOf(): Promise<unknown[]> {
  const book = await firestore().doc(`orgs/${org.orgId}/listenerBooks/current`).get();
  return book.get('listeners') ?? [];
}

describe('/v1/webhooks, as seed 004 documents its API', () => {
  it('subscribes with a bearer token, and answers with the requested data', async () => {
    const key = await as(org.admin, 'POST /api/api-keys', {
      ...{ name: 'Integrator', scopes: ['read:crm', 'write:crm'] },
    });
    // -H "Authorization: Bearer <YOUR_ACCESS_TOKEN>" -H "Content-Type: application/json"
    const token = textIn(key.body, 'secret');
    const body = { url: receiver.url(), types: ['lead.created', 'appointment.*'] };
    const created = await request('POST /v1/webhooks', { token, body });
    expect(created).toMatchObject({
      status: 201,
      body: {
        success: true,
        data: { ...body, status: 'active', secret: expect.stringMatching(/^whsec_.{40,}$/) },
      },
    });
    const id = textIn(Object(created.body).data, 'id');
    const list = await request('GET /v1/webhooks', { token });
    expect(idsIn(listIn(list.body, 'data'))).toContain(id);
    expect(JSON.stringify(list.body)).not.toContain('whsec_');
    const paused = { status: 'paused' };
    const changed = await request(`PATCH /v1/webhooks/${id}`, { token, body: paused });
    expect(changed.body).toMatchObject({ data: paused });
    expect(await request(`DELETE /v1/webhooks/${id}`, { token })).toMatchObject({
      ...{ status: 200, body: { success: true, data: { id } } },
    });
    expect((await request(`GET /v1/webhooks/${id}`, { token })).status).toBe(404);
  });

  it('answers a bad token in the documented envelope', async () => {
    for (const token of ['nonsense', 'ak_nowhere.secret', undefined]) {
      const answer = await request('GET /v1/webhooks', token === undefined ? {} : { token });
      expect(answer).toMatchObject({
        status: 401,
        body: {
          success: false,
          message: expect.any(String),
          error: { status: 401, message: 'invalid_token' },
        },
      });
    }
  });

  it.each([
    ['GET /v1/webhooks/none', undefined, 404, 'not_found'],
    ['GET /v1/nothing', undefined, 404, 'not_found'],
    ['POST /v1/webhooks', { url: 'https://example.com' }, 400, 'malformed'],
    ['POST /v1/webhooks', { url: 'x', types: ['deal.won'] }, 422, 'invalid_argument'],
  ])('refuses %s in it as well', async (line, body, status, message) => {
    const answer = await as(org.admin, line, body);
    expect(answer).toMatchObject({
      status,
      body: { success: false, message: expect.any(String), error: { status, message } },
    });
  });
});

describe('a subscription', () => {
  it('shows its secret once, and no door shows it again', async () => {
    const key = { 'Idempotency-Key': newId() };
    const body = wish({ headers: { 'X-Tenant-Key': 'own-header-value' }, description: 'ERP' });
    const first = await create(body, key);
    const secret = textIn(first.body, 'secret');
    const again = await create(body, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(again.body).toMatchObject({
      id: textIn(first.body, 'id'),
      headerNames: ['X-Tenant-Key'],
    });
    expect(again.body).not.toHaveProperty('secret');
    const seen = [
      await as(org.admin, `GET /api/webhooks/${textIn(first.body, 'id')}`),
      await as(org.admin, 'GET /api/webhooks'),
      again,
    ];
    const events = await firestore().collection(`orgs/${org.orgId}/events`).get();
    const documents = await firestore().collection(`orgs/${org.orgId}/subscriptions`).get();
    const all = JSON.stringify([
      seen,
      [...events.docs, ...documents.docs].map((doc) => doc.data()),
    ]);
    expect(all).not.toContain(secret);
    expect(all).not.toContain('own-header-value');
  });

  it('listens from its commit on, and no more when it is paused or deleted', async () => {
    const id = textIn((await create()).body, 'id');
    const isHeard = async () => JSON.stringify(await listenersOf()).includes(id);
    expect(await isHeard()).toBe(true);
    const patch = (body: object) => as(org.admin, `PATCH /api/webhooks/${id}`, body);
    expect((await patch({ status: 'paused' })).body).toMatchObject({ status: 'paused' });
    expect(await isHeard()).toBe(false);
    await patch({ status: 'active', types: ['deal.lost'], filters: { ownerId: org.rep.uid } });
    expect(await listenersOf()).toContainEqual({
      ...{ id, kind: 'subscription', types: ['deal.lost'] },
      settings: { filters: { ownerId: org.rep.uid } },
    });
    expect((await patch({ version: 1, description: 'late' })).status).toBe(409);
    await as(org.admin, `DELETE /api/webhooks/${id}`);
    expect(await isHeard()).toBe(false);
    expect((await as(org.admin, `GET /api/webhooks/${id}`)).status).toBe(404);
    const secrets = await firestore().doc(`orgs/${org.orgId}/subscriptionSecrets/${id}`).get();
    expect(secrets.exists).toBe(false);
  });

  it('belongs to administrators, and to its organisation', async () => {
    const id = textIn((await create()).body, 'id');
    for (const person of [org.manager, org.rep]) {
      expect((await as(person, `GET /api/webhooks/${id}`)).status).toBe(403);
      expect((await as(person, 'POST /api/webhooks', wish())).status).toBe(403);
      expect((await as(person, `GET /api/webhooks/${id}/deliveries`)).status).toBe(403);
    }
    for (const line of [
      `GET /api/webhooks/${id}`,
      `DELETE /api/webhooks/${id}`,
      `POST /api/webhooks/${id}/test`,
      `GET /api/webhooks/${id}/deliveries`,
    ]) {
      expect((await as(elsewhere.admin, line)).status).toBe(404);
    }
  });

  it.each([
    [{ url: 'ftp://example.com/' }, 'url'],
    [{ url: 'http://169.254.169.254/latest' }, 'url'],
    [{ url: 'https://user:pass@example.com/' }, 'url'],
    [{ types: ['Deal Won'] }, 'types.0'],
    [{ types: [] }, 'types'],
    [{ headers: { Host: 'a' } }, 'headers.Host'],
    [{ headers: { 'webhook-id': 'a' } }, 'headers.webhook-id'],
    [{ headers: { 'Transfer-Encoding': 'chunked' } }, 'headers.Transfer-Encoding'],
    [{ headers: { 'X-A': 'a', 'x-a': 'b' } }, 'headers.x-a'],
    [{ headers: { 'X-A': 'a\r\nX-B: b' } }, 'headers.X-A'],
    [{ filters: { recordType: 'spaceship' } }, 'filters.recordType'],
  ])('is refused with %j, naming %s', async (fields, field) => {
    const answer = await create(wish(fields));
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });
});

describe('a secret that is rotated', () => {
  it('stays valid beside the new one for the overlap that was asked for', async () => {
    const created = await create(wish({ types: ['deal.*'], filters: { ownerId: org.rep.uid } }));
    const id = textIn(created.body, 'id');
    const old = textIn(created.body, 'secret');
    const key = { 'Idempotency-Key': newId() };
    const line = `POST /api/webhooks/${id}/rotate-secret`;
    const rotated = await as(org.admin, line, { overlapHours: 2 }, key);
    const fresh = textIn(rotated.body, 'secret');
    expect(fresh).not.toBe(old);
    expect(rotated.body).toMatchObject({ previousSecretUntil: expect.any(String), version: 2 });
    const again = await as(org.admin, line, { overlapHours: 2 }, key);
    expect(again.body).toMatchObject({ id, version: 2 });
    expect(again.body).not.toHaveProperty('secret');

    const verifiedWith = async (secret: string, now: Date): Promise<boolean> => {
      receiver.received.length = 0;
      await new DealHistory(org, newId()).change(now);
      await deliverDue(org.orgId, now);
      const message = receiver.received.find(({ headers }) =>
        String(headers['webhook-id']).startsWith(id),
      );
      if (message === undefined) throw new Error('nothing has come');
      // The library judges by the real clock; the signature is over the time that was sent.
      const at = new Date(Number(message.headers['webhook-timestamp']) * 1000);
      const wanted = new Webhook(secret).sign(
        String(message.headers['webhook-id']),
        at,
        message.body,
      );
      const isThere = String(message.headers['webhook-signature']).split(' ').includes(wanted);
      if (Math.abs(now.getTime() - Date.now()) > HOUR_MS / 60) return isThere;
      const headers = Object.fromEntries(
        Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
      );
      if (isThere) new Webhook(secret).verify(message.body, headers);
      else expect(() => new Webhook(secret).verify(message.body, headers)).toThrow();
      return isThere;
    };
    expect(await verifiedWith(old, new Date())).toBe(true);
    expect(await verifiedWith(fresh, new Date())).toBe(true);
    const later = new Date(Date.now() + 3 * HOUR_MS);
    expect(await verifiedWith(old, later)).toBe(false);
    expect(await verifiedWith(fresh, later)).toBe(true);

    const last = await as(org.admin, line, { overlapHours: 0 });
    expect(last.body).toMatchObject({ previousSecretUntil: null });
    expect(await verifiedWith(fresh, new Date())).toBe(false);
    expect(await verifiedWith(textIn(last.body, 'secret'), new Date())).toBe(true);
    await as(org.admin, `DELETE /api/webhooks/${id}`);
  });
});

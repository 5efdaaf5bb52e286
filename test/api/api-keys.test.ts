import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadActor } from '../../functions/src/app/load-actor.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { apiKeyKind } from '../../functions/src/modules/api-keys/api-keys.public.ts';
import { apiKeySchema } from '../../functions/src/modules/api-keys/api-keys.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, request, requestOf, textIn } from '../support/request.ts';

const HOUR_MS = 60 * 60 * 1000;

let org: Organisation;
let elsewhere: Organisation;
let admin: string;

beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  admin = await org.admin.token();
});

const afterHours = (hours: number, meter = new Meter()) =>
  createRouter(() => invocationAt(new Date(Date.now() + hours * HOUR_MS), { meter }));

async function createKey(fields: object = {}, token = admin) {
  const body = { name: 'Website', scopes: ['read:crm', 'write:crm'], ...fields };
  const answer = await request('POST /api/api-keys', { token, body });
  if (answer.status !== 201) throw new Error(`no key: ${JSON.stringify(answer.body)}`);
  return { id: textIn(answer.body, 'id'), secret: textIn(answer.body, 'secret'), answer };
}

const keyPath = (id: string) => `orgs/${org.orgId}/apiKeys/${id}`;

describe('POST /api/api-keys', () => {
  it('shows the secret once and stores its hash alone', async () => {
    const { id, secret, answer } = await createKey();
    expect(secret).toMatch(new RegExp(`^ak_${org.orgId}\\.[\\w-]{43}$`));
    expect(answer.body).toMatchObject({
      ...{ name: 'Website', scopes: ['read:crm', 'write:crm'], createdBy: org.admin.uid },
      ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
      prefix: secret.slice(0, `ak_${org.orgId}.`.length + 6),
    });
    const random = secret.split('.')[1] ?? '';
    expect(JSON.stringify([id, await stored(org.orgId, `apiKeys/${id}`)])).not.toContain(random);
    const { body } = await request('GET /api/api-keys', { token: admin });
    expect(JSON.stringify(body)).not.toContain(random);
    expect(listIn(body, 'apiKeys')).toContainEqual(expect.objectContaining({ id }));
  });

  it('answers a repeated request with the same key, without its secret', async () => {
    const headers = { 'Idempotency-Key': 'one key' };
    const body = { name: 'Once', scopes: ['read:crm'] };
    const first = await request('POST /api/api-keys', { token: admin, headers, body });
    const second = await request('POST /api/api-keys', { token: admin, headers, body });
    expect(second).toMatchObject({ status: 201, body: { id: textIn(first.body, 'id') } });
    expect(second.body).not.toHaveProperty('secret');
    const secret = textIn(first.body, 'secret');
    expect((await request('GET /api/deals', { token: secret })).status).toBe(200);
  });

  it.each([
    ['no name', { name: undefined }, 400, 'name'],
    ['no scope', { scopes: [] }, 422, 'scopes'],
    ['an unknown scope', { scopes: ['admin'] }, 422, 'scopes.0'],
    ['scopes that are no list', { scopes: 'read:crm' }, 400, 'scopes'],
    ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 422, 'expiresAt'],
    ['an expiry that does not exist', { expiresAt: '2030-02-30T00:00:00Z' }, 422, 'expiresAt'],
    ['a surplus field', { secret: 'mine' }, 400, 'secret'],
  ])('refuses %s', async (_what, fields, status, field) => {
    const body = { name: 'Website', scopes: ['read:crm'], ...fields };
    expect(await request('POST /api/api-keys', { token: admin, body })).toMatchObject({
      ...{ status, body: { field } },
    });
  });

  it.each(['manager', 'rep'] as const)('is not for a %s, nor is the list', async (role) => {
    const token = await org[role].token();
    const { id } = await createKey();
    const body = { name: 'Mine', scopes: ['read:crm'] };
    const answers = await Promise.all([
      request('POST /api/api-keys', { token, body }),
      request('GET /api/api-keys', { token }),
      request(`DELETE /api/api-keys/${id}`, { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it('is not for API keys, nor is anything else that people administer', async () => {
    const { id, secret: token } = await createKey();
    const lines: readonly (readonly [string, object?])[] = [
      ['POST /api/api-keys', { name: 'Another', scopes: ['read:crm'] }],
      [`DELETE /api/api-keys/${id}`],
      ['POST /api/teams', { name: 'Team' }],
      ['POST /api/invitations', { email: 'a@example.com', name: 'A', role: 'admin' }],
      [`PATCH /api/users/${org.rep.uid}`, { role: 'admin' }],
      [`POST /api/users/${org.rep.uid}/deactivate`],
      [`POST /api/users/${org.rep.uid}/hand-over`, { toUserId: org.rep2.uid }],
    ];
    for (const [line, body] of lines) {
      const answer = await request(line, { token, ...(body === undefined ? {} : { body }) });
      expect([line, answer.status]).toEqual([line, 403]);
    }
    expect(await stored(org.orgId, `apiKeys/${id}`)).toMatchObject({ revokedAt: null });
  });
});

describe('a request with an API key', () => {
  it('sees all of its organisation and nothing of another', async () => {
    const { secret: token } = await createKey();
    const own = await storeDeal(org.orgId, dealOf(org.rep2.principal));
    const foreign = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
    expect((await request(`GET /api/deals/${own}`, { token })).status).toBe(200);
    expect((await request(`GET /api/deals/${foreign}`, { token })).status).toBe(404);
    expect((await request('GET /api/admin/users', { token })).status).toBe(200);
  });

  it('needs an owner for what it creates, because it is nobody itself', async () => {
    const { id, secret: token } = await createKey();
    const body = { title: 'From the website', value: 100 };
    expect(await request('POST /api/deals', { token, body })).toMatchObject({
      ...{ status: 422, body: { field: 'ownerId' } },
    });
    const owned = { ...body, ownerId: org.rep.uid };
    const created = await request('POST /api/deals', { token, body: owned });
    expect(created).toMatchObject({ status: 201, body: { ownerId: org.rep.uid } });
    expect(await stored(org.orgId, `deals/${textIn(created.body, 'id')}`)).toMatchObject({
      ...{ createdBy: id, ownerId: org.rep.uid, teamId: org.teams.east },
    });
    const foreign = { ...body, ownerId: elsewhere.rep.uid };
    expect((await request('POST /api/deals', { token, body: foreign })).status).toBe(422);
  });

  it.each([
    ['read:crm', 'GET /api/deals', undefined, 200],
    ['read:crm', 'POST /api/deals', { title: 'A', value: 1 }, 403],
    ['write:crm', 'GET /api/deals', undefined, 403],
    ['write:crm', 'POST /api/deals', { title: 'A', value: 1 }, 201],
  ])('with %s may %s: %s', async (scope, line, body, status) => {
    const { secret: token } = await createKey({ scopes: [scope] });
    const owned = body && { ...body, ownerId: org.rep.uid };
    const answer = await request(line, { token, ...(owned === undefined ? {} : { body: owned }) });
    expect(answer.status).toBe(status);
    if (status === 403) {
      const missing = scope === 'read:crm' ? 'write:crm' : 'read:crm';
      expect(textIn(answer.body, 'error')).toContain(`lacks the scope ${missing}`);
    }
  });

  it('is refused from the next request on when the key is revoked', async () => {
    const { id, secret: token } = await createKey();
    expect((await request('GET /api/deals', { token })).status).toBe(200);
    const revoked = await request(`DELETE /api/api-keys/${id}`, { token: admin });
    expect(revoked).toMatchObject({ status: 200, body: { revokedAt: expect.any(String) } });
    expect(await request('GET /api/deals', { token })).toMatchObject({
      ...{ status: 401, body: { error: 'Unauthorized' } },
    });
    const again = await request(`DELETE /api/api-keys/${id}`, { token: admin });
    expect(again).toMatchObject({ status: 200, body: revoked.body as object });
  });

  it('is refused when the key has expired', async () => {
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    const { secret: token } = await createKey({ expiresAt });
    expect((await requestOf(afterHours(0.9), 'GET /api/deals', { token })).status).toBe(200);
    expect((await requestOf(afterHours(1.1), 'GET /api/deals', { token })).status).toBe(401);
  });

  it('is refused in one and the same way for every key that is none', async () => {
    const { secret } = await createKey();
    const random = secret.split('.')[1];
    const tokens = [
      ...['ak_', 'ak_x', `${secret}x`, secret.slice(0, -1), `ak_${elsewhere.orgId}.${random}`],
      ...[`ak_a/b.${random}`, `ak_..${random}`, `ak_${org.orgId}`, `AK_${secret.slice(3)}`],
    ];
    for (const token of tokens) {
      const { status, body } = await request('GET /api/deals', { token });
      expect([token, status]).toEqual([token, 401]);
      expect(textIn(body, 'error')).toBe('Unauthorized');
    }
  });

  it('is one read, and notes the use once an hour', async () => {
    const { id, secret: token } = await createKey();
    const uses = async (hours: number) => {
      const meter = new Meter();
      const line = 'GET /api/api-keys/absent/nothing';
      await requestOf(afterHours(hours, meter), line, { token });
      return [meter.reads, meter.writes];
    };
    expect(await uses(0)).toEqual([1, 1]);
    expect(await uses(0.5)).toEqual([1, 0]);
    expect(await uses(0.99)).toEqual([1, 0]);
    expect(await uses(1.01)).toEqual([1, 1]);
    const key = apiKeySchema.parse(
      timestampsToDates((await firestore().doc(keyPath(id)).get()).data()),
    );
    expect(key.version).toBe(3);
    expect(key.lastUsedAt?.getTime()).toBeGreaterThan(Date.now() + HOUR_MS);
  });

  it('notes the use once for many requests at once, and answers all', async () => {
    const { id, secret: token } = await createKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => request('GET /api/deals', { token })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await stored(org.orgId, `apiKeys/${id}`)).toMatchObject({ version: 2 });
  });

  it('keeps its idempotency keys apart from those of others', async () => {
    const [one, two] = [await createKey(), await createKey()];
    const headers = { 'Idempotency-Key': 'the same for both' };
    const body = { title: 'Once each', value: 1, ownerId: org.rep.uid };
    const ids = [];
    for (const token of [one.secret, two.secret, one.secret]) {
      const answer = await request('POST /api/deals', { token, headers, body });
      ids.push(textIn(answer.body, 'id'));
    }
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
  });
});

describe('DELETE /api/api-keys/{id}', () => {
  it('answers a key of another organisation like an absent one', async () => {
    const { id } = await createKey({}, await elsewhere.admin.token());
    const there = await request(`DELETE /api/api-keys/${id}`, { token: admin });
    const absent = await request('DELETE /api/api-keys/absent', { token: admin });
    expect([there.status, absent.status]).toEqual([404, 404]);
    expect(textIn(there.body, 'error').replace(id, 'absent')).toBe(textIn(absent.body, 'error'));
    expect(await stored(elsewhere.orgId, `apiKeys/${id}`)).toMatchObject({ revokedAt: null });
  });
});

describe('work that a key has ordered', () => {
  it('goes on while the key is valid', async () => {
    const { id } = await createKey({ scopes: ['write:crm'] });
    const actor = () => loadActor(invocationAt(new Date()), org.orgId, id);
    expect(await actor()).toMatchObject({ kind: 'apiKey', uid: id, scopes: ['write:crm'] });
    await request(`DELETE /api/api-keys/${id}`, { token: admin });
    await expect(actor()).rejects.toMatchObject({ code: 'permission-denied' });
  });
});

describe('events of API keys', () => {
  it('name what happened', async () => {
    const { id } = await createKey();
    const key = apiKeySchema.parse(timestampsToDates(await stored(org.orgId, `apiKeys/${id}`)));
    const names = (after: Partial<typeof key>) => apiKeyKind.nameChanges(key, { ...key, ...after });
    expect(apiKeyKind.nameChanges(undefined, key)).toEqual(['apiKey.created']);
    expect(names({ revokedAt: new Date() })).toEqual(['apiKey.revoked']);
    expect(names({ lastUsedAt: new Date() })).toEqual(['apiKey.used']);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { apiErrorSchema } from '../../functions/src/platform/http/api.ts';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { request } from '../support/request.ts';
import { handMadeToken } from '../support/tokens.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

describe('without a valid token', () => {
  const who = () => ({ uid: org.admin.uid, orgId: org.orgId });

  it.each<[string, () => Record<string, string>]>([
    ['no header', () => ({})],
    ['an empty header', () => ({ Authorization: '' })],
    ['a bare token', () => ({ Authorization: handMadeToken(who()) })],
    ['another scheme', () => ({ Authorization: `Basic ${handMadeToken(who())}` })],
    ['the scheme alone', () => ({ Authorization: 'Bearer' })],
    ['two spaces', () => ({ Authorization: `Bearer  ${handMadeToken(who())}` })],
    ['no JWT', () => ({ Authorization: 'Bearer not-a-token' })],
    ['a JWT without a body', () => ({ Authorization: 'Bearer a.b.c' })],
    [
      'an expired token',
      () => ({ Authorization: `Bearer ${handMadeToken({ ...who(), expiresInSeconds: -60 })}` }),
    ],
    [
      'a token of another project',
      () => ({ Authorization: `Bearer ${handMadeToken({ ...who(), projectId: 'demo-other' })}` }),
    ],
    [
      'a token of somebody unknown',
      () => ({ Authorization: `Bearer ${handMadeToken({ ...who(), uid: 'nobody' })}` }),
    ],
  ])('answers 401 as documented: %s', async (_what, headers) => {
    const answer = await request('GET /api/deals', { headers: headers() });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: 'Unauthorized', status: 401 });
    expect(apiErrorSchema.parse(answer.body).details).toMatch(/token/i);
  });

  it('reads neither the body nor the path first', async () => {
    const bad = { body: '{', headers: { Authorization: 'Bearer x' } };
    expect((await request('POST /api/deals', bad)).status).toBe(401);
    expect((await request('GET /api/deals/a%2Fb', { headers: {} })).status).toBe(401);
  });

  it('takes the same token when nothing is wrong with it', async () => {
    const headers = { Authorization: `Bearer ${handMadeToken(who())}` };
    expect((await request('GET /api/deals', { headers })).status).toBe(200);
  });

  it('takes the scheme in any case', async () => {
    const headers = { Authorization: `bearer ${await org.admin.token()}` };
    expect((await request('GET /api/deals', { headers })).status).toBe(200);
  });
});

describe('with a token and without a membership', () => {
  it('answers 403 to a deactivated user', async () => {
    const token = await org.deactivated.token();
    const answer = await request('GET /api/deals', { token });
    expect(answer).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('answers 403 from the request after the deactivation on', async () => {
    const token = await org.colleague.token();
    expect((await request('GET /api/deals', { token })).status).toBe(200);
    await changeMember(org.orgId, org.colleague.uid, { active: false });
    expect((await request('GET /api/deals', { token })).status).toBe(403);
    await changeMember(org.orgId, org.colleague.uid, { active: true });
    expect((await request('GET /api/deals', { token })).status).toBe(200);
  });

  it('answers 403 to a member of another organisation whose token names this one', async () => {
    const elsewhere = await createOrganisation();
    // The account exists, so that the token is valid; the claim is not the one it was given.
    await elsewhere.admin.token();
    const token = handMadeToken({ uid: elsewhere.admin.uid, orgId: org.orgId });
    expect((await request('GET /api/deals', { token })).status).toBe(403);
  });
});

describe('the envelope', () => {
  it.each<[string, number, string, Parameters<typeof request>[1]]>([
    ['an unknown route', 404, 'GET /api/nothing', {}],
    ['a method that a path does not have', 404, 'DELETE /api/signup', {}],
    ['JSON that is none', 400, 'POST /api/deals', { body: '{"title":' }],
    ['no body', 415, 'POST /api/deals', {}],
    [
      'a form',
      415,
      'POST /api/deals',
      { body: 'title=a&value=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    ],
    ['a list', 400, 'POST /api/deals', { body: [] }],
    ['a text', 400, 'POST /api/deals', { body: '"deal"' }],
    ['null', 400, 'POST /api/deals', { body: 'null' }],
    ['a body above 1 MiB', 413, 'POST /api/deals', { body: { title: 'x'.repeat(1024 * 1024) } }],
    ['an unknown filter', 400, 'GET /api/deals?colour=red', {}],
    ['a limit of none', 422, 'GET /api/deals?limit=0', {}],
    ['a limit above 100', 422, 'GET /api/deals?limit=101', {}],
    ['a limit in words', 400, 'GET /api/deals?limit=all', {}],
    ['a cursor made up', 422, 'GET /api/deals?cursor=made-up', {}],
    ['an id with a slash', 422, 'GET /api/deals/a%2Fb', {}],
    ['a reserved id', 422, 'GET /api/deals/__x__', {}],
    ['dots for an id', 422, 'PATCH /api/deals/%2e%2e%2f/stage', { body: { stage: 'LEAD' } }],
  ])('holds the refusal of %s (%d)', async (_what, status, line, options) => {
    const answer = await request(line, { token: await org.admin.token(), ...options });
    expect(answer.status).toBe(status);
    const body = apiErrorSchema.strict().parse(answer.body);
    expect(body.status).toBe(status);
    expect(body.error).not.toBe('');
    expect(body.requestId).toBe(answer.headers.get('X-Request-Id'));
    expect(body.requestId).not.toBe('');
    expect(Math.abs(Date.parse(body.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it('takes a body of just 1 MiB as far as its schema', async () => {
    const frame = JSON.stringify({ title: '' }).length;
    const body = { title: 'x'.repeat(1024 * 1024 - frame) };
    const answer = await request('POST /api/deals', { token: await org.admin.token(), body });
    expect(answer).toMatchObject({ status: 422, body: { field: 'title' } });
  });
});

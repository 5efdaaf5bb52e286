import { beforeAll, describe, expect, it } from '@jest/globals';
import { firebaseAuth } from '../../functions/src/platform/firestore.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { useMails } from '../support/mails.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  freshEmail,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';
import { signIn } from '../support/tokens.ts';

const mails = useMails();
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

/** The request that seed 001 documents for signing in. */
function signInRequest(email: string, password: string) {
  return requestRaw('POST /api/auth/signin', { email, password });
}

/** Like `request`, for an answer without a body. */
async function requestRaw(line: string, body: object) {
  const { createRouter } = await import('../../functions/src/app/router.ts');
  const [method = '', path = ''] = line.split(' ');
  return createRouter().fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

/** Signs in as a browser would and answers the cookie it keeps. */
async function cookieOf(member: Member): Promise<string> {
  await member.token();
  const response = await signInRequest(member.email, member.password);
  const cookie = response.headers.get('Set-Cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie for ${member.email}: ${response.status}`);
  return cookie;
}

const sameOrigin = { Origin: 'http://localhost', Host: 'localhost' };

describe('POST /api/auth/signin', () => {
  it('redirects to /dashboard with a session cookie, as documented', async () => {
    const email = freshEmail('john');
    const password = 'securePassword123';
    const signUp = { name: 'John Doe', email, password, businessName: 'Acme Corp' };
    await request('POST /api/signup', { body: { ...signUp, industry: 'Technology' } });
    const response = await signInRequest(email, password);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/dashboard');
    const cookie = response.headers.get('Set-Cookie') ?? '';
    expect(cookie).toMatch(/^__session=[\w.-]+; Max-Age=432000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('marks the cookie Secure in production', async () => {
    const { storeSession } = await import('../../functions/src/platform/http/session-cookie.ts');
    const { Hono } = await import('hono');
    const emulator = process.env.FIREBASE_AUTH_EMULATOR_HOST;
    delete process.env.FIREBASE_AUTH_EMULATOR_HOST;
    try {
      const app = new Hono<import('../../functions/src/platform/http/api.ts').ApiEnv>();
      app.get('/', (c) => {
        storeSession(c, 'value', 1000);
        return c.text('');
      });
      const response = await app.request('/');
      expect(response.headers.get('Set-Cookie')).toMatch(/; Secure/);
    } finally {
      process.env.FIREBASE_AUTH_EMULATOR_HOST = emulator;
    }
  });

  it('tells nobody whether the address or the password is wrong', async () => {
    await org.rep.token();
    const answers = await Promise.all([
      request('POST /api/auth/signin', { body: { email: org.rep.email, password: 'wrong one' } }),
      request('POST /api/auth/signin', {
        body: { email: freshEmail('nobody'), password: 'wrong one' },
      }),
    ]);
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toMatchObject({
        ...{ error: 'Unauthorized', details: 'The e-mail address or the password is wrong' },
      });
      expect(headers.get('Set-Cookie')).toBeNull();
    }
  });

  it('refuses whose membership has ended', async () => {
    await org.deactivated.token();
    const { email, password } = org.deactivated;
    const answer = await request('POST /api/auth/signin', { body: { email, password } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(answer.headers.get('Set-Cookie')).toBeNull();
  });

  it.each([
    ['no password', { email: 'john@example.com' }, 400, 'password'],
    ['a malformed address', { email: 'john', password: 'x' }, 422, 'email'],
    ['a surplus field', { email: 'john@example.com', password: 'x', next: '/' }, 400, 'next'],
  ])('refuses %s', async (_what, body, status, field) => {
    expect(await request('POST /api/auth/signin', { body })).toMatchObject({
      ...{ status, body: { field } },
    });
  });
});

describe('GET /api/auth/session', () => {
  it('answers as documented, for a cookie and for a token', async () => {
    const token = await org.rep.token();
    const cookie = await cookieOf(org.rep);
    const answers = await Promise.all([
      request('GET /api/auth/session', { headers: { Cookie: cookie } }),
      request('GET /api/auth/session', { token }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({
        user: {
          ...{ id: org.rep.uid, email: org.rep.email, name: 'rep', role: 'USER' },
          orgId: org.orgId,
        },
        expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    }
    const days = (Date.parse(textIn(answers[0]?.body, 'expires')) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(5);
  });

  it.each([
    ['nothing', {}],
    ['a broken cookie', { Cookie: '__session=nonsense' }],
    ['an empty cookie', { Cookie: '__session=' }],
    ['a broken token', { Authorization: 'Bearer nonsense' }],
    ['an API key', { Authorization: 'Bearer ak_x.y' }],
    ['another scheme', { Authorization: 'Basic eDp5' }],
  ])('is 401 in the envelope with %s', async (_what, headers) => {
    const answer = await request('GET /api/auth/session', { headers });
    expect(answer).toMatchObject({
      ...{ status: 401, body: { error: 'Unauthorized', status: 401, code: 'UNAUTHENTICATED' } },
    });
  });

  it('is refused to whose membership has ended', async () => {
    const person = await addMember(org.orgId, 'leaver');
    const cookie = await cookieOf(person);
    await changeMember(org.orgId, person.uid, { active: false });
    const headers = { Cookie: cookie };
    expect((await request('GET /api/auth/session', { headers })).status).toBe(403);
  });
});

describe('the session cookie', () => {
  it('opens the same doors as a token, with the rights of the moment', async () => {
    const person = await addMember(org.orgId, 'demoted', { role: 'admin' });
    const headers = { Cookie: await cookieOf(person) };
    const deal = await storeDeal(org.orgId, dealOf(org.rep.principal));
    expect((await request(`GET /api/deals/${deal}`, { headers })).status).toBe(200);
    await changeMember(org.orgId, person.uid, { role: 'rep' });
    expect((await request(`GET /api/deals/${deal}`, { headers })).status).toBe(404);
    await changeMember(org.orgId, person.uid, { active: false });
    expect((await request(`GET /api/deals/${deal}`, { headers })).status).toBe(403);
  });

  it.each([
    ['the same origin', sameOrigin, 201],
    [
      'the site behind which Hosting put us',
      { ...sameOrigin, 'X-Forwarded-Host': 'localhost' },
      201,
    ],
    ['another site', { ...sameOrigin, Origin: 'https://evil.example' }, 403],
    ['another port', { ...sameOrigin, Origin: 'http://localhost:81' }, 403],
    [
      'a site whose name begins alike',
      { ...sameOrigin, Origin: 'http://localhost.evil.test' },
      403,
    ],
    ['no origin', { Host: 'localhost' }, 403],
    ['the origin null', { ...sameOrigin, Origin: 'null' }, 403],
    [
      'the function’s own address instead of the site’s',
      { ...sameOrigin, 'X-Forwarded-Host': 'app.example' },
      403,
    ],
  ])('changes something when the request comes from: %s', async (_what, from, status) => {
    const headers = { Cookie: await cookieOf(org.rep), ...from };
    const body = { title: 'By cookie', value: 1 };
    const answer = await request('POST /api/deals', { headers, body });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toMatchObject({ field: 'Origin' });
  });

  it('is not looked at when a token is given', async () => {
    const headers = { Cookie: await cookieOf(org.rep), Origin: 'https://evil.example' };
    const body = { title: 'By token', value: 1 };
    const answer = await request('POST /api/deals', {
      token: await org.rep.token(),
      headers,
      body,
    });
    expect(answer.status).toBe(201);
  });

  it('ends with a new password', async () => {
    const person = await addMember(org.orgId, 'careful');
    const headers = { Cookie: await cookieOf(person) };
    // The time from which tokens count has whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await firebaseAuth().revokeRefreshTokens(person.uid);
    expect((await request('GET /api/auth/session', { headers })).status).toBe(401);
  });

  it('is taken away by signing out', async () => {
    const { status, headers, body } = await request('POST /api/auth/signout');
    expect({ status, body }).toMatchObject({ status: 200, body: { success: true } });
    expect(headers.get('Set-Cookie')).toMatch(/^__session=; Max-Age=0; Path=\/; HttpOnly/);
  });
});

describe('POST /api/auth/password-reset', () => {
  const reset = (email: string) => request('POST /api/auth/password-reset', { body: { email } });

  it('mails a link that sets a new password', async () => {
    const person = await addMember(org.orgId, 'forgetful');
    await person.token();
    expect(await reset(person.email)).toMatchObject({ status: 200, body: { success: true } });
    const link = /http\S+mode=resetPassword\S+/.exec(
      (await mails.newestTo(person.email)).text,
    )?.[0];
    const answer = await fetch(`${link}&newPassword=a+brand+new+password`);
    expect(await answer.json()).toMatchObject({ authEmulator: { success: expect.anything() } });
    expect(await signIn(person.email, 'a brand new password')).toMatch(/\./);
    await expect(signIn(person.email, person.password)).rejects.toThrow(/cannot sign in/);
  });

  it('answers the same whether or not the address has an account', async () => {
    await org.rep.token();
    const nobody = freshEmail('nobody');
    const answers = await Promise.all([reset(org.rep.email), reset(nobody)]);
    const [known, unknown] = answers.map(({ status, body }) => ({ status, body }));
    expect(known).toEqual(unknown);
    expect(await mails.to(org.rep.email)).toHaveLength(1);
    expect(await mails.to(nobody)).toHaveLength(0);
  });

  it('answers the same when the mail server is away', async () => {
    const person = await addMember(org.orgId, 'unlucky');
    await person.token();
    mails.fail('busy');
    expect(await reset(person.email)).toMatchObject({ status: 200, body: { success: true } });
    expect(await mails.to(person.email)).toHaveLength(0);
  });

  it('mails an address at most once a minute', async () => {
    const person = await addMember(org.orgId, 'impatient');
    await person.token();
    await Promise.all([reset(person.email), reset(person.email), reset(person.email)]);
    await reset(person.email);
    expect(await mails.to(person.email)).toHaveLength(1);
  });

  it('takes no time that tells whether there is an account', async () => {
    const startMs = performance.now();
    await reset(freshEmail('nobody'));
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(990);
  });

  it('refuses what is no address', async () => {
    expect(await reset('nobody')).toMatchObject({ status: 422, body: { field: 'email' } });
  });
});

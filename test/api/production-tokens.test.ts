import { generateKeyPairSync } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import https from 'node:https';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { type Answer, request } from '../support/request.ts';
import { handMadeToken, signedToken } from '../support/tokens.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

/** Sends a request to a router that was loaded as in production: no variable names an Auth emulator. */
async function requestInProduction(token: string): Promise<Answer> {
  const answers: Answer[] = [];
  // Jest gives each test file an environment of its own, so no other suite misses the variable.
  const emulator = process.env.FIREBASE_AUTH_EMULATOR_HOST;
  delete process.env.FIREBASE_AUTH_EMULATOR_HOST;
  try {
    await jest.isolateModulesAsync(async () => {
      const fresh = await import('../support/request.ts');
      answers.push(await fresh.request('GET /api/deals', { token }));
    });
  } finally {
    process.env.FIREBASE_AUTH_EMULATOR_HOST = emulator;
  }
  const [answer] = answers;
  if (answer === undefined) throw new Error('the router gave no answer');
  return answer;
}

describe('an unsigned token', () => {
  it.each<[string, Record<string, string>]>([
    ['alg none', {}],
    ['alg none with a key id', { kid: 'key' }],
    ['alg None', { alg: 'None', kid: 'key' }],
    ['alg HS256', { alg: 'HS256', kid: 'key' }],
    ['alg RS256 without a key id', { alg: 'RS256' }],
  ])('opens nothing in production: %s', async (_what, header) => {
    const token = handMadeToken({ uid: org.admin.uid, orgId: org.orgId, header });
    const answer = await requestInProduction(token);
    expect(answer).toMatchObject({ status: 401, body: { error: 'Unauthorized', status: 401 } });
  });

  it('is one that the emulator takes, so that it was the signature that was missed', async () => {
    const token = handMadeToken({ uid: org.admin.uid, orgId: org.orgId });
    expect((await request('GET /api/deals', { token })).status).toBe(200);
  });
});

/** Stands in for Google's servers: every https request of the process goes to this one. */
async function redirectHttps(answer: { status: number; body: string } | 'refused'): Promise<void> {
  const server = createServer((_, response) => {
    if (answer === 'refused') return;
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const { port } = address;
  if (answer === 'refused') await close(server);
  else servers.push(server);
  jest.spyOn(https, 'request').mockImplementation((...args: unknown[]) => {
    const callback = args.find((arg) => typeof arg === 'function');
    const request = httpRequest({ host: '127.0.0.1', port, path: '/', method: 'GET' });
    if (callback !== undefined) request.on('response', (response) => callback(response));
    return request;
  });
}

const servers: Server[] = [];
const close = (server: Server) => new Promise((resolve) => server.close(resolve));
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(servers.splice(0).map(close));
});

describe('a signed token', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = { ours: publicKey.export({ type: 'spki', format: 'pem' }) };
  const served = (status: number, body: object) => ({ status, body: JSON.stringify(body) });
  const tokenOf = (kid: string) =>
    signedToken({ uid: org.admin.uid, orgId: org.orgId, header: { kid } }, privateKey);

  it('opens the door when Google publishes its key', async () => {
    await redirectHttps(served(200, keys));
    expect((await requestInProduction(tokenOf('ours'))).status).toBe(200);
  });

  it.each([
    ['another key', 'ours', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['a key that nobody published', 'theirs', privateKey],
  ])('opens nothing under %s', async (_what, kid, key) => {
    await redirectHttps(served(200, keys));
    const token = signedToken({ uid: org.admin.uid, orgId: org.orgId, header: { kid } }, key);
    expect(await requestInProduction(token)).toMatchObject({ status: 401 });
  });

  it.each([
    ['are out of reach', 'refused'],
    ['are answered with an error', served(500, { error: 'backend' })],
    ['are answered with something else', { status: 200, body: '<html>' }],
  ] as const)('is not called bad while the keys %s', async (_what, answer) => {
    await redirectHttps(answer);
    expect(await requestInProduction(tokenOf('ours'))).toMatchObject({
      ...{ status: 503, body: { code: 'UNAVAILABLE', status: 503 } },
    });
  });
});

import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { type Answer, request } from '../support/request.ts';
import { handMadeToken } from '../support/tokens.ts';

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

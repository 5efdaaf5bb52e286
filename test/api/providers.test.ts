import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, request, textIn } from '../support/request.ts';

/** What every provider needs, by its id; the values must never be seen. */
const settings = {
  stripe: { STRIPE_SECRET_KEY: 'sk_test_hidden1', STRIPE_WEBHOOK_SECRETS: 'whsec_hidden2' },
  twilio: { TWILIO_ACCOUNT_SID: 'AChidden3', TWILIO_AUTH_TOKEN: 'hidden4' },
  openai: { OPENAI_API_KEY: 'sk-hidden5' },
  email: {
    ...{ SMTP_HOST: 'mail.hidden6', SMTP_USER: 'hidden7', SMTP_FROM: 'Hidden8 <h@example.com>' },
    ...{ SMTP_PASSWORD: 'hidden9', INVITATION_KEY: 'hidden10' },
  },
} as const;
type ProviderId = keyof typeof settings;

const all = Object.assign({}, ...Object.values(settings));
const ids: readonly ProviderId[] = ['stripe', 'twilio', 'openai', 'email'];
const needs = ids.flatMap((id) => Object.keys(settings[id]).map((name) => [id, name] as const));

let org: Organisation;
let before: NodeJS.ProcessEnv;

beforeAll(async () => {
  org = await createOrganisation();
});
beforeEach(() => {
  before = { ...process.env };
  Object.assign(process.env, all, { APP_URL: 'https://crm.example.com/' });
});
afterEach(() => {
  for (const name of [...Object.keys(all), 'APP_URL']) delete process.env[name];
  Object.assign(process.env, before);
});

const check = async () => {
  const answer = await as(org.admin, 'GET /api/settings/providers');
  expect(answer.status).toBe(200);
  return listIn(answer.body, 'providers');
};

describe('GET /api/settings/providers', () => {
  it('says of each provider that it is set up, and shows no value of a setting', async () => {
    const providers = await check();
    expect(providers).toMatchObject(ids.map((id) => ({ id, configured: true, missing: [] })));
    expect(JSON.stringify(providers)).not.toMatch(/hidden/i);
  });

  it.each(needs)('says of %s that %s is missing, when it is', async (id, name) => {
    process.env[name] = name === 'STRIPE_WEBHOOK_SECRETS' ? ' , ' : ' ';
    const kind = /SID|SMTP_(HOST|USER|FROM)/.test(name) ? 'parameter' : 'secret';
    expect(await check()).toMatchObject(
      ids.map((each) =>
        each === id
          ? { id, configured: false, missing: [{ kind, name }] }
          : { id: each, configured: true, missing: [] },
      ),
    );
  });

  it('names everything that is missing where nothing is set', async () => {
    for (const [, name] of needs) delete process.env[name];
    const providers = await check();
    const missing = providers.flatMap((provider, index) =>
      listIn(provider, 'missing').map((one) => [ids[index], textIn(one, 'name')]),
    );
    expect(missing).toEqual(needs);
  });

  it('gives the addresses to enter at the providers, which are doors of ours', async () => {
    const stripe = 'https://crm.example.com/api/payments/stripe/webhook';
    const twilio = 'https://crm.example.com/api/twilio/sms-webhook';
    expect(await check()).toMatchObject([
      {
        webhooks: [
          { at: 'account', url: stripe, events: expect.arrayContaining(['transfer.reversed']) },
          {
            ...{ at: 'connectedAccounts', url: stripe },
            events: expect.arrayContaining(['account.updated']),
          },
        ],
      },
      { webhooks: [{ at: 'phoneNumbers', url: twilio, events: [] }] },
      { webhooks: [] },
      { webhooks: [] },
    ]);
    for (const url of [stripe, twilio]) {
      const { pathname } = new URL(url);
      // Unsigned, and so refused; a door that is not there would say 404 or ask for a sign-in.
      expect([400, 415]).toContain((await request(`POST ${pathname}`, { body: {} })).status);
    }
  });

  it.each(['manager', 'rep', 'deactivated'] as const)('is not for a %s', async (role) => {
    expect(await as(org[role], 'GET /api/settings/providers')).toMatchObject({ status: 403 });
  });

  it('is not for an API key of an administrator, nor for nobody', async () => {
    const key = await as(org.admin, 'POST /api/api-keys', {
      ...{ name: 'Website', scopes: ['read:crm', 'write:crm'] },
    });
    const token = textIn(key.body, 'secret');
    expect((await request('GET /api/settings/providers', { token })).status).toBe(403);
    expect((await request('GET /api/settings/providers')).status).toBe(401);
  });
});

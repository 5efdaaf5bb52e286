import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createStripeClient } from '../../functions/src/integrations/stripe/stripe.client.ts';
import {
  type NewStripeTransfer,
  StripePermanentError,
  StripeTransientError,
} from '../../functions/src/integrations/stripe/stripe.port.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { accountOf, chargeOf, eventOf, transferOf } from '../fakes/stripe-objects.ts';
import { useStripe } from '../support/stripe.ts';

/** The real SDK against the fake, over HTTP. */
const stripe = useStripe();
const LONG_AGO = new Date(0);

async function payee(): Promise<string> {
  const { id } = await stripe
    .client()
    .createAccount({ orgId: newId(), uid: newId(), country: 'US' });
  stripe.fake().onboard(id);
  return id;
}

async function newTransfer(fields: Partial<NewStripeTransfer> = {}): Promise<NewStripeTransfer> {
  return {
    ...{ payoutId: newId(), orgId: 'org', uid: 'uid', amountMinor: 12_345, currency: 'USD' },
    ...{ attempt: 1, destination: fields.destination ?? (await payee()) },
    ...fields,
  };
}

const transfersOf = (payoutId: string) =>
  stripe.fake().state.transfers.filter(({ transfer_group }) => transfer_group === payoutId);

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return { none: await work };
  } catch (error) {
    return error;
  }
}

describe('accounts', () => {
  it('is one for the same payee, however often it is asked for', async () => {
    const whose = { orgId: newId(), uid: newId(), country: 'US' };
    const [first, second] = await Promise.all([
      stripe.client().createAccount(whose),
      stripe.client().createAccount(whose),
    ]);
    expect(second?.id).toBe(first?.id);
    expect(first).toMatchObject({
      ...{ transfersEnabled: false, payoutsEnabled: false, detailsSubmitted: false },
      metadata: { orgId: whose.orgId, uid: whose.uid },
    });
  });

  it('can be paid once its owner has gone through the onboarding page', async () => {
    const client = stripe.client();
    const { id } = await client.createAccount({ orgId: newId(), uid: newId(), country: 'DE' });
    const returnUrl = `${stripe.fake().url}/sent`;
    const link = await client.accountLink({ accountId: id, returnUrl, refreshUrl: returnUrl });
    expect(link.expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect(await (await fetch(link.url)).text()).toContain(id);
    const done = await fetch(link.url, { method: 'POST', redirect: 'manual' });
    expect(done.headers.get('Location')).toBe(returnUrl);
    expect(await client.retrieveAccount(id)).toMatchObject({
      ...{ transfersEnabled: true, payoutsEnabled: true, detailsSubmitted: true },
      ...{ disabledReason: null, currentlyDue: [] },
    });
    const [event] = stripe.fake().state.events.filter(({ account }) => account === id);
    expect(event?.type).toBe('account.updated');
  });

  it('tells of an account that is not there', async () => {
    const error = await errorOf(stripe.client().retrieveAccount('acct_none'));
    expect(error).toBeInstanceOf(StripePermanentError);
    expect(error).toMatchObject({ code: 'resource_missing' });
  });
});

describe('transfers', () => {
  it('carries amount, payee and payout, converted to Stripe’s units', async () => {
    const destination = await payee();
    const transfer = await newTransfer({ destination, amountMinor: 5, currency: 'ISK' });
    const made = await stripe.client().createTransfer(transfer);
    expect(made).toMatchObject({
      ...{ amountMinor: 5, currency: 'ISK', destination, reversedMinor: 0 },
      payoutId: transfer.payoutId,
      metadata: { orgId: 'org', uid: 'uid', payoutId: transfer.payoutId },
    });
    expect(transfersOf(transfer.payoutId)).toMatchObject([{ amount: 500, currency: 'isk' }]);
    expect(await stripe.client().findTransferByPayout(transfer.payoutId)).toEqual(made);
    expect(await stripe.client().findTransferByPayout(newId())).toBeUndefined();
  });

  it('is one transfer when it is asked for again, after it, beside it, and by another process', async () => {
    const transfer = await newTransfer();
    const made = await Promise.all(
      Array.from({ length: 5 }, () => stripe.client().createTransfer(transfer)),
    );
    const again = await stripe.client().createTransfer(transfer);
    expect(new Set([...made, again].map(({ id }) => id)).size).toBe(1);
    expect(transfersOf(transfer.payoutId)).toHaveLength(1);
  });

  it('refuses another amount under the key of the first', async () => {
    const transfer = await newTransfer();
    await stripe.client().createTransfer(transfer);
    const error = await errorOf(stripe.client().createTransfer({ ...transfer, amountMinor: 1 }));
    expect(error).toBeInstanceOf(StripePermanentError);
    expect(transfersOf(transfer.payoutId)).toHaveLength(1);
  });

  it.each(['drop', 'hang'] as const)(
    'is one transfer when the reply is lost: %s',
    async (fault) => {
      const transfer = await newTransfer();
      const client = stripe.client({ timeoutMs: 300, maxRetries: 0 });
      // A closed connection is repeated once by the SDK whatever it is told.
      stripe.fake().fail(fault, fault === 'drop' ? 2 : 1);
      expect(await errorOf(client.createTransfer(transfer))).toBeInstanceOf(StripeTransientError);
      expect(transfersOf(transfer.payoutId)).toHaveLength(1);
      const again = await client.createTransfer(transfer);
      expect(transfersOf(transfer.payoutId)).toMatchObject([{ id: again.id }]);
    },
  );

  it.each(['error', 'busy', 'inUse'] as const)(
    'is repeated by the SDK when Stripe cannot: %s',
    async (fault) => {
      const transfer = await newTransfer();
      stripe.fake().fail(fault, 1);
      // A 429 is ours to wait for.
      const work = stripe.client().createTransfer(transfer);
      if (fault === 'busy') expect(await errorOf(work)).toBeInstanceOf(StripeTransientError);
      else expect((await work).amountMinor).toBe(12_345);
      await stripe.client().createTransfer(transfer);
      expect(transfersOf(transfer.payoutId)).toHaveLength(1);
    },
  );

  it.each(['error', 'inUse'] as const)('may pass when it goes on: %s', async (fault) => {
    const transfer = await newTransfer();
    stripe.fake().fail(fault, 3);
    expect(await errorOf(stripe.client().createTransfer(transfer))).toBeInstanceOf(
      StripeTransientError,
    );
    expect(transfersOf(transfer.payoutId)).toEqual([]);
  });

  it('fails for good without money, and succeeds as another attempt', async () => {
    const transfer = await newTransfer();
    stripe.fake().fail('insufficient');
    for (const attempt of ['first', 'repeated']) {
      const error = await errorOf(stripe.client().createTransfer(transfer));
      expect([attempt, error]).toEqual([attempt, expect.any(StripePermanentError)]);
      expect(error).toMatchObject({ code: 'balance_insufficient' });
    }
    await stripe.client().createTransfer({ ...transfer, attempt: 2 });
    expect(transfersOf(transfer.payoutId)).toHaveLength(1);
  });

  it('fails for good while the payee’s account takes none, and for amounts Stripe has not', async () => {
    const client = stripe.client();
    const { id } = await client.createAccount({ orgId: newId(), uid: newId(), country: 'US' });
    const early = await newTransfer({ destination: id });
    expect(await errorOf(client.createTransfer(early))).toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
    const sent = stripe.fake().requests.length;
    const odd = { ...early, currency: 'KWD', amountMinor: 5124 };
    expect(await errorOf(client.createTransfer(odd))).toBeInstanceOf(StripePermanentError);
    expect(stripe.fake().requests).toHaveLength(sent);
  });

  it('is taken back in parts, each once', async () => {
    const client = stripe.client();
    const made = await client.createTransfer(await newTransfer());
    const part = { transferId: made.id, amountMinor: 2345, currency: 'USD' };
    const first = await client.reverseTransfer({ ...part, reversalId: 'r1' });
    expect(await client.reverseTransfer({ ...part, reversalId: 'r1' })).toEqual(first);
    await client.reverseTransfer({ ...part, amountMinor: 10_000, reversalId: 'r2' });
    expect(await client.findTransferByPayout(made.payoutId ?? '')).toMatchObject({
      reversedMinor: 12_345,
    });
    const error = await errorOf(client.reverseTransfer({ ...part, reversalId: 'r3' }));
    expect(error).toBeInstanceOf(StripePermanentError);
  });
});

describe('lists', () => {
  it('go through all pages of transfers and events', async () => {
    const client = stripe.client();
    const destination = await payee();
    const since = new Date(Math.floor(Date.now() / 1000) * 1000);
    const made = new Set<string>();
    for (let count = 0; count < 105; count += 1) {
      const transfer = await newTransfer({ destination });
      made.add((await client.createTransfer(transfer)).id);
    }
    const listed: string[] = [];
    for await (const { id } of client.listTransfers({ since })) listed.push(id);
    expect(listed.filter((id) => made.has(id))).toHaveLength(105);
    expect(new Set(listed).size).toBe(listed.length);
    const told: unknown[] = [];
    for await (const { object } of client.listEvents({ since, types: ['transfer.created'] })) {
      told.push(object.id);
    }
    expect(new Set(told)).toEqual(new Set(listed));
  });

  it('tell the platform’s events and those of an account apart', async () => {
    const account = await payee();
    const types = ['account.updated', 'transfer.created'] as const;
    for await (const event of stripe.client().listEvents({ since: LONG_AGO, types, account })) {
      expect(event).toMatchObject({ account, type: 'account.updated', livemode: false });
    }
    for await (const event of stripe.client().listEvents({ since: LONG_AGO, types })) {
      expect(event.account).toBeNull();
    }
  });
});

describe('the connection', () => {
  it('may pass with a wrong key, which is our mistake and not the payee’s', async () => {
    const client = createStripeClient({ secretKey: 'sk_wrong', apiUrl: stripe.fake().url });
    const error = await errorOf(client.retrieveAccount('acct_1'));
    expect(error).toBeInstanceOf(StripeTransientError);
  });

  it('may pass when nobody is there', async () => {
    const settings = { secretKey: 'sk', apiUrl: 'http://127.0.0.1:9', maxRetries: 0 };
    const error = await errorOf(createStripeClient(settings).retrieveAccount('acct_1'));
    expect(error).toBeInstanceOf(StripeTransientError);
  });
});

const FIXTURES = path.resolve(import.meta.dirname, '../../../shared/data/stripe-fixtures3.json');

describe('the fake', () => {
  const metadata = {};
  const account = accountOf({ country: 'US', type: 'express', metadata }, 1);
  const money = { amount: 1100, currency: 'usd' };
  const objects = {
    account,
    transfer: transferOf({ ...money, destination: account.id, transfer_group: null, metadata }, 1),
    charge: chargeOf({ ...money, payment_intent: 'pi_1', metadata }, 1),
    event: eventOf({ type: 'account.updated', object: account, account: null }, 1),
  };

  it.each(Object.entries(objects))('has an %s of Stripe’s shape', (name, object) => {
    if (!existsSync(FIXTURES)) {
      process.stdout.write(`${FIXTURES} is not here: the fake's ${name} is not compared with it\n`);
      return;
    }
    const { resources } = JSON.parse(readFileSync(FIXTURES, 'utf8'));
    const real: Record<string, unknown> = resources[name];
    const given: Record<string, unknown> = object;
    expect(Object.keys(given).toSorted()).toEqual(Object.keys(real).toSorted());
    const others = Object.keys(real).filter((key) => !isSameKind(given[key], real[key]));
    expect(others.map((key) => [key, given[key], real[key]])).toEqual([]);
  });
});

/** Null stands for any value: Stripe's objects are full of fields that are not always there. */
function isSameKind(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return true;
  return typeof a === typeof b && Array.isArray(a) === Array.isArray(b);
}

import { afterEach, describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { type Invocation, startInvocation } from '../../functions/src/platform/runtime.ts';
import { STRIPE_FAKE_WEBHOOK_SECRET } from '../fakes/stripe.ts';
import { eventOf, stripeId } from '../fakes/stripe-objects.ts';
import { bodyOf, stripeSignature } from '../fakes/stripe-wire.ts';
import { storedEntry } from '../support/inbox.ts';
import { requestOf } from '../support/request.ts';
import { deliverSigned, useStripe } from '../support/stripe.ts';

const stripe = useStripe();
const SECRET = STRIPE_FAKE_WEBHOOK_SECRET;
const MINUTE_MS = 60_000;

/** An event nobody handles, so that whatever processes it meanwhile has nothing to do. */
function newEvent(fields: Record<string, unknown> = {}) {
  const object = { id: stripeId('obj'), object: 'plan', metadata: { orgId: 'org-1' }, ...fields };
  const event = eventOf({ type: 'plan.created', object, account: null }, nowInSeconds());
  return { event, body: bodyOf(event) };
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

afterEach(() => {
  process.env.STRIPE_WEBHOOK_SECRETS = SECRET;
});

describe.each(['POST /webhooks/stripe', 'POST /api/payments/stripe/webhook'])('%s', (door) => {
  it('stores a signed delivery, asking nobody to sign in', async () => {
    const { event, body } = newEvent({ receipt_email: 'ada@example.com', nickname: 'Ada' });
    const answer = await deliverSigned(body, stripeSignature(body, SECRET), door);
    expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: false }]);
    const entry = await storedEntry(event.id);
    expect(entry).toMatchObject({
      ...{ provider: 'stripe', eventId: event.id, type: 'plan.created', status: 'pending' },
      ...{ account: null, livemode: false, orgId: 'org-1', attempts: 0, error: null },
      occurredAt: new Date(Number(event.created) * 1000),
    });
    // Nothing of an object that nobody handles but what names it.
    expect(Object.keys(entry?.payload ?? {}).toSorted()).toEqual(['id', 'metadata', 'object']);
  });
});

describe('a delivery is refused, in the words of the door, and not stored', () => {
  const at = (ms: number) => new Date(Date.now() + ms);
  const refusals: [string, (body: string) => [string, string | undefined], RegExp][] = [
    ['without a signature', (body) => [body, undefined], /is missing/],
    ['with an empty one', (body) => [body, ''], /is missing/],
    ['with one of nonsense', (body) => [body, 'v1=abc'], /no signature/],
    [
      'signed with another secret',
      (body) => [body, stripeSignature(body, 'whsec_x')],
      /no signature/,
    ],
    ['signed with an empty secret', (body) => [body, stripeSignature(body, '')], /no signature/],
    [
      'altered by one byte',
      (body) => [body.replace('plan.created', 'plan.creates'), stripeSignature(body, SECRET)],
      /no signature/,
    ],
    [
      'parsed and written again',
      (body) => [JSON.stringify(JSON.parse(body)), stripeSignature(body, SECRET)],
      /no signature/,
    ],
    [
      'signed six minutes ago',
      (body) => [body, stripeSignature(body, SECRET, at(-6 * MINUTE_MS))],
      /older than 300 seconds/,
    ],
    [
      'signed for six minutes from now',
      (body) => [body, stripeSignature(body, SECRET, at(6 * MINUTE_MS))],
      /in the future/,
    ],
    [
      'with its time moved to now',
      (body) => {
        const old = stripeSignature(body, SECRET, at(-6 * MINUTE_MS));
        return [body, old.replace(/t=\d+/, `t=${nowInSeconds()}`)];
      },
      /no signature/,
    ],
    [
      'with a second time beside the signed one',
      (body) => [body, `t=1,${stripeSignature(body, SECRET, at(6 * MINUTE_MS))}`],
      /in the future/,
    ],
  ];
  it.each(refusals)('%s', async (_, forge, message) => {
    const { event, body } = newEvent();
    const [sent, signature] = forge(body);
    const answer = await deliverSigned(sent, signature);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      ...{ code: 'MALFORMED', status: 400, field: 'Stripe-Signature' },
      error: expect.stringMatching(message),
      requestId: expect.any(String),
    });
    expect(await storedEntry(event.id)).toBeUndefined();
  });

  it('signed, and no event', async () => {
    for (const body of ['[]', 'null', '{}', 'no json', '{"object":"v2.core.event","id":"evt_1"}']) {
      const answer = await deliverSigned(body, stripeSignature(body, SECRET));
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.body).toMatchObject({ error: expect.stringContaining('not an event') });
    }
  });

  it('with an id that would lead elsewhere', async () => {
    const { event } = newEvent();
    const body = bodyOf({ ...event, id: '../orgs/x' });
    expect((await deliverSigned(body, stripeSignature(body, SECRET))).status).toBe(400);
  });

  it('larger than a megabyte', async () => {
    const body = bodyOf({ ...newEvent().event, padding: 'x'.repeat(1024 * 1024) });
    expect((await deliverSigned(body, stripeSignature(body, SECRET))).status).toBe(413);
  });
});

describe('the secrets', () => {
  it('may be two, while one replaces the other', async () => {
    process.env.STRIPE_WEBHOOK_SECRETS = ` whsec_new , ${SECRET},`;
    for (const secret of ['whsec_new', SECRET]) {
      const { body } = newEvent();
      const answer = await deliverSigned(body, stripeSignature(body, secret));
      expect([secret, answer.status]).toEqual([secret, 200]);
    }
    const { body } = newEvent();
    expect((await deliverSigned(body, stripeSignature(body, 'whsec_old'))).status).toBe(400);
  });

  it.each(['', ' , '])('must be there: %j is a failure of ours, never a key', async (secrets) => {
    process.env.STRIPE_WEBHOOK_SECRETS = secrets;
    const { event, body } = newEvent();
    expect((await deliverSigned(body, stripeSignature(body, ''))).status).toBe(500);
    expect(await storedEntry(event.id)).toBeUndefined();
  });
});

describe('a delivery that comes again', () => {
  it('is stored once, however many come at once', async () => {
    const { event } = newEvent();
    const answers = await Promise.all(Array.from({ length: 8 }, () => stripe.deliver(event)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const fresh = answers.filter(({ body }) => !Object(body).duplicate);
    expect(fresh).toHaveLength(1);
    const found = await firestore().collection('inbox').where('eventId', '==', event.id).get();
    expect(found.size).toBe(1);
  });

  it('costs at most a read, no write, and one trip', async () => {
    const { event, body } = newEvent();
    await stripe.deliver(event);
    const started: Invocation[] = [];
    const router = createRouter((requestId) => {
      const invocation = startInvocation(requestId);
      started.push(invocation);
      return invocation;
    });
    const answer = await requestOf(router, 'POST /webhooks/stripe', {
      body,
      headers: { 'Stripe-Signature': stripeSignature(body, SECRET) },
    });
    expect(answer.body).toEqual({ received: true, duplicate: true });
    const { reads, writes, roundTrips } = started[0]?.store.meter ?? {};
    expect({ reads, writes, roundTrips }).toEqual({ reads: 0, writes: 0, roundTrips: 1 });
  });
});

it('answers with a 5xx what could not be stored, so that Stripe sends it again', async () => {
  const { event, body } = newEvent();
  const router = createRouter((requestId) => {
    const invocation = startInvocation(requestId);
    const { meter } = invocation.store;
    meter.trip = () => Promise.reject(new Error('the database is not there'));
    return invocation;
  });
  const answer = await requestOf(router, 'POST /webhooks/stripe', {
    body,
    headers: { 'Stripe-Signature': stripeSignature(body, SECRET) },
  });
  expect(answer.status).toBe(500);
  expect(await storedEntry(event.id)).toBeUndefined();
});

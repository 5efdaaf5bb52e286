import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { deliver, driveDeliveries } from '../../functions/src/modules/deliveries/sending.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { DyingMeter } from '../support/faults.ts';
import { invocationAt, RecordedTasks } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import {
  DealHistory,
  deliverDue,
  deliveriesOf,
  nextDue,
  sender,
  storedSubscription,
  subscribe,
} from './delivery-runs.ts';
import { payloadIn, takeIt, useReceiver } from './receiver.ts';

const receiver = useReceiver();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});
beforeEach(async () => {
  org = await createOrganisation();
  receiver.received.length = 0;
  receiver.answer = takeIt;
});

/** An event that a subscription is to be sent, and the delivery of it. */
async function happened(at: Date) {
  const subscription = await subscribe(org, receiver.url());
  const deal = new DealHistory(org, newId());
  await deal.change(at);
  return { ...subscription, deal, deliveryId: `${subscription.id}_${deal.id}_1` };
}

describe('a delivery', () => {
  it('is made with its event, signed, and told with both states', async () => {
    const { id, secret, deal, deliveryId } = await happened(new Date());
    const now = new Date();
    expect(await deliverDue(org.orgId, now)).toBe(1);
    const [message] = receiver.received;
    if (message === undefined) throw new Error('nothing has come');
    // The receiving side of the library: signature, id and time.
    expect(new Webhook(secret).verify(message.body, stringsOf(message.headers))).toMatchObject({
      id: `${deal.id}_1`,
      type: 'deal.created',
      data: { record: { type: 'deal', id: deal.id }, version: 1, before: {} },
    });
    expect(message.headers['webhook-id']).toBe(deliveryId);
    expect(payloadIn(message).data.after).toMatchObject({ title: 'Title 1' });
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({
      ...{ subscriptionId: id, status: 'delivered', nextSendAt: null },
      attempts: [{ status: 204, response: '', error: null }],
    });
    expect(await deliverDue(org.orgId, later(now, HOUR_MS))).toBe(0);
  });

  it('is made once, however often the trigger runs', async () => {
    const subscription = await subscribe(org, receiver.url());
    const at = new Date();
    const id = newId();
    for (let run = 0; run < 3; run += 1) await new DealHistory(org, id).change(at);
    expect(Object.keys(await deliveriesOf(org.orgId))).toEqual([`${subscription.id}_${id}_1`]);
  });

  it('is made for the types and filters of its subscription alone', async () => {
    const ids = await Promise.all([
      subscribe(org, receiver.url(), { types: ['deal.won'] }),
      subscribe(org, receiver.url(), { types: ['deal.created', 'lead.*'] }),
      subscribe(org, receiver.url(), { types: ['*'], filters: { ownerId: org.rep2.uid } }),
      subscribe(org, receiver.url(), { types: ['*'], filters: { ownerId: org.rep.uid } }),
      subscribe(org, receiver.url(), { types: ['*'], filters: { recordType: 'lead' } }),
    ]);
    const deal = new DealHistory(org, newId());
    await deal.change(new Date());
    const made = Object.values(await deliveriesOf(org.orgId));
    const wanted = [ids[1]?.id, ids[3]?.id];
    expect(made.map(({ subscriptionId }) => subscriptionId).toSorted()).toEqual(wanted.toSorted());
  });

  it('costs 5 reads, 2 writes and 4 round trips', async () => {
    const { deliveryId } = await happened(new Date());
    const meter = new Meter();
    await deliver(invocationAt(new Date(), { meter }), org.orgId, deliveryId, { sender });
    const { reads, writes, roundTrips } = meter;
    expect({ reads, writes, roundTrips }).toEqual({ reads: 5, writes: 2, roundTrips: 4 });
  });
});

describe('a delivery that fails', () => {
  it.each([
    ['a refusal', 400],
    ['an outage', 503],
    ['a redirect', 302],
    ['an absence', 404],
  ])('by %s (%i) is tried again under the same id', async (_what, status) => {
    const at = new Date();
    const { deliveryId } = await happened(at);
    receiver.answer = (response) => response.writeHead(status, { location: '/' }).end('not now');
    await deliverDue(org.orgId, at);
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({
      ...{ status: 'pending', tries: 1 },
      attempts: [{ status, response: 'not now', error: null }],
    });
    expect(await nextDue(org.orgId)).toEqual(expect.any(Date));
    receiver.answer = takeIt;
    await deliverDue(org.orgId, later(at, HOUR_MS));
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({ status: 'delivered' });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  it('by silence or a broken connection is tried again', async () => {
    const at = new Date();
    const { deliveryId } = await happened(at);
    receiver.answer = () => undefined;
    await deliverDue(org.orgId, at);
    receiver.answer = (response) => response.socket?.destroy();
    await deliverDue(org.orgId, later(at, HOUR_MS));
    const { attempts, status } = (await deliveriesOf(org.orgId))[deliveryId] ?? {};
    expect(status).toBe('pending');
    expect(attempts?.map(({ error }) => error?.split(':')[0])).toEqual(['timeout', 'connection']);
  });

  it('is tried forty times over three days, and then its subscription is disabled', async () => {
    const at = new Date();
    const { id, deliveryId } = await happened(at);
    receiver.answer = (response) => response.writeHead(500).end();
    let now = at;
    let made = 0;
    for (let due: Date | undefined = at; due !== undefined; due = await nextDue(org.orgId)) {
      now = due;
      made += await deliverDue(org.orgId, now);
    }
    expect(made).toBe(40);
    const hours = (now.getTime() - at.getTime()) / HOUR_MS;
    expect(hours).toBeGreaterThan(70);
    expect(hours).toBeLessThan(78);
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({ status: 'failed' });
    expect(await storedSubscription(org.orgId, id)).toMatchObject({
      ...{ status: 'disabled', disabledReason: 'failing', disabledAt: expect.any(Date) },
    });
    // Nobody listens any more.
    await new DealHistory(org, newId()).change(now);
    expect(Object.keys(await deliveriesOf(org.orgId))).toHaveLength(1);
  });

  it('leaves its subscription alone when others got through meanwhile', async () => {
    const at = new Date();
    const { id, deliveryId } = await happened(at);
    receiver.answer = (response, message) =>
      response.writeHead(message.headers['webhook-id'] === deliveryId ? 422 : 204).end();
    const other = new DealHistory(org, newId());
    await other.change(later(at, HOUR_MS));
    for (let due: Date | undefined = at; due !== undefined; due = await nextDue(org.orgId)) {
      await deliverDue(org.orgId, due);
    }
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({ status: 'failed' });
    expect(await storedSubscription(org.orgId, id)).toMatchObject({ status: 'active' });
  });

  it.each([
    ['7200', 2 * HOUR_MS],
    ['99999999', 24 * HOUR_MS],
    ['1', 0.5 * MINUTE_MS],
    ['soon', 0.5 * MINUTE_MS],
  ])('waits as long as Retry-After: %s asks, within bounds', async (retryAfter, pauseMs) => {
    const at = new Date();
    await happened(at);
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': retryAfter }).end();
    await deliverDue(org.orgId, at);
    const due = await nextDue(org.orgId);
    const waitedMs = (due?.getTime() ?? 0) - at.getTime();
    // The attempt itself took a moment.
    expect(waitedMs).toBeGreaterThanOrEqual(pauseMs);
    expect(waitedMs).toBeLessThan(pauseMs + 5_000);
  });

  it('waits until the date that Retry-After names', async () => {
    const at = new Date();
    await happened(at);
    const until = new Date(Math.ceil(at.getTime() / 1000) * 1000 + 3 * HOUR_MS);
    receiver.answer = (response) =>
      response.writeHead(503, { 'retry-after': until.toUTCString() }).end();
    await deliverDue(org.orgId, at);
    expect(await nextDue(org.orgId)).toEqual(until);
  });

  it('with 410 disables its subscription at once', async () => {
    const at = new Date();
    const { id, deliveryId } = await happened(at);
    receiver.answer = (response) => response.writeHead(410).end();
    await deliverDue(org.orgId, at);
    expect((await deliveriesOf(org.orgId))[deliveryId]).toMatchObject({ status: 'failed' });
    expect(await storedSubscription(org.orgId, id)).toMatchObject({
      ...{ status: 'disabled', disabledReason: 'gone' },
    });
    await new DealHistory(org, newId()).change(at);
    expect(Object.keys(await deliveriesOf(org.orgId))).toHaveLength(1);
  });
});

describe('a worker that is killed', () => {
  it.each(['before', 'after'] as const)('%s any of its calls loses nothing', async (when) => {
    const { id } = await subscribe(org, receiver.url());
    for (let dieAt = 1; dieAt <= 8; dieAt += 1) {
      const at = new Date();
      const deal = new DealHistory(org, newId());
      await deal.change(at);
      const deliveryId = `${id}_${deal.id}_1`;
      const meter = new DyingMeter(dieAt, when);
      const dying = deliver(invocationAt(at, { meter }), org.orgId, deliveryId, { sender });
      const died = await dying.then(
        () => meter.isDead,
        () => true,
      );
      // The lease holds others off for a while, and then somebody goes on.
      const resumed = await deliverDue(org.orgId, later(at, 5 * MINUTE_MS));
      const { status } = (await deliveriesOf(org.orgId))[deliveryId] ?? {};
      expect(`${dieAt} ${status}`).toBe(`${dieAt} delivered`);
      if (!died) expect(resumed).toBe(0);
    }
    expect(receiver.received.length).toBeGreaterThan(8);
  });

  it('is not joined by another one while its lease holds', async () => {
    const at = new Date();
    const { deliveryId } = await happened(at);
    const run = () => deliver(invocationAt(at), org.orgId, deliveryId, { sender });
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.toSorted()).toEqual(['delivered', 'nothing', 'nothing', 'nothing']);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('the sweep', () => {
  it('asks for a task for what is due, once a minute, and for nothing else', async () => {
    // Long before anything that other tests left behind.
    const at = new Date('1990-01-01T00:00:10Z');
    const { deliveryId } = await happened(at);
    const asked = async (now: Date) => {
      const tasks = new RecordedTasks();
      await driveDeliveries(invocationAt(now, { tasks }));
      return tasks.asked.filter(({ payload }) => JSON.stringify(payload).includes(org.orgId));
    };
    expect(await asked(later(at, -1))).toEqual([]);
    const [first] = await asked(at);
    expect(first).toMatchObject({ queue: 'deliverWebhook', payload: { deliveryId } });
    expect((await asked(later(at, 10_000)))[0]?.id).toBe(first?.id);
    expect((await asked(later(at, MINUTE_MS)))[0]?.id).not.toBe(first?.id);
    await deliverDue(org.orgId, at);
    expect(await asked(later(at, HOUR_MS))).toEqual([]);
  });
});

function stringsOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

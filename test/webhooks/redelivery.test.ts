import { beforeEach, describe, expect, it } from '@jest/globals';
import { email } from '../../functions/src/app/email.ts';
import { addCall } from '../../functions/src/modules/deliveries/deliveries.public.ts';
import { sendDisablingNotices } from '../../functions/src/modules/deliveries/sending.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as, idsIn } from '../support/as.ts';
import { invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { DealHistory, deliverDue, deliveriesOf, nextDue, subscribe } from './delivery-runs.ts';
import { takeIt, useReceiver } from './receiver.ts';

const receiver = useReceiver();
const mails = useMails();
const HOUR_MS = 60 * 60 * 1000;
const down = (response: import('node:http').ServerResponse) => response.writeHead(500).end();

let org: Organisation;
let subscriptionId: string;
beforeEach(async () => {
  org = await createOrganisation();
  subscriptionId = (await subscribe(org, receiver.url())).id;
  receiver.received.length = 0;
  receiver.answer = takeIt;
});

const path = () => `/api/webhooks/${subscriptionId}`;
const admin = (line: string, body?: object, headers = {}) => as(org.admin, line, body, headers);
const statuses = async () =>
  Object.values(await deliveriesOf(org.orgId)).map(({ status }) => status);
/** The messages that came, by the events they are about. */
const cameFor = () => receiver.received.map(({ headers }) => String(headers['webhook-id']));

/** Events at these times, each about a deal of its own; the ids of their deliveries. */
async function eventsAt(...times: Date[]): Promise<string[]> {
  const ids: string[] = [];
  for (const at of times) {
    const deal = new DealHistory(org, newId());
    await deal.change(at);
    ids.push(`${subscriptionId}_${deal.id}_1`);
  }
  return ids;
}

/** Runs until nothing is left to be tried. */
async function giveUp(from: Date): Promise<Date> {
  let now = from;
  for (let due: Date | undefined = from; due !== undefined; due = await nextDue(org.orgId)) {
    now = new Date(Math.max(due.getTime(), now.getTime()));
    await deliverDue(org.orgId, now);
  }
  return now;
}

describe('deliveries', () => {
  it('are listed by status, page by page, and shown with their attempts', async () => {
    const now = new Date();
    const ids = await eventsAt(now, now, now);
    receiver.answer = (response, message) =>
      message.headers['webhook-id'] === ids[0] ? down(response) : response.writeHead(200).end('ok');
    await deliverDue(org.orgId, now);
    const pending = await admin(`GET ${path()}/deliveries?status=pending`);
    expect(idsIn(listIn(pending.body, 'deliveries'))).toEqual([ids[0]]);
    const first = await admin(`GET ${path()}/deliveries?status=delivered&limit=1`);
    const cursor = textIn(first.body, 'nextCursor');
    const second = await admin(
      `GET ${path()}/deliveries?status=delivered&limit=1&cursor=${cursor}`,
    );
    const found = [first, second].flatMap(({ body }) => idsIn(listIn(body, 'deliveries')));
    expect(found.toSorted()).toEqual(ids.slice(1).toSorted());
    expect((await admin(`GET ${path()}/deliveries/${ids[0]}`)).body).toMatchObject({
      ...{ id: ids[0], kind: 'event', types: ['deal.created'], status: 'pending' },
      attempts: [{ status: 500, latencyMs: expect.any(Number), response: '', error: null }],
    });
    // What is shown is what was sent, to the letter.
    const sent = receiver.received.find(({ headers }) => headers['webhook-id'] === ids[1]);
    const shown = await admin(`GET ${path()}/deliveries/${ids[1]}`);
    expect(textIn(shown.body, 'body')).toBe(sent?.body);
    const other = (await subscribe(org, receiver.url())).id;
    expect((await admin(`GET /api/webhooks/${other}/deliveries/${ids[0]}`)).status).toBe(404);
  });

  it('are sent again one by one, under the same id, and once for a repeated request', async () => {
    const now = new Date();
    const [id = ''] = await eventsAt(now);
    await deliverDue(org.orgId, now);
    const line = `POST ${path()}/deliveries/${id}/redeliver`;
    const key = { 'Idempotency-Key': newId() };
    for (let run = 0; run < 2; run += 1) {
      expect(await admin(line, undefined, key)).toMatchObject({ body: { status: 'pending' } });
      await deliverDue(org.orgId, new Date());
    }
    expect(cameFor()).toEqual([id, id]);
    expect((await deliveriesOf(org.orgId))[id]?.attempts).toHaveLength(2);
  });

  it('are sent again all that have failed, once the endpoint works', async () => {
    const start = new Date('2026-05-04T00:00:00Z');
    const ids = await eventsAt(start, start, start);
    receiver.answer = down;
    await giveUp(start);
    // The first that was given up disabled the subscription, which skips the others.
    expect(await statuses()).toContain('failed');
    expect(await statuses()).not.toContain('delivered');
    expect((await admin(`POST ${path()}/redeliver`, {})).status).toBe(422);
    await admin(`PATCH ${path()}`, { status: 'active' });
    receiver.answer = takeIt;
    receiver.received.length = 0;
    const answer = await admin(`POST ${path()}/redeliver`, {});
    expect(answer).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(listIn(answer.body, 'redelivered').toSorted()).toEqual(ids.toSorted());
    await deliverDue(org.orgId, new Date());
    expect(cameFor().toSorted()).toEqual(ids.toSorted());
    expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('are sent again that were made in a span of time', async () => {
    const start = Date.parse('2026-05-04T00:00:00Z');
    const times = [0, 1, 2, 3].map((hours) => new Date(start + hours * HOUR_MS));
    const ids = await eventsAt(...times);
    await giveUp(new Date(start + 4 * HOUR_MS));
    receiver.received.length = 0;
    const span = { createdFrom: times[1], createdUntil: times[3] };
    const answer = await admin(`POST ${path()}/redeliver`, { status: 'delivered', ...span });
    expect(listIn(answer.body, 'redelivered')).toEqual([ids[1], ids[2]]);
    await deliverDue(org.orgId, new Date());
    expect(cameFor().toSorted()).toEqual([ids[1], ids[2]].toSorted());
  });

  it('that wait while their subscription is paused are skipped, and can be sent later', async () => {
    const now = new Date();
    const [id] = await eventsAt(now);
    await admin(`PATCH ${path()}`, { status: 'paused' });
    await deliverDue(org.orgId, now);
    expect(await statuses()).toEqual(['skipped']);
    expect(receiver.received).toEqual([]);
    await admin(`PATCH ${path()}`, { status: 'active' });
    await admin(`POST ${path()}/redeliver`, { status: 'skipped' });
    await deliverDue(org.orgId, new Date());
    expect(cameFor()).toEqual([id]);
  });
});

describe('a test delivery', () => {
  it('arrives, also while the subscription is paused', async () => {
    await admin(`PATCH ${path()}`, { status: 'paused' });
    const answer = await admin(`POST ${path()}/test`);
    expect(answer).toMatchObject({ status: 201, body: { kind: 'test', types: ['webhook.test'] } });
    await deliverDue(org.orgId, new Date());
    expect(cameFor()).toEqual([textIn(answer.body, 'id')]);
    const [message] = receiver.received;
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ type: 'webhook.test' });
    expect(message?.headers['webhook-signature']).toMatch(/^v1,/);
  });
});

describe('a call of an automation', () => {
  it('is sent with the same attempts, without a subscription', async () => {
    const now = new Date();
    const unit = openUnit(invocationAt(now), org.orgId);
    const id = `run_${newId()}_step`;
    const call = { url: receiver.url(), headers: { 'X-Own': 'yes' }, body: { hello: 'there' } };
    expect(addCall(unit, { id, ...call, at: now })).toMatchObject({
      ...{ queue: 'deliverWebhook', id, payload: { orgId: org.orgId, deliveryId: id } },
    });
    await unit.commit();
    receiver.answer = down;
    await deliverDue(org.orgId, now);
    receiver.answer = takeIt;
    await deliverDue(org.orgId, new Date(now.getTime() + HOUR_MS));
    expect(cameFor()).toEqual([id, id]);
    const [message] = receiver.received;
    expect(message).toMatchObject({ body: '{"hello":"there"}', headers: { 'x-own': 'yes' } });
    expect(message?.headers).not.toHaveProperty('webhook-signature');
  });
});

describe('administrators', () => {
  it('are told once by mail that an endpoint was disabled', async () => {
    // Long before anything that other tests left behind.
    const at = new Date('1991-01-01T00:00:00Z');
    await eventsAt(at);
    receiver.answer = (response) => response.writeHead(410).end();
    await deliverDue(org.orgId, at);
    const later = new Date(at.getTime() + HOUR_MS);
    mails.fail('busy');
    await sendDisablingNotices(invocationAt(later), email);
    await sendDisablingNotices(invocationAt(new Date(later.getTime() + HOUR_MS)), email);
    await sendDisablingNotices(invocationAt(new Date(later.getTime() + 2 * HOUR_MS)), email);
    const sent = await mails.to(org.admin.email);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ subject: 'A webhook of yours was disabled' });
    expect(sent[0]?.text).toContain(receiver.url());
    expect(await mails.to(org.rep.email)).toEqual([]);
  });
});

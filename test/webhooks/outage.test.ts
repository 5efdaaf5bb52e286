import { beforeAll, describe, expect, it } from '@jest/globals';
import pMap from 'p-map';
import { Webhook } from 'standardwebhooks';
import { newId } from '../../functions/src/platform/ids.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { DealHistory, deliverDue, deliveriesOf, nextDue, subscribe } from './delivery-runs.ts';
import { payloadIn, type Received, useReceiver } from './receiver.ts';

const DEALS = 14;
const CHANGES = 8;
const HOUR_MS = 60 * 60 * 1000;
const START = Date.parse('2026-03-02T08:00:00Z');
const DOWN_FROM = START + 6 * HOUR_MS;
const DOWN_UNTIL = DOWN_FROM + 48 * HOUR_MS;
const SEED = Number(process.env.OUTAGE_SEED ?? Date.now() % 2 ** 31);

const receiver = useReceiver();
/** What the endpoint has really taken in. */
const kept: Received[] = [];
let now = new Date(START);
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

/** The same numbers from the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('an endpoint that fails 30 % of the time and is down for two days', () => {
  it('gets everything, duplicates under the same id, and can put it in order', async () => {
    const random = randomFrom(SEED);
    receiver.answer = (response, message) => {
      if (now.getTime() >= DOWN_FROM && now.getTime() < DOWN_UNTIL) {
        return response.writeHead(503).end('down');
      }
      const luck = random();
      if (luck < 0.1) return response.writeHead(500).end();
      if (luck < 0.15) return response.socket?.destroy();
      // It has taken the message in, and its answer gets lost.
      kept.push(message);
      if (luck < 0.25) return response.socket?.destroy();
      if (luck < 0.3) return response.writeHead(504).end();
      return response.writeHead(200).end();
    };
    const { id: subscriptionId, secret } = await subscribe(org, receiver.url());
    const deals = Array.from({ length: DEALS }, () => new DealHistory(org, newId()));
    // Something happens until well into the outage.
    for (let change = 0; change < CHANGES; change += 1) {
      now = new Date(START + change * 3 * HOUR_MS);
      await pMap(deals, (deal) => deal.change(now), { concurrency: 8 });
      await deliverDue(org.orgId, now, { random });
    }
    for (let due = await nextDue(org.orgId); due !== undefined; due = await nextDue(org.orgId)) {
      // Whatever is due within a quarter of an hour goes with it, as in a queue that has much to do.
      now = new Date(Math.max(now.getTime(), due.getTime()) + HOUR_MS / 4);
      await deliverDue(org.orgId, now, { random });
    }

    const stored = Object.values(await deliveriesOf(org.orgId));
    expect(stored).toHaveLength(DEALS * CHANGES);
    expect(stored.filter(({ status }) => status !== 'delivered')).toEqual([]);
    const idsOf = new Map<string, Set<unknown>>();
    for (const message of kept) {
      const payload = payloadIn(message);
      const ids = idsOf.get(payload.id) ?? new Set();
      idsOf.set(payload.id, ids.add(message.headers['webhook-id']));
      expect(message.headers['webhook-id']).toBe(`${subscriptionId}_${payload.id}`);
      expect(message.headers['webhook-signature']).toBe(signatureOf(secret, message));
    }
    // 0 lost, and whatever came twice came under one id.
    expect(idsOf.size).toBe(DEALS * CHANGES);
    expect([...idsOf.values()].filter(({ size }) => size !== 1)).toEqual([]);
    expect(kept.length).toBeGreaterThan(DEALS * CHANGES);
    for (const deal of deals) expectOrder(deal);
  }, 300_000);
});

/** Put in order by version, what came is without a gap, and ends in the deal's last state. */
function expectOrder(deal: DealHistory): void {
  const once = new Map(
    kept
      .map(payloadIn)
      .filter(({ data }) => data.record.id === deal.id)
      .map((payload) => [payload.id, payload.data]),
  );
  const ordered = [...once.values()].toSorted((a, b) => a.version - b.version);
  expect(ordered.map(({ version }) => version)).toEqual(
    Array.from({ length: CHANGES }, (_, index) => index + 1),
  );
  for (const [index, { before }] of ordered.entries()) {
    if (index > 0) expect(before.title).toBe(ordered[index - 1]?.after.title);
  }
  expect(ordered.at(-1)?.after.title).toBe(deal.title);
}

function signatureOf(secret: string, { headers, body }: Received): string {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  return new Webhook(secret).sign(String(headers['webhook-id']), at, body);
}

import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Timestamp } from 'firebase-admin/firestore';
import pMap from 'p-map';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { events, sealEvent } from '../../functions/src/modules/events/events.public.ts';
import { missingEvents } from '../../functions/src/modules/events/fill-gaps.ts';
import { listEvents } from '../../functions/src/modules/events/sweep.repository.ts';
import { verifyLedger } from '../../functions/src/modules/ledger/verify.service.ts';
import { digestOf } from '../../functions/src/platform/digest.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as } from '../support/as.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';

const DEALS = 60;
const TAMPERED = 200;
const SEED = Number(process.env.TAMPER_SEED ?? Date.now() % 2 ** 31);
const SETUP_MS = 180_000;
const HOUR_MS = 3_600_000;
// Each test reads everything several times.
jest.setTimeout(SETUP_MS);

let state = SEED;
/** A whole number from 0 until before `below`, from a sequence that the seed gives. */
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

let org: Organisation;
let triggers: DealTriggers;
let dealIds: string[];

beforeAll(async () => {
  process.stdout.write(`tampering: TAMPER_SEED=${SEED}\n`);
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
  await planFor(org, [
    { kind: 'percent', rateBps: 1234 },
    { kind: 'override', rateBps: 150 },
  ]);
  await org.admin.token();
  const histories = Array.from({ length: DEALS }, (_, index) => historyOf(index));
  dealIds = await pMap(histories, makeDeal, { concurrency: 6 });
}, SETUP_MS);

type Step = readonly [string, object?];

/** A random life of a deal: at least it is won once. */
function historyOf(index: number): Step[] {
  const share = random(10_001);
  const splits = [
    { uid: org.rep.uid, shareBps: share },
    { uid: org.rep2.uid, shareBps: 10_000 - share },
  ];
  const steps: Step[] = [
    ['PATCH /api/deals/{id}', { splits }],
    ['PATCH /api/deals/{id}', { stage: 'CLOSED_WON', title: `Deal ${index}` }],
  ];
  let isWon = true;
  for (let more = random(4); more > 0; more -= 1) {
    const kind = random(3);
    if (kind === 0) {
      steps.push(['PATCH /api/deals/{id}', { value: random(100_000) / 100, currency: 'USD' }]);
    } else if (kind === 1) {
      isWon = !isWon;
      steps.push(['PATCH /api/deals/{id}', { stage: isWon ? 'CLOSED_WON' : 'CLOSED_LOST' }]);
    } else {
      steps.push(['DELETE /api/deals/{id}'], ['POST /api/deals/{id}/restore']);
    }
  }
  return steps;
}

async function makeDeal(steps: readonly Step[]): Promise<string> {
  const body = { title: 'Website', value: (100 + steps.length * 7777) / 100, ownerId: org.rep.uid };
  const made = await as(org.admin, 'POST /api/deals', body);
  const id = textIn(made.body, 'id');
  await triggers.follow(id);
  for (const [line, change] of steps) {
    const { status } = await as(org.admin, line.replace('{id}', id), change);
    if (status !== 200) throw new Error(`${line} → ${status}`);
    await triggers.follow(id);
  }
  return id;
}

/** What verify finds an hour from now, when every trigger has had its time. */
async function findings() {
  const now = new Date(Date.now() + HOUR_MS);
  const found = await verifyLedger({ ...startInvocation('test'), now }, org.orgId, [
    recordKinds.deals,
  ]);
  return found.findings;
}

async function named(): Promise<string[]> {
  return (await findings()).map(({ kind, problem, id }) => `${kind} ${problem} ${id}`).toSorted();
}

interface Original {
  readonly collection: 'events' | 'ledger';
  readonly id: string;
  readonly data: Record<string, unknown>;
}

const at = ({ collection, id }: Pick<Original, 'collection' | 'id'>) =>
  firestore().doc(`orgs/${org.orgId}/${collection}/${id}`);

async function originals(): Promise<Original[]> {
  const lists = await Promise.all(
    (['events', 'ledger'] as const).map(async (collection) => {
      const { docs } = await firestore().collection(`orgs/${org.orgId}/${collection}`).get();
      return docs.map((doc) => ({ collection, id: doc.id, data: doc.data() }));
    }),
  );
  return lists.flat();
}

async function write(documents: readonly Original[]): Promise<void> {
  const batch = firestore().batch();
  for (const document of documents) batch.set(at(document), document.data);
  await batch.commit();
}

/**
 * The same document with one byte of one of its values changed. The place of an event in the stream
 * is Firestore's own note, and no part of what happened.
 */
function withOneByteChanged({
  recordedAt,
  ...data
}: Record<string, unknown>): Record<string, unknown> {
  const changed = alter(data);
  if (changed === undefined) throw new Error('there is nothing to change');
  const noted = recordedAt === undefined ? {} : { recordedAt };
  return { ...Object.fromEntries(Object.entries(Object(changed))), ...noted };
}

function alter(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value instanceof Timestamp) return Timestamp.fromMillis(value.toMillis() + 1);
  if (typeof value === 'string' && value !== '') {
    const place = random(value.length);
    const other = value[place] === 'x' ? 'y' : 'x';
    return value.slice(0, place) + other + value.slice(place + 1);
  }
  if (value === null || typeof value !== 'object') return undefined;
  const keys = Object.keys(value);
  const start = random(Math.max(1, keys.length));
  for (const key of [...keys.slice(start), ...keys.slice(0, start)]) {
    const inside = alter(Reflect.get(value, key));
    if (inside === undefined) continue;
    if (Array.isArray(value)) return value.map((each, i) => (String(i) === key ? inside : each));
    return { ...value, [key]: inside };
  }
  return undefined;
}

async function documentOf(collection: Original['collection'], id: string): Promise<Original> {
  const snapshot = await at({ collection, id }).get();
  return { collection, id, data: snapshot.data() ?? {} };
}

async function entriesOf(dealId: string): Promise<Original[]> {
  return (await originals()).filter(({ data }) => data.dealId === dealId);
}

/** Does something to the store, sees what is found, and undoes it. */
async function whileTampered(changed: readonly Original[], tamper: () => Promise<unknown>) {
  await tamper();
  try {
    return await named();
  } finally {
    await write(changed);
  }
}

function dealAt(index: number): string {
  return dealIds[index] ?? '';
}

describe('verify', () => {
  it('finds nothing in what was posted, and one hash for its period', async () => {
    const now = new Date(Date.now() + HOUR_MS);
    const ctx = { ...startInvocation('test'), now };
    const first = await verifyLedger(ctx, org.orgId, [recordKinds.deals]);
    expect(first.findings).toEqual([]);
    expect(first.entries).toBeGreaterThan(2 * DEALS);
    expect(first.periods).toHaveLength(1);
    expect(first.periods).toMatchObject([{ entries: first.entries, isSealed: false }]);
    const again = await verifyLedger(ctx, org.orgId, [recordKinds.deals]);
    expect(again.periods).toEqual(first.periods);
  });

  it(`names each of ${TAMPERED} postings and events with one byte changed`, async () => {
    const all = await originals();
    const chosen = all
      .map((document) => ({ document, place: random(2 ** 31) }))
      .toSorted((a, b) => a.place - b.place)
      .slice(0, TAMPERED)
      .map(({ document }) => document);
    expect(chosen).toHaveLength(TAMPERED);
    const tampered = chosen.map((each) => ({ ...each, data: withOneByteChanged(each.data) }));
    const found = await whileTampered(chosen, () => write(tampered));
    const expected = chosen.map(
      ({ collection, id }) => `${collection === 'events' ? 'event' : 'entry'} altered ${id}`,
    );
    expect(found.filter((each) => /^(event|entry) /.test(each))).toEqual(expected.toSorted());
    expect(await named()).toEqual([]);
  });

  it('names what was removed: an entry, an event in between, the newest event', async () => {
    const [entry] = await entriesOf(dealAt(0));
    if (entry === undefined) throw new Error('the deal has posted nothing');
    const between = await documentOf('events', `${dealAt(1)}_2`);
    const deal = await firestore()
      .doc(`orgs/${org.orgId}/deals/${dealAt(2)}`)
      .get();
    const newest = await documentOf('events', `${dealAt(2)}_${deal.get('version')}`);
    const removed = [entry, between, newest];
    const found = await whileTampered(removed, () =>
      Promise.all(removed.map((each) => at(each).delete())),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        `entry removed ${entry.id}`,
        `event removed ${between.id}`,
        `event removed ${newest.id}`,
      ]),
    );
    expect(found.filter((each) => each.startsWith('event'))).toHaveLength(2);
  });

  it('names what was added, however well it is made', async () => {
    const [entry] = await entriesOf(dealAt(3));
    if (entry === undefined) throw new Error('the deal has posted nothing');
    const forged = [
      { ...entry, id: `${entry.id}_more` },
      { ...entry, id: 'payout_mine_1', data: resealed({ ...entry.data, component: null }) },
    ];
    const event = await documentOf('events', `${dealAt(4)}_1`);
    const later = {
      ...event,
      id: `${dealAt(4)}_99`,
      data: resealed({ ...event.data, version: 99 }),
    };
    const copy = { ...event, id: `${dealAt(4)}_c_x` };
    await write([...forged, later, copy]);
    const found = await named();
    await Promise.all([...forged, later, copy].map((each) => at(each).delete()));
    expect(found).toEqual(
      expect.arrayContaining([
        ...forged.map(({ id }) => `entry added ${id}`),
        `event added ${later.id}`,
        `event added ${copy.id}`,
      ]),
    );
    expect(await named()).toEqual([]);
  });

  it('names an entry or event that was altered and sealed again', async () => {
    const [entry] = await entriesOf(dealAt(5));
    if (entry === undefined) throw new Error('the deal has posted nothing');
    const { pendingMinor, expenseMinor } = entry.data;
    const more = {
      ...entry.data,
      ...{ pendingMinor: Number(pendingMinor) + 1, expenseMinor: Number(expenseMinor) - 1 },
    };
    const event = await documentOf('events', `${dealAt(6)}_1`);
    const after = { ...Object(event.data.after), valueMinor: 1 };
    const found = await whileTampered([entry, event], () =>
      write([
        { ...entry, data: resealed(more) },
        { ...event, data: resealed({ ...event.data, after }) },
      ]),
    );
    expect(found).toContain(`entry altered ${entry.id}`);
    expect(found.some((each) => each.startsWith(`entry altered ${dealAt(6)}_`))).toBe(true);
  });

  it('names a projection and terms that were changed', async () => {
    const split = firestore().doc(`orgs/${org.orgId}/splits/${dealAt(7)}_${org.rep.uid}`);
    const before = (await split.get()).data() ?? {};
    await split.update({ 'earnedMinor.USD': 1 });
    expect(await named()).toEqual([`split altered ${split.id}`]);
    await split.set(before);
    const [pinned] = (
      await firestore().collection(`orgs/${org.orgId}/terms`).where('dealId', '==', dealAt(8)).get()
    ).docs;
    const [payee, ...others] = pinned?.get('payees') ?? [];
    const payees = [{ ...payee, rules: [{ kind: 'percent', role: null, rateBps: 1 }] }, ...others];
    await pinned?.ref.update({ payees });
    const found = await named();
    await pinned?.ref.set(pinned.data());
    expect(found.some((each) => each.startsWith(`entry altered ${dealAt(8)}_`))).toBe(true);
    expect(await named()).toEqual([]);
  });

  it('accepts what the sweep recovered, and names what it did not post', async () => {
    const id = dealAt(9);
    await as(org.admin, `PATCH /api/deals/${id}`, { value: 4321, currency: 'USD' });
    await as(org.admin, `PATCH /api/deals/${id}`, { title: 'Lost on the way' });
    expect((await named()).filter((each) => each.startsWith('event removed'))).toHaveLength(2);
    await recover(id);
    expect(await named()).toEqual([]);
    const posted = await entriesOf(id);
    const recovered = posted.at(-1);
    if (recovered === undefined) throw new Error('nothing was posted');
    const found = await whileTampered([recovered], () => at(recovered).delete());
    expect(found.length).toBeGreaterThan(0);
    expect(found.join()).toContain(id);
  });
});

/** A document whose digest says that nothing happened to it. */
function resealed({
  digest: _,
  recordedAt,
  ...data
}: Record<string, unknown>): Record<string, unknown> {
  const noted = recordedAt === undefined ? {} : { recordedAt };
  return { ...data, ...noted, digest: digestOf(Object(timestampsToDates(data))) };
}

/** Records what the triggers of a deal left out, as the sweep does. */
async function recover(dealId: string): Promise<void> {
  const unit = openUnit(startInvocation('test'), org.orgId);
  const current = await unit.get(recordKinds.deals.collection, dealId);
  const known = await listEvents(unit, dealId);
  const missing = missingEvents(recordKinds.deals, current, known).map(sealEvent);
  for (const event of missing) unit.create(events, `${dealId}_${event.version}`, event);
  const newest = missing.at(-1);
  if (newest === undefined) throw new Error('nothing is missing');
  const gap = { recovered: missing, event: newest, known, current };
  await recordKinds.deals.writeWithRecovered(unit, gap, new Date());
  await unit.commit();
}

import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import functionsTest from 'firebase-functions-test';
import { recordEvent } from '../../functions/src/app/record-triggers.ts';
import { dealKind } from '../../functions/src/modules/deals/deals.public.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Log } from '../../functions/src/platform/log.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { dealOf } from '../support/deals.ts';
import { eventsOf } from '../support/events.ts';
import { platformSetting } from '../support/platform.ts';

type DocumentSnapshot = Awaited<ReturnType<ReturnType<ReturnType<typeof firestore>['doc']>['get']>>;

/** What the events of an organisation say, whenever they were stored. */
async function toldOf(orgId: string) {
  const events = Object.entries(await eventsOf(orgId));
  return Object.fromEntries(events.map(([id, { recordedAt: _, ...event }]) => [id, event]));
}

const tools = functionsTest({ projectId: platformSetting('GCLOUD_PROJECT') });
afterAll(() => tools.cleanup());
const trigger = tools.wrap(recordEvent.deals);

/** One delivery of a made-up change: no such deal is stored, so the platform's own trigger is idle. */
interface Change {
  readonly before: object | undefined;
  readonly after: object | undefined;
}

const RECORD = 'deal-1';

async function deliver(orgId: string, { before, after }: Change): Promise<void> {
  const [was, is] = await Promise.all([snapshotOf(before), snapshotOf(after)]);
  await trigger({
    id: newId(),
    params: { orgId, recordId: RECORD },
    data: { before: was, after: is },
  });
}

const snapshots = new Map<object | undefined, Promise<DocumentSnapshot>>();

/** A real snapshot, taken once where no trigger listens. */
function snapshotOf(data: object | undefined): Promise<DocumentSnapshot> {
  const taken = snapshots.get(data) ?? takeSnapshot(data);
  snapshots.set(data, taken);
  return taken;
}

async function takeSnapshot(data: object | undefined): Promise<DocumentSnapshot> {
  const ref = firestore().doc(`madeUp/${newId()}`);
  if (data !== undefined) await ref.create({ ...data });
  return ref.get();
}

const owner = { uid: 'ada', teamId: 'east' };

/** A deal's life: each state is one version after the one before. */
function life(): Deal[] {
  const steps: Partial<Deal>[] = [
    {},
    { title: 'Website Relaunch' },
    { stageId: 'proposal', stageKey: 'PROPOSAL', probability: 50 },
    { valueMinor: 2_000_000 },
    { ownerId: 'bob', participantIds: ['bob'] },
    { stageId: 'won', stageKind: 'won', stageKey: 'CLOSED_WON', closedAt: new Date(5_000) },
    {},
  ];
  const states: Deal[] = [];
  for (const [index, step] of steps.entries()) {
    const updatedAt = new Date(1_000_000 + index);
    const createdAt = new Date(1_000_000);
    const before = states.at(-1) ?? dealOf(owner, { createdAt });
    states.push({ ...before, ...step, version: index + 1, updatedAt });
  }
  return states;
}

const states = life();
const changes: readonly Change[] = states.map((after, index) => ({
  before: states[index - 1],
  after,
}));

describe('recordEvent for deals', () => {
  it('makes of each change the one event that its version names', async () => {
    const orgId = newId();
    for (const change of changes) await deliver(orgId, change);
    const events = await eventsOf(orgId);
    expect(Object.keys(events).sort()).toEqual(states.map((_, index) => `${RECORD}_${index + 1}`));
    expect(events[`${RECORD}_1`]).toMatchObject({
      ...{ types: ['deal.created'], actor: 'ada', version: 1, before: {}, recovered: false },
      after: { title: 'Website Redesign', ownerId: 'ada', valueMinor: 1_500_000 },
    });
    expect(events[`${RECORD}_2`]).toMatchObject({
      types: ['deal.updated'],
      before: { title: 'Website Redesign' },
      after: { title: 'Website Relaunch' },
      at: new Date(1_000_001),
    });
    expect(events[`${RECORD}_5`]).toMatchObject({
      ...{ types: ['deal.reassigned'], ownerId: 'bob', participantIds: ['bob', 'ada'] },
    });
    expect(events[`${RECORD}_6`]).toMatchObject({
      types: ['deal.won', 'deal.stage_changed'],
      after: { closedAt: new Date(5_000), stageKind: 'won' },
    });
    expect(events[`${RECORD}_7`]).toMatchObject({ types: ['deal.updated'], before: {}, after: {} });
  });

  it('makes the same events however often and in whatever order changes are delivered', async () => {
    const straight = newId();
    for (const change of changes) await deliver(straight, change);
    const wanted = await toldOf(straight);

    const everyThree = [...changes, ...changes, ...changes];
    const orders = fc.shuffledSubarray(everyThree, { minLength: everyThree.length });
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, isAtOnce) => {
        const orgId = newId();
        if (isAtOnce) await Promise.all(order.map((change) => deliver(orgId, change)));
        else for (const change of order) await deliver(orgId, change);
        expect(await toldOf(orgId)).toEqual(wanted);
      }),
      { numRuns: 12 },
    );
  });

  it('leaves an event alone that is there, whatever the delivery says', async () => {
    const orgId = newId();
    const [first] = changes;
    if (first === undefined) throw new Error('a life begins');
    await deliver(orgId, first);
    const before = await eventsOf(orgId);
    await deliver(orgId, { before: undefined, after: { ...first.after, title: 'Another' } });
    expect(await eventsOf(orgId)).toEqual(before);
  });

  it('keeps organisations apart', async () => {
    const [one, other] = [newId(), newId()];
    for (const change of changes.slice(0, 2)) await deliver(one, change);
    expect(await eventsOf(other)).toEqual({});
  });
});

describe('a document that breaks its schema', () => {
  const good = dealOf(owner);
  const { title: _title, ...untitled } = good;

  it.each<[string, Change]>([
    ['lacks a field', { before: undefined, after: untitled }],
    ['has a field too many', { before: undefined, after: { ...good, commission: 1 } }],
    ['has a value of another type', { before: undefined, after: { ...good, valueMinor: '1' } }],
    ['has half a cent', { before: undefined, after: { ...good, valueMinor: 0.5 } }],
    ['was one before', { before: untitled, after: { ...good, version: 2 } }],
    ['is one now', { before: good, after: { ...untitled, version: 2 } }],
  ])(
    'records nothing, and does not fail to be delivered again for ever: it %s',
    async (_what, change) => {
      const orgId = newId();
      await deliver(orgId, change);
      expect(await eventsOf(orgId)).toEqual({});
    },
  );

  it('does not stop at a reference either, which holds the whole client', async () => {
    const orgId = newId();
    const reference = firestore().doc('orgs/a');
    const { store, now, tasks } = startInvocation(newId());
    await recordChange({ log: silent, store, now, tasks }, dealKind, {
      ...{ orgId, recordId: RECORD, before: undefined, after: { ...good, companyId: reference } },
    });
    expect(await eventsOf(orgId)).toEqual({});
  });

  it('is logged as an error that names the record and the field', async () => {
    const lines: unknown[] = [];
    const log = { ...silent, error: (fields: object, text: string) => lines.push([fields, text]) };
    const { store, now, tasks } = startInvocation(newId());
    const orgId = newId();
    await recordChange({ log, store, now, tasks }, dealKind, {
      ...{ orgId, recordId: RECORD, before: undefined, after: untitled },
    });
    expect(lines).toEqual([
      [
        {
          ...{ orgId, recordType: 'deal', recordId: RECORD },
          issues: [expect.objectContaining({ path: ['title'] })],
        },
        'record breaks its schema; no event recorded',
      ],
    ]);
  });
});

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

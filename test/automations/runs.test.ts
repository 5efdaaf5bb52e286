import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  archiveWorkflow,
  pauseWorkflow,
} from '../../functions/src/modules/automations/automations.service.ts';
import { reportEvent } from '../../functions/src/modules/custom-events/custom-events.service.ts';
import { createDeal, updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { redriveRun } from '../../functions/src/modules/runs/runs.service.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { replayRun } from '../../functions/src/workflows/replay-run.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { MINUTE_MS, note, onDeal, RunWorld } from './run-world.ts';

const memory = MemoryFirestore.install();
let world: RunWorld;

beforeEach(async () => {
  memory.clear();
  world = new RunWorld(memory, 'runs');
  await world.company.open();
  world.changes.splice(0);
});

describe('a workflow of one step', () => {
  it('has its effect once, and a log of it', async () => {
    await world.workflow(onDeal([note('hello', 'Say hello to {{deal.title}}')]));
    const dealId = await world.newDeal();
    await world.settle();
    expect(await world.all('notes')).toMatchObject([
      { text: 'Say hello to Website', recordId: dealId, ownerId: 'rep1' },
    ]);
    expect(await world.run()).toMatchObject({
      ...{ status: 'done', nextSendAt: null, recordId: dealId, eventId: `${dealId}_1` },
      log: [
        { stepId: 'hello', outcome: 'done', attempts: 1, input: { text: 'Say hello to Website' } },
      ],
    });
  });
});

describe('what an integrator reports', () => {
  it('starts the workflows that listen to it, once for each report', async () => {
    const trigger = { kind: 'event', types: ['custom.contract_signed'] };
    await world.workflow(onDeal([note('sign', 'Signed: {{deal.title}}')], { trigger }));
    const dealId = await world.newDeal();
    await world.settle();
    expect(await world.all('runs')).toEqual([]);

    await reportEvent(world.as('rep1'), { dealId, event: 'contract_signed' });
    await reportEvent(world.as('rep1'), { dealId, event: 'contract_opened' });
    await world.settle();
    expect(await world.all('notes')).toMatchObject([{ text: 'Signed: Website', recordId: dealId }]);
    expect(await world.run()).toMatchObject({ status: 'done', recordId: dealId });
  });
});

const value100 = { amountMinor: 100_000 };
const runView = async () => {
  const { status, attempts, error, log } = await world.run();
  return { status, attempts, code: error?.code, outcomes: log.map(({ outcome }) => outcome) };
};

describe('a wait', () => {
  it('of so many minutes ends with them, on the clock of the organisation', async () => {
    const wait = { id: 'wait', type: 'WAIT', config: { minutes: 90 } };
    await world.workflow(onDeal([wait, note('later', 'Later')]));
    await world.newDeal();
    await world.settle();
    await world.passAndSettle(89 * MINUTE_MS);
    expect(await world.all('notes')).toEqual([]);
    await world.passAndSettle(MINUTE_MS);
    expect(await world.all('notes')).toHaveLength(1);
    expect(await runView()).toMatchObject({ status: 'done', outcomes: ['waited', 'done'] });
  });

  it('until a field of the record is over at that time, and at once when that has passed', async () => {
    const config = { untilField: 'expectedCloseDate', offsetMinutes: -60 };
    await world.workflow(onDeal([{ id: 'wait', type: 'WAIT', config }, note('soon', 'Soon')]));
    await world.newDeal({ expectedCloseDate: new Date('2026-01-07T00:00:00Z') });
    await world.settle();
    // It is the 5th, nine o'clock.
    await world.passAndSettle(37 * 60 * MINUTE_MS);
    expect(await world.all('notes')).toEqual([]);
    await world.passAndSettle(60 * MINUTE_MS);
    expect(await world.all('notes')).toHaveLength(1);
  });

  it('for a date that the record lacks fails, and goes on once it has one', async () => {
    const config = { untilField: 'expectedCloseDate' };
    await world.workflow(onDeal([{ id: 'wait', type: 'WAIT', config }, note('soon', 'Soon')]));
    const dealId = await world.newDeal();
    await world.settle();
    const { id, error } = await world.run();
    expect(error).toMatchObject({
      code: 'failed-precondition',
      field: 'expectedCloseDate',
      stepId: 'wait',
    });
    const expectedCloseDate = new Date('2026-01-06T00:00:00Z');
    await updateDeal(world.as('rep1'), { dealId, expectedCloseDate });
    await redriveRun(world.as('boss1'), id, { version: 'pinned' });
    await world.settle();
    await world.passAndSettle(24 * 60 * MINUTE_MS);
    expect(await runView()).toMatchObject({
      status: 'done',
      outcomes: ['failed', 'waited', 'done'],
    });
  });

  const forTag = {
    id: 'wait',
    type: 'WAIT',
    config: { untilEvent: ['deal.tag_added'], timeoutMinutes: 60 },
  };

  it('for an event of the record is ended by it', async () => {
    await world.workflow(onDeal([forTag, note('then', 'Then')]));
    const [dealId, otherId] = [await world.newDeal(), await world.newDeal()];
    await world.settle();
    world.pass(MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    await world.settle();
    expect(await world.all('notes')).toMatchObject([{ recordId: dealId }]);
    const [, other] = (await world.runs()).toSorted((a) => (a.recordId === dealId ? -1 : 1));
    expect(other).toMatchObject({ recordId: otherId, status: 'waiting' });
    await world.passAndSettle(60 * MINUTE_MS);
    expect(await world.all('notes')).toHaveLength(2);
    const outcomes = (await world.runs()).map(({ log }) => log[0]?.outcome).toSorted();
    expect(outcomes).toEqual(['timed_out', 'woken']);
    await world.passAndSettle(5 * MINUTE_MS);
    expect(await world.all('wakes')).toEqual([]);
  });

  it.each([
    ['paused', pauseWorkflow],
    ['archived', archiveWorkflow],
  ])('is ended by an event after the workflow was %s', async (_, silence) => {
    const trigger = { kind: 'event', types: ['deal.created', 'deal.tag_added'] };
    const steps = [forTag, note('then', 'Then')];
    const workflowId = await world.workflow(onDeal(steps, { trigger }));
    const dealId = await world.newDeal();
    await world.settle();
    await silence(world.as('admin1'), workflowId);
    world.pass(MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    await updateDeal(world.as('rep1'), { dealId: await world.newDeal(), tags: ['hot'] });
    await world.settle();
    expect(await world.all('notes')).toMatchObject([{ recordId: dealId }]);
    expect(await runView()).toMatchObject({ status: 'done', outcomes: ['woken', 'done'] });
  });

  it('keeps an archived workflow in the book until it is over', async () => {
    const listening = async () => (await world.all('listenerBooks'))[0]?.listeners;
    const workflowId = await world.workflow(onDeal([forTag]));
    const [dealId, otherId] = [await world.newDeal(), await world.newDeal()];
    await world.settle();
    world.pass(MINUTE_MS);
    await archiveWorkflow(world.as('admin1'), workflowId);
    expect(await listening()).toMatchObject([{ id: workflowId, types: ['deal.tag_added'] }]);
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    await world.settle();
    await world.passAndSettle(5 * MINUTE_MS);
    expect(await listening()).toMatchObject([{ id: workflowId }]);
    await updateDeal(world.as('rep1'), { dealId: otherId, tags: ['hot'] });
    await world.settle();
    await world.passAndSettle(5 * MINUTE_MS);
    expect(await listening()).toEqual([]);
    expect(await world.all('wakes')).toEqual([]);
  });

  it('is ended by an event whose task was lost', async () => {
    await world.workflow(onDeal([forTag, note('then', 'Then')]));
    const dealId = await world.newDeal();
    await world.settle();
    world.pass(MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    for (const change of world.changes.splice(0)) await world.deliver(change);
    world.asked.splice(0);
    await world.passAndSettle(3 * MINUTE_MS);
    expect(await runView()).toMatchObject({ status: 'done', outcomes: ['woken', 'done'] });
  });

  it('is not ended by what happened before it began', async () => {
    await world.workflow(onDeal([forTag, note('then', 'Then')]));
    const dealId = await world.newDeal();
    world.pass(1000);
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    world.pass(1000);
    await world.settle();
    expect(await runView()).toMatchObject({ status: 'waiting' });
  });
});

describe('a branch', () => {
  const condition = { field: 'tags', operator: 'contains', value: 'hot' };
  const branching = [
    { id: 'wait', type: 'WAIT', config: { minutes: 5 } },
    {
      id: 'which',
      type: 'BRANCH',
      config: {
        branches: [{ condition, steps: [note('hot', 'Hot')] }],
        otherwise: [note('cold', 'Cold')],
      },
    },
    note('end', 'End'),
  ];

  it('is decided on the record as it is by then, and decided the same when it is replayed', async () => {
    await world.workflow(onDeal(branching));
    const dealId = await world.newDeal();
    await world.settle();
    await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
    await world.passAndSettle(5 * MINUTE_MS);
    // What becomes of the record afterwards does not change what was decided.
    await updateDeal(world.as('rep1'), { dealId, tags: [] });
    await world.settle();
    const { id, log } = await world.run();
    expect(log.map(({ stepId }) => stepId)).toEqual(['wait', 'which', 'hot', 'end']);
    const meter = new Meter();
    expect(await replayRun(world.as('admin1', meter), id)).toMatchObject({
      same: true,
      decisions: [
        { stepId: null, recorded: true, recomputed: true },
        { stepId: 'which', recorded: 0, recomputed: 0 },
      ],
    });
    expect([meter.reads, meter.writes]).toEqual([2, 0]);
  });

  it('takes what is otherwise when no condition holds, and stops where it says so', async () => {
    const stop = { id: 'stop', type: 'STOP', config: {} };
    const config = { branches: [{ condition, steps: [] }], otherwise: [stop] };
    await world.workflow(onDeal([{ id: 'which', type: 'BRANCH', config }, note('end', 'End')]));
    await world.newDeal();
    await world.newDeal({ tags: ['hot'] });
    await world.settle();
    expect((await world.runs()).map(({ status }) => status).toSorted()).toEqual([
      'done',
      'stopped',
    ]);
    expect(await world.all('notes')).toHaveLength(1);
  });
});

describe('a step that fails', () => {
  const mail = (to: string) => ({
    id: 'mail',
    type: 'SEND_EMAIL',
    config: { to, subject: 'Hi', body: 'Hi' },
  });

  it('for now is tried again after longer and longer pauses', async () => {
    await world.workflow(onDeal([mail('ada@example.com')]));
    let faults = 3;
    world.mailFault = () => (faults-- > 0 ? new Error('connection lost') : undefined);
    await world.newDeal();
    await world.settle();
    expect(await runView()).toMatchObject({ status: 'running', attempts: 1, code: 'internal' });
    await world.passAndSettle(30_000);
    expect(await runView()).toMatchObject({ attempts: 1 });
    await world.passAndSettle(30_000);
    expect(await runView()).toMatchObject({ attempts: 2 });
    await world.passAndSettle(2 * MINUTE_MS);
    await world.passAndSettle(5 * MINUTE_MS);
    expect(await runView()).toMatchObject({ status: 'done', attempts: 0, code: undefined });
    expect(world.mails).toHaveLength(1);
  });

  it('too often is left for a person, who has it go on', async () => {
    await world.workflow(
      onDeal([note('first', 'First'), mail('ada@example.com'), note('last', 'Last')]),
    );
    world.mailFault = () => new AppError('unavailable', 'The mail server is down');
    await world.newDeal();
    await world.settle();
    for (let sweeps = 0; sweeps < 15; sweeps += 1) await world.passAndSettle(9 * 60 * MINUTE_MS);
    const failed = await world.run();
    expect(failed).toMatchObject({
      ...{ status: 'failed', nextSendAt: null, attempts: 10 },
      error: { code: 'unavailable', stepId: 'mail' },
    });
    expect(failed.error?.message).toContain('tried 11 times');
    // The world hands no alerts out: they wait for it, one for each time that the run fails.
    const alerted = async () =>
      (await world.all('alerts')).map(({ kind, admins }) => [kind, admins]);
    expect(await alerted()).toEqual([['run_failed', true]]);
    world.mailFault = undefined;
    await redriveRun(world.as('admin1'), failed.id, { version: 'pinned' });
    await world.settle();
    expect((await world.all('notes')).map(({ text }) => text).toSorted()).toEqual([
      'First',
      'Last',
    ]);
    expect(world.mails).toHaveLength(1);
    expect(await world.run()).toMatchObject({ status: 'done', redrives: 1 });
  });

  it('for good goes on with the version that mends it', async () => {
    const text = { id: 'text', type: 'SEND_SMS', config: { message: 'Hi' } };
    const workflowId = await world.workflow(onDeal([note('first', 'First'), text]));
    await world.newDeal();
    await world.settle();
    const failed = await world.run();
    expect(failed).toMatchObject({
      status: 'failed',
      error: { field: 'contactIds', stepId: 'text' },
    });
    const redrive = (version: 'pinned' | 'newest') =>
      redriveRun(world.as('admin1'), failed.id, { version });
    await redrive('pinned');
    await world.settle();
    expect(await world.run()).toMatchObject({ status: 'failed', redrives: 1 });
    expect(await world.all('alerts')).toHaveLength(2);
    await world.publish(workflowId, onDeal([note('first', 'First'), note('other', 'Other')]));
    await expect(redrive('newest')).rejects.toMatchObject({
      code: 'failed-precondition',
      field: 'version',
    });
    await world.publish(workflowId, onDeal([note('new', 'New'), note('text', 'Instead')]));
    await redrive('newest');
    await world.settle();
    expect(await world.run()).toMatchObject({ status: 'done', workflowVersion: 3 });
    expect((await world.all('notes')).map((each) => each.text).toSorted()).toEqual([
      'First',
      'Instead',
    ]);
    await expect(redrive('pinned')).rejects.toMatchObject({
      code: 'failed-precondition',
      field: 'status',
    });
  });
});

describe('workflows that start one another', () => {
  it('end at the limit, in a failed run that names them', async () => {
    const updating = (field: string, other: string) => ({
      trigger: { kind: 'event', types: ['deal.updated'], field },
      condition: null,
      steps: [
        {
          id: 'again',
          type: 'UPDATE_FIELDS',
          config: { fields: { [other]: `{{deal.${field}}}.` } },
        },
      ],
    });
    const one = await world.workflow(updating('title', 'description'));
    const two = await world.workflow(updating('description', 'title'));
    const dealId = await world.newDeal();
    await updateDeal(world.as('rep1'), { dealId, title: 'Shop' });
    await world.settle();
    const runs = (await world.runs()).toSorted(
      (a, b) => (a.cause?.depth ?? 0) - (b.cause?.depth ?? 0),
    );
    expect(runs.map(({ status }) => status)).toEqual([...Array(8).fill('done'), 'failed']);
    const chain = runs.at(-1)?.cause?.chain ?? [];
    expect(chain).toEqual([one, two, one, two, one, two, one, two]);
    expect(runs.at(-1)?.error).toMatchObject({ code: 'loop', stepId: null });
    expect(runs.at(-1)?.error?.message).toContain([...chain, one].join(' → '));
    expect(world.asked).toEqual([]);
  });
});

describe('a workflow that assigns in turn', () => {
  it('gives each run one turn, whatever the race', async () => {
    const config = { strategy: 'roundRobin', uids: ['rep1', 'rep2', 'rep3'] };
    await world.workflow(onDeal([{ id: 'assign', type: 'ASSIGN', config }]));
    for (let n = 0; n < 30; n += 1) await world.newDeal();
    for (const change of world.changes.splice(0)) await world.deliver(change);
    const tasks = world.asked.splice(0);
    await Promise.all([...tasks, ...tasks].map((task) => world.perform(task)));
    for (let n = 0; n < 5; n += 1) await world.passAndSettle(10 * MINUTE_MS);
    const owners = (await world.all('deals')).map(({ ownerId }) => ownerId);
    const counts = ['rep1', 'rep2', 'rep3'].map(
      (uid) => owners.filter((each) => each === uid).length,
    );
    expect(counts).toEqual([10, 10, 10]);
    expect(await world.all('turns')).toMatchObject([{ taken: 30 }]);
  });

  it('gives to who has the least', async () => {
    await world.newDeal();
    await createDeal(world.as('rep3'), { title: 'Other', value: value100 });
    await world.settle();
    const config = { strategy: 'leastLoaded', uids: ['rep1', 'rep2', 'rep3'] };
    await world.workflow(onDeal([{ id: 'assign', type: 'ASSIGN', config }]));
    const dealId = await world.newDeal();
    await world.settle();
    expect(await world.company.deal(dealId)).toMatchObject({ ownerId: 'rep2' });
  });
});

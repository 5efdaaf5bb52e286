/** Workflows that are only tried: on one record, and on the history of the organisation. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { definitionSchema } from '../../functions/src/modules/automations/automations.schema.ts';
import {
  createDeal,
  deleteDeal,
  updateDeal,
} from '../../functions/src/modules/deals/deals.public.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import {
  BACKTEST_LIMITS,
  backtestWorkflow,
} from '../../functions/src/workflows/backtest-workflow.ts';
import { dryRunWorkflow } from '../../functions/src/workflows/try-workflow.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { MINUTE_MS, RunWorld } from './run-world.ts';

const memory = MemoryFirestore.install();
let world: RunWorld;
let began: Date;

beforeEach(async () => {
  memory.clear();
  world = new RunWorld(memory, 'trials');
  await world.company.open();
  world.changes.splice(0);
  began = world.now;
});

const note = (id: string, text = id) => ({ id, type: 'CREATE_NOTE', config: { text } });
const wait = (id: string, config: object) => ({ id, type: 'WAIT', config });
const branch = (id: string, condition: object, yes: object[], no: object[]) => ({
  id,
  type: 'BRANCH',
  config: { branches: [{ condition, steps: yes }], otherwise: no },
});
const onDeal = (types: string[], steps: object[], condition: object | null = null) => ({
  trigger: { kind: 'event', types },
  condition,
  steps,
});

async function newDeal(fields: object = {}): Promise<string> {
  const value = { amountMinor: 100_000 };
  const { id } = await createDeal(world.as('rep1'), { title: 'Website', value, ...fields });
  await world.settle();
  return id;
}

/** Runs the trial on a meter and sees to it that nothing but reading was done. */
async function untouched<T>(trial: (meter: Meter) => Promise<T>): Promise<T> {
  const meter = new Meter();
  const state = async () => {
    const names = [
      'deals',
      'events',
      'runs',
      'notes',
      'tasks',
      'idempotency',
      'deliveries',
      'turns',
    ];
    return JSON.stringify(await Promise.all(names.map((name) => world.all(name))));
  };
  const before = await state();
  const result = await trial(meter);
  expect(meter.writes).toBe(0);
  expect([world.asked, world.mails]).toEqual([[], []]);
  expect(await state()).toBe(before);
  return result;
}

const backtest = (workflowId: string, definition?: object, to = world.now) =>
  untouched((meter) =>
    backtestWorkflow(world.as('admin1', meter), workflowId, {
      ...(definition === undefined ? {} : { definition: definitionSchema.parse(definition) }),
      from: began,
      to,
    }),
  );

describe('a backtest', () => {
  const hot = { field: 'tags', operator: 'contains', value: 'hot' };
  const active = onDeal(['deal.created'], [note('hello')]);

  it('tells what a draft would have touched, and how that differs from the active version', async () => {
    const workflowId = await world.workflow(active);
    const [first, second] = [await newDeal(), await newDeal({ tags: ['hot'] })];
    world.pass(MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId: first, tags: ['hot'] });
    await world.settle();
    world.pass(60 * MINUTE_MS);
    const draft = onDeal(
      ['deal.created', 'deal.tag_added'],
      [branch('which', hot, [note('hot')], [note('cold')])],
    );
    const result = await backtest(workflowId, draft);
    expect(result).toMatchObject({ cut: false, records: 2 });
    const steps = Object.fromEntries(result.touched.map((each) => [each.eventId, each.steps]));
    expect(steps).toEqual({
      [`${first}_1`]: ['which', 'cold'],
      [`${second}_1`]: ['which', 'hot'],
      [`${first}_2`]: ['which', 'hot'],
    });
    expect(result.difference).toEqual({
      ...{ version: 1, added: [`${first}_2`], removed: [] },
      changed: [`${first}_1`, `${second}_1`],
    });
  });

  it('gives the same result and hash again, and another one for another draft', async () => {
    const workflowId = await world.workflow(active);
    for (let n = 0; n < 20; n += 1) {
      const dealId = await newDeal();
      world.pass(MINUTE_MS);
      await updateDeal(world.as('rep1'), { dealId, value: { amountMinor: 1000 * n + 1 } });
      await world.settle();
    }
    const to = world.now;
    const draft = onDeal(['deal.*'], [wait('pause', { minutes: 1 }), note('later')], {
      ...{ field: 'valueMinor', operator: 'greater_than' },
      value: { amountMinor: 5000, currency: 'USD' },
    });
    const [one, two] = [
      await backtest(workflowId, draft, to),
      await backtest(workflowId, draft, to),
    ];
    expect(two).toEqual(one);
    expect(one.resultHash).toMatch(/^[0-9a-f]{64}$/);
    expect(one.touched.length).toBeGreaterThan(20);
    expect((await backtest(workflowId, active, to)).resultHash).not.toBe(one.resultHash);
    expect((await backtest(workflowId, active, to)).difference).toMatchObject({
      ...{ added: [], removed: [], changed: [] },
    });
  });

  it('has a clock of its own: waits end in history, by time or by event', async () => {
    const workflowId = await world.workflow(onDeal(['deal.lost'], [note('never')]));
    const [woken, late, open] = [await newDeal(), await newDeal(), await newDeal()];
    world.pass(10 * MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId: woken, tags: ['hot'] });
    world.pass(30 * MINUTE_MS);
    await updateDeal(world.as('rep1'), { dealId: late, tags: ['hot'] });
    await newDeal();
    const draft = onDeal(
      ['deal.created'],
      [
        wait('reply', { untilEvent: ['deal.tag_added'], timeoutMinutes: 20 }),
        branch('replied', hot, [note('yes')], [note('no')]),
      ],
    );
    const { touched } = await backtest(workflowId, draft);
    const ends = new Map(touched.map((each) => [each.recordId, [...each.steps, each.end]]));
    expect(ends.get(woken)).toEqual(['reply', 'replied', 'yes', 'done']);
    expect(ends.get(late)).toEqual(['reply', 'replied', 'no', 'done']);
    expect(ends.get(open)).toEqual(['reply', 'replied', 'no', 'done']);
    // The last one is still waiting when history ends.
    expect([...ends.values()].at(-1)).toEqual(['reply', 'waiting']);
  });

  it('agrees with what the runs of the active version did', async () => {
    const definition = onDeal(
      ['deal.value_changed'],
      [wait('pause', { minutes: 5 }), branch('which', hot, [note('hot')], [note('cold')])],
      { field: 'valueMinor', operator: 'increased' },
    );
    const workflowId = await world.workflow(definition);
    for (let n = 0; n < 12; n += 1) {
      const dealId = await newDeal(n % 3 === 0 ? { tags: ['hot'] } : {});
      world.pass(MINUTE_MS);
      await updateDeal(world.as('rep1'), { dealId, value: { amountMinor: n % 2 ? 5 : 200_000 } });
      await world.settle();
      world.pass(MINUTE_MS);
      if (n % 4 === 0) await updateDeal(world.as('rep1'), { dealId, tags: ['hot'] });
      if (n === 11) await deleteDeal(world.as('rep1'), { dealId });
      await world.settle();
      await world.passAndSettle(5 * MINUTE_MS);
    }
    const { touched } = await backtest(workflowId);
    const did = (await world.runs()).map(({ eventId, log }) => [eventId, log.map((e) => e.stepId)]);
    expect(Object.fromEntries(touched.map((e) => [e.eventId, e.steps]))).toEqual(
      Object.fromEntries(did),
    );
    expect(touched.length).toBe(6);
  });

  it('is refused for what no event starts, and to who is no administrator', async () => {
    const workflowId = await world.workflow(active);
    const manual = { ...active, trigger: { kind: 'manual', recordType: 'deal' } };
    await expect(backtest(workflowId, manual)).rejects.toMatchObject({
      ...{ code: 'failed-precondition', field: 'definition.trigger' },
    });
    const span = { from: began, to: world.now };
    await expect(backtestWorkflow(world.as('boss1'), workflowId, span)).rejects.toMatchObject({
      code: 'permission-denied',
    });
  });

  it('says when there was too much', async () => {
    const workflowId = await world.workflow(active);
    const was = { ...BACKTEST_LIMITS };
    for (let n = 0; n < 12; n += 1) {
      await newDeal();
      world.pass(MINUTE_MS);
    }
    Object.assign(BACKTEST_LIMITS, { events: 20 });
    try {
      const { cut, until, touched } = await backtest(workflowId);
      expect(cut).toBe(true);
      expect(new Date(until) < world.now).toBe(true);
      expect(touched.length).toBeLessThan(12);
      expect(touched.every(({ at }) => at < until)).toBe(true);
    } finally {
      Object.assign(BACKTEST_LIMITS, was);
    }
  });
});

describe('a dry run', () => {
  it('shows the steps and what they would be asked to do', async () => {
    const workflowId = await world.workflow(onDeal(['deal.won'], [note('never')]));
    const dealId = await newDeal({ tags: ['hot'] });
    const draft = onDeal(
      ['deal.created'],
      [
        note('hello', 'Say hello to {{deal.title}}, {{owner.name}}'),
        wait('pause', { minutes: 30 }),
        branch('which', { field: 'tags', operator: 'contains', value: 'hot' }, [note('hot')], []),
        { id: 'text', type: 'SEND_SMS', config: { message: 'Hi' } },
      ],
      { field: 'title', operator: 'equals', value: 'Shop' },
    );
    const asked = {
      recordType: 'deal',
      recordId: dealId,
      definition: definitionSchema.parse(draft),
    } as const;
    const result = await untouched((meter) =>
      dryRunWorkflow(world.as('admin1', meter), workflowId, asked),
    );
    expect(result).toMatchObject({ conditionHolds: false, end: 'done', recordId: dealId });
    expect(result.steps.map(({ stepId, branch: taken }) => [stepId, taken])).toEqual([
      ...[
        ['hello', null],
        ['pause', null],
        ['which', 0],
        ['hot', null],
        ['text', null],
      ],
    ]);
    expect(result.steps[0]?.input).toEqual({ text: 'Say hello to Website, rep1' });
    expect(result.steps[4]?.afterMinutes).toBe(30);
    expect(result.steps[4]?.problem).toContain('contactIds');
  });
});

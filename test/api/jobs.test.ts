import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  type JobRunner,
  jobHandler,
  runJobChunk,
  startJob,
  sweepJobs,
} from '../../functions/src/modules/jobs/jobs.public.ts';
import type { JobType } from '../../functions/src/modules/jobs/jobs.schema.ts';
import { loadPrincipal } from '../../functions/src/modules/users/users.public.ts';
import { orgCollection } from '../../functions/src/platform/collection.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { IdempotencyKey } from '../../functions/src/platform/idempotency.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { isAlreadyExists, openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { invocationAt, RecordedTasks, runJobToEnd, storedJob } from '../support/jobs.ts';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';

const LEASE_OVER_MS = 7 * 60 * 1000;
const ITEMS = 5;
const PER_STEP = 2;

/** Each item makes a document whose name follows from job and item, and counts its attempts. */
const effects = orgCollection('jobEffects', 'Effect', z.strictObject({ item: z.int() }));

const inputSchema = z.strictObject({ items: z.int(), poison: z.int().optional() });

const countingHandler = jobHandler({
  input: inputSchema,
  limit: PER_STEP,
  authority: 'orderer',
  step: async (ctx, { job, input, cursor, limit }) => {
    const from = Number(cursor ?? 0);
    const to = Math.min(from + limit, input.items);
    for (let item = from; item < to; item += 1) {
      if (item === input.poison)
        throw new AppError('failed-precondition', `item ${item} is poison`);
      const unit = openUnit(ctx, ctx.principal.orgId);
      unit.create(effects, `${job.id}_${item}`, { item });
      await unit.commit().catch((error: unknown) => {
        if (!isAlreadyExists(error)) throw error;
      });
    }
    const errors = from === 0 ? [{ item: '0', field: null, error: 'looks odd' }] : [];
    return {
      cursor: String(to),
      processed: to - from,
      counts: { made: to - from },
      errors,
      done: to === input.items,
    };
  },
});

const runner: JobRunner = {
  handlers: { ...everyType(countingHandler) },
  loadActor: ({ store }, orgId, uid) => loadPrincipal(store, { orgId, uid }),
};

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

function contextFor(
  principal: Principal,
  options: Parameters<typeof invocationAt>[1] = {},
): Context<Principal> {
  return { ...invocationAt(new Date(), options), principal };
}

async function order(
  input: object = { items: ITEMS },
  principal = org.rep.principal,
): Promise<string> {
  const job = await startJob(contextFor(principal), {
    type: 'importRecords',
    input: { ...input },
    total: ITEMS,
  });
  return job.id;
}

async function effectsOf(jobId: string): Promise<number[]> {
  const found = await firestore().collection(`orgs/${org.orgId}/jobEffects`).get();
  return found.docs
    .filter((doc) => doc.id.startsWith(`${jobId}_`))
    .map((doc) => Number(doc.get('item')))
    .sort();
}

describe('a job', () => {
  it('is stored before it is enqueued, under the id of its first step', async () => {
    const tasks = new RecordedTasks();
    const { id } = await startJob(contextFor(org.rep.principal, { tasks }), {
      type: 'importRecords',
      input: { items: 1 },
    });
    expect(tasks.asked).toEqual([
      { queue: 'runJob', id: `${id}_0`, payload: { orgId: org.orgId, jobId: id } },
    ]);
    expect(await storedJob(org.orgId, id)).toMatchObject({
      status: 'queued',
      processed: 0,
      ownerId: org.rep.uid,
    });
  });

  it('is ordered although the queue does not answer', async () => {
    const tasks = { enqueue: () => Promise.reject(new Error('queue is away')) };
    const { id } = await startJob(contextFor(org.rep.principal, { tasks }), {
      type: 'importRecords',
      input: { items: 1 },
    });
    expect((await storedJob(org.orgId, id)).status).toBe('queued');
  });

  it('is one job when the order is repeated with its Idempotency-Key', async () => {
    const once = async () => {
      const idempotency = new IdempotencyKey(org.rep.uid, 'order-1', 'POST /x');
      const ctx = { ...contextFor(org.rep.principal), idempotency };
      return (await startJob(ctx, { type: 'importRecords', input: { items: 1 } })).id;
    };
    expect(await once()).toBe(await once());
  });

  it('runs in steps to its end', async () => {
    const id = await order();
    expect(await runJobToEnd(runner, org.orgId, id)).toEqual({
      outcome: { state: 'ended' },
      chunks: 3,
    });
    expect(await storedJob(org.orgId, id)).toMatchObject({
      status: 'done',
      processed: ITEMS,
      total: ITEMS,
      failed: 1,
      counts: { made: ITEMS },
      chunk: 3,
      leaseId: null,
      leaseUntil: null,
      errors: [{ item: '0', field: null, error: 'looks odd' }],
    });
    expect(await effectsOf(id)).toEqual([0, 1, 2, 3, 4]);
  });

  it('does nothing when its task is delivered again', async () => {
    const id = await order();
    await runJobToEnd(runner, org.orgId, id);
    const meter = new DyingMeter(Number.POSITIVE_INFINITY, 'before');
    expect(await runJobToEnd(runner, org.orgId, id, { meter })).toEqual({
      outcome: { state: 'ended' },
      chunks: 1,
    });
    expect({ reads: meter.reads, writes: meter.writes }).toEqual({ reads: 1, writes: 0 });
  });

  it('is held by one run: a second that comes beside it does nothing', async () => {
    const id = await order();
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => runJobChunk(invocationAt(new Date()), runner, org.orgId, id)),
    );
    expect(outcomes.filter(({ state }) => state === 'more')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'busy')).toHaveLength(3);
    expect((await storedJob(org.orgId, id)).processed).toBe(PER_STEP);
  });

  it.each(['before', 'after'] as const)(
    'killed %s any call, is resumed: nothing twice, nothing lost',
    async (when) => {
      let kills = 0;
      for (let call = 1; ; call += 1) {
        const id = await order();
        const meter = new DyingMeter(call, when);
        const run = runJobToEnd(runner, org.orgId, id, { meter });
        if (
          !(await run.then(
            () => false,
            (error: unknown) => error instanceof Killed,
          ))
        )
          break;
        kills += 1;
        const now = new Date(Date.now() + LEASE_OVER_MS);
        await runJobToEnd(runner, org.orgId, id, { now });
        expect({ call, ...(await storedJob(org.orgId, id)) }).toMatchObject({
          call,
          status: 'done',
          processed: ITEMS,
          failed: 1,
          counts: { made: ITEMS },
        });
        expect({ call, effects: await effectsOf(id) }).toEqual({ call, effects: [0, 1, 2, 3, 4] });
      }
      // Three steps: a claim (read, commit), the actor, the items, the progress (read, commit).
      expect(kills).toBe(3 * 5 + ITEMS);
    },
  );

  it('is driven on by the sweep when its process was killed, under a fresh task name', async () => {
    const id = await order();
    await expect(
      runJobToEnd(runner, org.orgId, id, { meter: new DyingMeter(4, 'after') }),
    ).rejects.toThrow(Killed);
    const tasks = new RecordedTasks();
    await sweepJobs(invocationAt(new Date(), { tasks }));
    expect(tasks.asked.filter(({ payload }) => JSON.stringify(payload).includes(id))).toEqual([]);
    await sweepJobs(invocationAt(new Date(Date.now() + LEASE_OVER_MS), { tasks }));
    const [task] = tasks.asked.filter(({ payload }) => JSON.stringify(payload).includes(id));
    expect(task).toMatchObject({ queue: 'runJob', payload: { orgId: org.orgId, jobId: id } });
    expect(task?.id).toMatch(new RegExp(`^${id}_0_\\d+$`));
  });

  it('fails with the reason when a step is refused for good', async () => {
    const id = await order({ items: ITEMS, poison: 3 });
    expect((await runJobToEnd(runner, org.orgId, id)).outcome).toEqual({ state: 'ended' });
    expect(await storedJob(org.orgId, id)).toMatchObject({
      status: 'failed',
      error: 'item 3 is poison',
      processed: 2,
      leaseUntil: null,
    });
  });

  it('gives up a step that kills its process each time', async () => {
    const id = await order();
    let now = Date.now();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await runJobToEnd(runner, org.orgId, id, {
        now: new Date(now),
        meter: new DyingMeter(4, 'before'),
      }).catch(() => undefined);
      now += LEASE_OVER_MS;
    }
    await runJobToEnd(runner, org.orgId, id, { now: new Date(now) });
    expect(await storedJob(org.orgId, id)).toMatchObject({ status: 'failed', processed: 0 });
  });

  it('fails when whoever ordered it has lost their membership', async () => {
    const id = await order({ items: ITEMS }, org.rep2.principal);
    await runJobChunk(invocationAt(new Date()), runner, org.orgId, id);
    await changeMember(org.orgId, org.rep2.uid, { active: false });
    await runJobToEnd(runner, org.orgId, id);
    await changeMember(org.orgId, org.rep2.uid, { active: true });
    const job = await storedJob(org.orgId, id);
    expect(job).toMatchObject({ status: 'failed', processed: PER_STEP });
    expect(job.error).toContain('membership');
  });
});

describe('the job routes', () => {
  it('show a job to its orderer, their manager and administrators, and to nobody else', async () => {
    const id = await order();
    const show = async (token: string) => (await request(`GET /api/jobs/${id}`, { token })).status;
    expect(await show(await org.rep.token())).toBe(200);
    expect(await show(await org.manager.token())).toBe(200);
    expect(await show(await org.admin.token())).toBe(200);
    expect(await show(await org.colleague.token())).toBe(404);
    expect(await show(await org.otherManager.token())).toBe(404);
    const stranger = await (await createOrganisation()).admin.token();
    expect(await show(stranger)).toBe(404);
  });

  it('answer a foreign job exactly like an absent one', async () => {
    const stranger = await (await createOrganisation()).admin.token();
    const id = await order();
    for (const line of [`GET /api/jobs/${id}`, `POST /api/jobs/${id}/cancel`]) {
      const foreign = await request(line, { token: stranger });
      const absent = await request(line.replace(id, 'nowhere'), { token: stranger });
      expect(foreign.status).toBe(404);
      expect(textIn(foreign.body, 'error').replace(id, 'nowhere')).toBe(
        textIn(absent.body, 'error'),
      );
    }
  });

  it('cancel a job between two steps; what it did stays', async () => {
    const id = await order();
    const token = await org.rep.token();
    await runJobChunk(invocationAt(new Date()), runner, org.orgId, id);
    const answer = await request(`POST /api/jobs/${id}/cancel`, { token });
    expect(answer).toMatchObject({
      status: 200,
      body: { id, status: 'cancelled', processed: PER_STEP },
    });
    expect((await runJobToEnd(runner, org.orgId, id)).outcome.state).toBe('ended');
    expect(await effectsOf(id)).toEqual([0, 1]);
    expect((await request(`POST /api/jobs/${id}/cancel`, { token })).status).toBe(200);
  });

  it('cancel a job during a step: what the step did is counted, and no other follows', async () => {
    const id = await order();
    const token = await org.rep.token();
    const cancelling: JobRunner = {
      ...runner,
      handlers: everyType({
        authority: 'orderer',
        run: async (ctx, job) => {
          const result = await countingHandler.run(ctx, job);
          await request(`POST /api/jobs/${id}/cancel`, { token });
          return result;
        },
      }),
    };
    expect((await runJobToEnd(cancelling, org.orgId, id)).chunks).toBe(1);
    expect(await storedJob(org.orgId, id)).toMatchObject({
      status: 'cancelled',
      processed: PER_STEP,
      leaseUntil: null,
    });
  });

  it('refuse to cancel what has ended, and what others ordered', async () => {
    const id = await order();
    expect(
      (await request(`POST /api/jobs/${id}/cancel`, { token: await org.colleague.token() })).status,
    ).toBe(404);
    await runJobToEnd(runner, org.orgId, id);
    const answer = await request(`POST /api/jobs/${id}/cancel`, { token: await org.rep.token() });
    expect(answer).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
  });
});

function everyType<T>(handler: T): Record<JobType, T> {
  return {
    importRecords: handler,
    undoImport: handler,
    handOver: handler,
    followTeam: handler,
    deleteStage: handler,
    closePeriod: handler,
  };
}

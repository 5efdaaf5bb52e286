import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { users } from '../../functions/src/modules/users/users.public.ts';
import { bulkStore } from '../../functions/src/platform/bulk.ts';
import { orgCollection } from '../../functions/src/platform/collection.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { runUnitOfWork } from '../../functions/src/platform/run-unit-of-work.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';

const things = orgCollection('bulkThings', 'Thing', z.strictObject({ n: z.int() }));
const now = new Date();

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

function bulkContext(options?: { dryRun: boolean }) {
  const meter = new Meter();
  return { now, meter, store: bulkStore({ db: firestore(), meter }, options) };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

async function countThings(prefix: string): Promise<number> {
  const { docs } = await firestore().collection(`orgs/${org.orgId}/bulkThings`).get();
  return docs.filter(({ id }) => id.startsWith(prefix)).length;
}

describe('units of work in bulk', () => {
  it('commit together, and read reference data once', async () => {
    const prefix = newId();
    const ctx = bulkContext();
    await Promise.all(
      numbers(1000).map((n) =>
        runUnitOfWork(ctx, org.orgId, async (unit) => {
          await unit.get(users, org.rep.uid);
          return unit.create(things, `${prefix}_${n}`, { n });
        }),
      ),
    );
    expect(await countThings(prefix)).toBe(1000);
    // 400 writes are one commit.
    expect({ reads: ctx.meter.reads, writes: ctx.meter.writes }).toEqual({
      reads: 1,
      writes: 1000,
    });
    expect(ctx.meter.roundTrips).toBeLessThanOrEqual(4);
  });

  it('succeed or fail each by itself: one that loses a race takes no other along', async () => {
    const prefix = newId();
    await firestore().doc(`orgs/${org.orgId}/bulkThings/${prefix}_3`).create({ n: -1 });
    const ctx = bulkContext();
    const outcomes = await Promise.allSettled(
      numbers(10).map((n) =>
        runUnitOfWork(ctx, org.orgId, async (unit) => {
          if ((await unit.find(things, `${prefix}_${n}`)) !== undefined) throw new Error('taken');
          return unit.create(things, `${prefix}_${n}`, { n });
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await countThings(prefix)).toBe(10);
  });

  it('retry with what is there now: increments side by side are all counted', async () => {
    const id = newId();
    await firestore().doc(`orgs/${org.orgId}/bulkThings/${id}`).create({ n: 0 });
    const ctx = bulkContext();
    await Promise.all(
      numbers(4).map(() =>
        runUnitOfWork(ctx, org.orgId, async (unit) => {
          const thing = await unit.get(things, id);
          return unit.update(things, thing, { n: thing.n + 1 });
        }),
      ),
    );
    expect((await firestore().doc(`orgs/${org.orgId}/bulkThings/${id}`).get()).get('n')).toBe(4);
  });

  it('write nothing in a dry run, but see what is there', async () => {
    const prefix = newId();
    const ctx = bulkContext({ dryRun: true });
    await runUnitOfWork(ctx, org.orgId, async (unit) => {
      expect((await unit.get(users, org.rep.uid)).email).toBe(org.rep.email);
      return unit.create(things, `${prefix}_1`, { n: 1 });
    });
    expect(await countThings(prefix)).toBe(0);
    expect(ctx.meter.writes).toBe(0);
  });

  it('pass a failure on to all that travelled together, and lose none', async () => {
    const ctx = bulkContext();
    const broken = new Error('network is away');
    ctx.meter.trip = () => Promise.reject(broken);
    const outcomes = await Promise.allSettled(
      numbers(5).map((n) =>
        runUnitOfWork(ctx, org.orgId, async (unit) => unit.create(things, newId(), { n })),
      ),
    );
    expect(outcomes).toEqual(numbers(5).map(() => ({ status: 'rejected', reason: broken })));
  });
});

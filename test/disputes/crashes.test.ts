import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  approveAdjustment,
  requestAdjustment,
} from '../../functions/src/modules/adjustments/adjustments.service.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { Meter as PlainMeter } from '../../functions/src/platform/meter.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { resolveDispute, withdrawDispute } from '../../functions/src/workflows/close-dispute.ts';
import { openDispute } from '../../functions/src/workflows/open-dispute.ts';
import { restateDeal } from '../../functions/src/workflows/restate-deal.ts';
import {
  accountsOf,
  approve,
  at,
  breaches,
  close,
  contextAt,
  NOVEMBER,
  payoutId,
  payoutsOf,
} from '../payouts/payout-world.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { DyingMeter } from '../support/faults.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { snapshotOf } from '../support/tenant-snapshot.ts';
import { wonDeal } from './support.ts';

const OCTOBER = at('2026-10-05T10:00:00Z');

let org: Organisation;
let dealId: string;
beforeEach(async () => {
  org = await createOrganisation();
  const triggers = new DealTriggers(org.orgId);
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
  dealId = await wonDeal(org, triggers, { postedAt: OCTOBER });
});

type Command = (ctxOf: (person: Member) => Context<Principal>) => Promise<unknown>;

const on = (meter: Meter) => (person: Member) => contextAt(person, NOVEMBER, meter);

/**
 * Kills a command before and after each of its calls: until its one commit nothing has changed, and
 * with it everything.
 */
async function killEverywhere(command: Command): Promise<number> {
  const before = await snapshotOf([org.orgId]);
  for (let dieAt = 1; ; dieAt += 1) {
    for (const when of ['before', 'after'] as const) {
      const meter = new DyingMeter(dieAt, when);
      await command(on(meter)).catch(() => undefined);
      if (meter.calls < dieAt) throw new Error('the command was never killed at its commit');
      const after = await snapshotOf([org.orgId]);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        // Only the commit has an effect, and it was made.
        expect(when).toBe('after');
        return dieAt;
      }
    }
  }
}

const dispute = { contestedMinor: 4000, reason: 'The rate is wrong' };

/** Approves the October payout of the rep, so that a hold has to be taken out of it. */
async function approveOctober(): Promise<void> {
  await close(org, '2026-10-01', NOVEMBER);
  await approve(org, payoutId('2026-10-01', org.rep), NOVEMBER);
}

describe('a process that is killed', () => {
  it('while it opens a dispute leaves all of it or nothing', async () => {
    await approveOctober();
    await killEverywhere((ctx) => openDispute(ctx(org.rep), { dealId, ...dispute }));
    expect(await accountsOf(org, org.rep)).toMatchObject({ approved: 6000, held: 4000 });
    expect(Object.values(await payoutsOf(org))).toMatchObject([{ amountMinor: 6000 }]);
    expect(await breaches(org)).toEqual([]);
  });

  it('while it resolves one leaves all of it or nothing', async () => {
    const { id } = await openDispute(contextAt(org.rep, NOVEMBER), { dealId, ...dispute });
    const upheld = { outcome: 'upheld', note: 'Agreed', adjustmentMinor: 100 } as const;
    await killEverywhere((ctx) => resolveDispute(ctx(org.manager), id, upheld));
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 10_100, held: 0 });
  });

  it('while it withdraws one leaves all of it or nothing', async () => {
    const { id } = await openDispute(contextAt(org.rep, NOVEMBER), { dealId, ...dispute });
    await killEverywhere((ctx) => withdrawDispute(ctx(org.rep), id));
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 10_000, held: 0 });
  });

  it('while it restates a deal leaves all of it or nothing', async () => {
    const splits = [{ uid: org.colleague.uid, shareBps: 10_000 }];
    const restatement = { splits, repin: false, reason: 'It was hers', version: 2 };
    await killEverywhere((ctx) => restateDeal(ctx(org.admin), dealId, restatement));
  });

  it('while it approves an adjustment leaves all of it or nothing', async () => {
    const { id } = await requestAdjustment(contextAt(org.manager, NOVEMBER), {
      ...{ payeeId: org.rep.uid, amountMinor: 100, currency: 'USD', reason: 'Bonus' },
    });
    await killEverywhere((ctx) => approveAdjustment(ctx(org.admin), { adjustmentId: id }));
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 10_100 });
  });
});

describe('what disputes and corrections cost', () => {
  it('is bounded, whatever else the payee has', async () => {
    const costs: Record<string, number[]> = {};
    const measured = async <T>(name: string, run: (meter: Meter) => Promise<T>): Promise<T> => {
      const meter = new PlainMeter();
      const result = await run(meter);
      costs[name] = [meter.reads, meter.writes, meter.roundTrips];
      return result;
    };
    await approveOctober();
    const { id } = await measured('open', (meter) =>
      openDispute(on(meter)(org.rep), { dealId, ...dispute }),
    );
    const upheld = { outcome: 'upheld', note: 'Agreed', adjustmentMinor: 100 } as const;
    await measured('uphold', (meter) => resolveDispute(on(meter)(org.manager), id, upheld));
    const splits = [{ uid: org.colleague.uid, shareBps: 10_000 }];
    await measured('restate', (meter) =>
      restateDeal(on(meter)(org.manager), dealId, {
        ...{ splits, repin: false, reason: 'It was hers', version: 2 },
      }),
    );
    const bonus = { payeeId: org.rep.uid, amountMinor: 100, currency: 'USD', reason: 'Bonus' };
    const adjustment = await measured('request', (meter) =>
      requestAdjustment(on(meter)(org.manager), bonus),
    );
    await measured('approve', (meter) =>
      approveAdjustment(on(meter)(org.admin), { adjustmentId: adjustment.id }),
    );
    // Billed reads, billed writes, sequential round trips.
    expect(costs).toEqual({
      open: [8, 6, 6],
      uphold: [2, 7, 3],
      restate: [5, 2, 4],
      request: [1, 1, 2],
      approve: [2, 3, 3],
    });
  });
});

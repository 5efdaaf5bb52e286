import { beforeEach, describe, expect, it } from '@jest/globals';
import { jobRunner } from '../../functions/src/app/job-handlers.ts';
import { cancelJob } from '../../functions/src/modules/jobs/jobs.service.ts';
import { closePeriodStep, orderClose } from '../../functions/src/modules/payouts/close-period.ts';
import { rootHashOf } from '../../functions/src/modules/payouts/payouts.public.ts';
import { previewPeriod } from '../../functions/src/modules/payouts/preview-period.ts';
import { changePayoutSettings } from '../../functions/src/modules/payouts/settings.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { as } from '../support/as.ts';
import { DealTriggers, ledgerOf, planFor } from '../support/earnings.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { runJobToEnd } from '../support/jobs.ts';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import {
  accountsOf,
  approve,
  at,
  breaches,
  close,
  contextAt,
  DECEMBER,
  earn,
  entriesFor,
  NOVEMBER,
  payoutId,
  payoutLines,
  payoutsOf,
  periodOf,
} from './payout-world.ts';

/** At how many places a closing is killed, unless it is to be killed before and after every call. */
const KILLS = 12;
const ALL_CRASH_POINTS = process.env.SPLITLINE_CRASH_POINTS === 'all';

const OCTOBER = at('2026-10-10T12:00:00Z');
const CUT = at('2026-11-01T00:00:00Z');
const LAST_MOMENT = at('2026-10-31T23:59:59.999Z');

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
});

describe('closing a period', () => {
  it('drafts a payout for each payee and currency, and seals what was posted', async () => {
    await earn(org, org.rep, 1000, OCTOBER);
    await earn(org, org.rep, -200, LAST_MOMENT);
    await earn(org, org.rep, 5, OCTOBER, { currency: 'JPY' });
    await earn(org, org.colleague, 7, OCTOBER, { currency: 'KWD' });
    const period = await close(org, '2026-10-01', NOVEMBER);
    expect(await payoutLines(org)).toEqual({
      [payoutId('2026-10-01', org.rep)]: 'draft 800',
      [payoutId('2026-10-01', org.rep, 'JPY')]: 'draft 5',
      [payoutId('2026-10-01', org.colleague, 'KWD')]: 'draft 7',
    });
    const digests = Object.values(await ledgerOf(org.orgId)).map(({ digest }) => digest);
    expect(period).toMatchObject({
      ...{ status: 'closed', version: 2, entries: 4, closedBy: org.admin.uid },
      ...{ startsAt: at('2026-10-01T00:00:00Z'), endsAt: CUT, schedule: 'monthly' },
      rootHash: rootHashOf(digests),
    });
    const totals = await firestore().doc(`orgs/${org.orgId}/periodTotals/2026-10-01`).get();
    expect(totals.get('totals.USD')).toMatchObject({ entries: 2, pendingMinor: 800 });
  });

  it('leaves what is posted from the cut on to the next period, however late it was won', async () => {
    await earn(org, org.rep, 100, LAST_MOMENT);
    await earn(org, org.rep, 30, CUT, { at: OCTOBER });
    expect(await close(org, '2026-10-01', NOVEMBER)).toMatchObject({ entries: 1 });
    await earn(org, org.rep, 1, NOVEMBER, { at: OCTOBER });
    const sealed = await periodOf(org, '2026-10-01');
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toEqual({
      [payoutId('2026-10-01', org.rep)]: 'draft 100',
      [payoutId('2026-11-01', org.rep)]: 'draft 31',
    });
    expect(await periodOf(org, '2026-10-01')).toEqual(sealed);
  });

  it('begins with the first entry, takes one period after the other, two late ones too', async () => {
    const order = (id: string, now: Date) => orderClose(contextAt(org.admin, now), id);
    await expect(order('2026-10-01', NOVEMBER)).rejects.toThrow('nothing has been earned');
    await earn(org, org.rep, 10, OCTOBER);
    await earn(org, org.rep, 20, at('2026-11-10T00:00:00Z'));
    await expect(order('2026-11-01', DECEMBER)).rejects.toThrow(
      'next period to close is 2026-10-01',
    );
    await close(org, '2026-10-01', DECEMBER);
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toEqual({
      [payoutId('2026-10-01', org.rep)]: 'draft 10',
      [payoutId('2026-11-01', org.rep)]: 'draft 20',
    });
    await expect(order('2026-12-01', DECEMBER)).rejects.toThrow(
      'can be closed from 2027-01-01T00:05:00.000Z on',
    );
  });

  it('waits until nothing can be on its way into the period', async () => {
    await earn(org, org.rep, 10, OCTOBER);
    const order = (now: string) => orderClose(contextAt(org.admin, at(now)), '2026-10-01');
    await expect(order('2026-11-01T00:04:59.999Z')).rejects.toMatchObject({
      ...{ code: 'failed-precondition', field: 'id' },
    });
    expect(await order('2026-11-01T00:05:00Z')).toMatchObject({ status: 'closing' });
  });

  it('is for administrators', async () => {
    await earn(org, org.rep, 10, OCTOBER);
    for (const person of [org.rep, org.manager]) {
      await expect(orderClose(contextAt(person, NOVEMBER), '2026-10-01')).rejects.toMatchObject({
        code: 'permission-denied',
      });
    }
  });

  it('is the same however often it is ordered, also at once', async () => {
    await earn(org, org.rep, 10, OCTOBER);
    const orders = await Promise.all(
      [1, 2, 3].map(() => orderClose(contextAt(org.admin, NOVEMBER), '2026-10-01')),
    );
    expect(new Set(orders.map(({ jobId }) => jobId)).size).toBe(1);
    const closed = await close(org, '2026-10-01', NOVEMBER);
    expect(await close(org, '2026-10-01', DECEMBER)).toEqual(closed);
    await expect(orderClose(contextAt(org.admin, NOVEMBER), '2026-11-01')).rejects.toThrow('from');
  });

  it('goes on with another job when the first was cancelled, and holds the next period up', async () => {
    await earn(org, org.rep, 10, OCTOBER);
    const { jobId } = await orderClose(contextAt(org.admin, NOVEMBER), '2026-10-01');
    await cancelJob(contextAt(org.admin, NOVEMBER), jobId);
    await expect(orderClose(contextAt(org.admin, DECEMBER), '2026-11-01')).rejects.toThrow(
      'is being closed',
    );
    expect(await close(org, '2026-10-01', NOVEMBER)).toMatchObject({
      status: 'closed',
      version: 3,
    });
  });

  it('follows the clock of the organisation', async () => {
    await firestore().doc(`orgs/${org.orgId}`).update({ timeZone: 'America/New_York' });
    await earn(org, org.rep, 10, at('2026-11-01T03:59:59.999Z'));
    await earn(org, org.rep, 20, at('2026-11-01T04:00:00Z'));
    await earn(org, org.rep, 40, at('2026-12-01T04:59:59.999Z'));
    await expect(close(org, '2026-10-01', at('2026-11-01T04:04:00Z'))).rejects.toThrow('from');
    await close(org, '2026-10-01', at('2026-11-01T04:05:00Z'));
    await close(org, '2026-11-01', at('2026-12-01T05:05:00Z'));
    expect(Object.values(await payoutLines(org))).toEqual(['draft 10', 'draft 60']);
  });
});

describe('many payees', () => {
  it('are closed in steps, at a known price for each', async () => {
    for (const [index, person] of [org.rep, org.colleague, org.rep2, org.manager].entries()) {
      await earn(org, person, 100 + index, OCTOBER);
    }
    const { jobId } = await orderClose(contextAt(org.admin, NOVEMBER), '2026-10-01');
    const costs: number[][] = [];
    let cursor: string | null = null;
    for (let done = false; !done; ) {
      const meter = new Meter();
      const step = { input: { periodId: '2026-10-01' }, cursor, limit: 1 };
      const result = await closePeriodStep(contextAt(org.admin, NOVEMBER, meter), step);
      ({ cursor, done } = result);
      costs.push([meter.reads, meter.writes]);
    }
    const each = costs[0];
    process.stdout.write(`close a period, for each payee: ${each?.join(' reads, ')} writes\n`);
    // Four payees, then the seal: its period and settings, the search for a fifth, four entries.
    expect(costs).toEqual([...Array.from({ length: 4 }, () => [12, 2]), [8, 2]]);
    expect(Object.values(await payoutLines(org)).toSorted()).toEqual([
      ...['draft 100', 'draft 101', 'draft 102', 'draft 103'],
    ]);
    await runJobToEnd(jobRunner, org.orgId, jobId, { now: NOVEMBER });
    expect(await periodOf(org, '2026-10-01')).toMatchObject({ status: 'closed', version: 2 });
  });
});

describe('another schedule', () => {
  it('runs from the last closed period on', async () => {
    await earn(org, org.rep, 10, OCTOBER);
    await earn(org, org.rep, 20, at('2026-11-03T00:00:00Z'));
    await close(org, '2026-10-01', NOVEMBER);
    const changed = await changePayoutSettings(contextAt(org.admin, NOVEMBER), {
      schedule: 'weekly',
    });
    expect(changed).toMatchObject({ schedule: 'weekly', since: CUT });
    // The first of November is a Sunday: a day is left of its week.
    await close(org, '2026-11-01', at('2026-11-02T00:05:00Z'));
    await close(org, '2026-11-02', at('2026-11-09T00:05:00Z'));
    expect(await payoutLines(org)).toEqual({
      [payoutId('2026-10-01', org.rep)]: 'draft 10',
      [payoutId('2026-11-02', org.rep)]: 'draft 20',
    });
  });
});

describe('what is left for later', () => {
  it('is a debt, until it has been earned again', async () => {
    await earn(org, org.rep, -500, OCTOBER);
    await close(org, '2026-10-01', NOVEMBER);
    expect(await payoutLines(org)).toEqual({});
    await earn(org, org.rep, 700, NOVEMBER);
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toEqual({ [payoutId('2026-11-01', org.rep)]: 'draft 200' });
  });

  it('is the debt of somebody who has left: nothing moves', async () => {
    await earn(org, org.rep2, 300, OCTOBER);
    await close(org, '2026-10-01', NOVEMBER);
    const id = payoutId('2026-10-01', org.rep2);
    await earn(org, org.rep2, -450, NOVEMBER);
    await changeMember(org.orgId, org.rep2.uid, { active: false });
    expect(await approve(org, id, NOVEMBER)).toMatchObject({ status: 'voided', amountMinor: 300 });
    await close(org, '2026-11-01', DECEMBER);
    expect(Object.keys(await payoutLines(org))).toEqual([id]);
    expect(await accountsOf(org, org.rep2)).toMatchObject({ earned: -150, pending: -150, paid: 0 });
  });

  it('is not what an earlier draft has, nor what was approved after the cut', async () => {
    await earn(org, org.rep, 100, OCTOBER);
    await earn(org, org.colleague, 100, OCTOBER);
    await close(org, '2026-10-01', NOVEMBER);
    await earn(org, org.rep, 11, NOVEMBER);
    await earn(org, org.colleague, 22, NOVEMBER);
    // One is approved between the cut and the closing, the other stays a draft.
    await approve(org, payoutId('2026-10-01', org.rep), at('2026-12-01T00:10:00Z'));
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toMatchObject({
      [payoutId('2026-11-01', org.rep)]: 'draft 11',
      [payoutId('2026-11-01', org.colleague)]: 'draft 22',
    });
  });

  it('is what is held for a dispute, also when it is held between the cut and the closing', async () => {
    await earn(org, org.rep, 100, OCTOBER);
    await earn(org, org.rep, 0, at('2026-11-01T00:10:00Z'), {
      ...{ reason: 'dispute_hold', pendingMinor: -60, heldMinor: 60 },
    });
    await close(org, '2026-10-01', NOVEMBER);
    expect(Object.values(await payoutLines(org))).toEqual(['draft 40']);
    await earn(org, org.rep, 0, at('2026-11-05T00:00:00Z'), {
      ...{ reason: 'release', pendingMinor: 60, heldMinor: -60 },
    });
    await close(org, '2026-11-01', DECEMBER);
    expect(Object.values(await payoutLines(org))).toEqual(['draft 40', 'draft 60']);
  });
});

describe('tiers', () => {
  const tiers = [
    { fromMinor: 0, rateBps: 1000 },
    { fromMinor: 100_000, rateBps: 2000 },
  ];

  async function winDeal(
    value: number,
    wonAt: Date,
    triggers: DealTriggers,
    postedAt = wonAt,
  ): Promise<string> {
    const { body } = await as(org.rep, 'POST /api/deals', { title: 'Website', value });
    const id = textIn(body, 'id');
    await triggers.follow(id, postedAt);
    await as(org.admin, `PATCH /api/deals/${id}`, { stage: 'CLOSED_WON' });
    await setWonAt(id, wonAt);
    await triggers.follow(id, postedAt);
    return id;
  }

  /** The commands go by the real clock; what was won is dated to the test's. */
  async function setWonAt(dealId: string, wonAt: Date): Promise<void> {
    const { docs } = await firestore()
      .collection(`orgs/${org.orgId}/terms`)
      .where('dealId', '==', dealId)
      .get();
    for (const doc of docs) await doc.ref.update({ wonAt });
  }

  it('pay the rest at closing, and a refund corrects the period in which it was won', async () => {
    await planFor(org, [{ kind: 'tiers', mode: 'cliff', tiers }], { currency: 'USD' });
    const triggers = new DealTriggers(org.orgId);
    const first = await winDeal(800, OCTOBER, triggers);
    await winDeal(700, OCTOBER, triggers);
    await close(org, '2026-10-01', NOVEMBER);
    // 10 % of 1,500 with the deals, 20 % of all by the cliff at 1,000.
    const [bonus] = Object.values(await entriesFor(org, 'tier_adjustment'));
    expect(bonus).toMatchObject({
      ...{ pendingMinor: 15_000, postedAt: LAST_MOMENT, wonAt: at('2026-10-01T00:00:00Z') },
      ...{ eventId: 'close_2026-10-01', ownerId: org.rep.uid, teamId: org.teams.east },
    });
    expect(await payoutLines(org)).toEqual({ [payoutId('2026-10-01', org.rep)]: 'draft 30000' });
    expect(await periodOf(org, '2026-10-01')).toMatchObject({ entries: 3 });

    await as(org.admin, `PATCH /api/deals/${first}`, { stage: 'CLOSED_LOST' });
    await triggers.follow(first, at('2026-11-20T00:00:00Z'));
    await winDeal(900, at('2026-11-21T00:00:00Z'), triggers);
    await close(org, '2026-11-01', DECEMBER);
    const adjustments = Object.entries(await entriesFor(org, 'tier_adjustment'));
    expect(adjustments.map(([id, { pendingMinor }]) => [id.slice(0, 21), pendingMinor])).toEqual([
      ['close_2026-10-01_tier', 15_000],
      // 700 is left of October, below the cliff; November's 900 is below it as well.
      ['close_2026-11-01_tier', -15_000],
    ]);
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 7000 + 9000 });
  });

  it('are in the preview, before the closing and while it is under way', async () => {
    await planFor(org, [{ kind: 'tiers', mode: 'cliff', tiers }], { currency: 'USD' });
    await winDeal(1500, OCTOBER, new DealTriggers(org.orgId));
    const ctx = contextAt(org.admin, NOVEMBER);
    const preview = async () => {
      const { lines } = await previewPeriod(ctx, { periodId: '2026-10-01', limit: 10 });
      return lines.map(({ tierAdjustmentMinor, pendingMinor, amountMinor }) => [
        ...[tierAdjustmentMinor, pendingMinor, amountMinor],
      ]);
    };
    expect(await preview()).toEqual([[15_000, 30_000, 30_000]]);
    expect(await entriesFor(org, 'tier_adjustment')).toEqual({});
    await orderClose(ctx, '2026-10-01');
    await closePeriodStep(ctx, { input: { periodId: '2026-10-01' }, cursor: null, limit: 1 });
    expect(Object.keys(await entriesFor(org, 'tier_adjustment'))).toHaveLength(1);
    expect(await preview()).toEqual([[15_000, 30_000, 30_000]]);
  });

  it('count a deal for the period in which it was won, however late it is posted', async () => {
    await planFor(org, [{ kind: 'tiers', mode: 'marginal', tiers }], { currency: 'USD' });
    const triggers = new DealTriggers(org.orgId);
    await winDeal(900, OCTOBER, triggers);
    await close(org, '2026-10-01', NOVEMBER);
    // Won years ago and in October, and posted in November.
    await winDeal(5000, at('2019-03-03T00:00:00Z'), triggers, NOVEMBER);
    await winDeal(400, OCTOBER, triggers, NOVEMBER);
    await close(org, '2026-11-01', DECEMBER);
    const adjustments = Object.values(await entriesFor(org, 'tier_adjustment'));
    const lines = adjustments.map(({ wonAt, pendingMinor, postedAt }) =>
      [wonAt?.toISOString().slice(0, 10), pendingMinor, postedAt.toISOString().slice(0, 7)].join(
        ' ',
      ),
    );
    expect(lines.toSorted()).toEqual(['2019-03-01 40000 2026-11', '2026-10-01 3000 2026-11']);
  });
});

describe('a closing job that is killed', () => {
  const PAYEES = 3;

  /** Three payees, two of them with tiers to adjust, and one that owes. */
  async function prepare(): Promise<void> {
    org = await createOrganisation();
    const { plan } = await planFor(
      org,
      [
        {
          kind: 'tiers',
          mode: 'cliff',
          tiers: [
            { fromMinor: 0, rateBps: 0 },
            { fromMinor: 10, rateBps: 1000 },
          ],
        },
      ],
      { currency: 'USD' },
    );
    const tiered = { isTiered: true, planKey: `${plan.id}_1`, wonAt: OCTOBER, basisMinor: 500 };
    await earn(org, org.rep, 100, OCTOBER, tiered);
    await earn(org, org.colleague, 0, OCTOBER, tiered);
    await earn(org, org.rep2, -30, OCTOBER);
  }

  async function closeDying(dying: DyingMeter): Promise<void> {
    const { jobId } = await orderClose(contextAt(org.admin, NOVEMBER), '2026-10-01');
    let now = NOVEMBER;
    for (;;) {
      try {
        const meter = dying.isDead ? new Meter() : dying;
        await runJobToEnd(jobRunner, org.orgId, jobId, { now, meter });
        return;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        // The sweep takes the job up when its lease has run out.
        now = new Date(now.getTime() + 7 * 60 * 1000);
      }
    }
  }

  async function outcome() {
    const { rootHash: _hash, ...period } = await periodOf(org, '2026-10-01');
    const payouts = Object.values(await payoutsOf(org)).map(({ status, amountMinor, version }) => [
      ...[status, amountMinor, version],
    ]);
    const adjustments = Object.values(await entriesFor(org, 'tier_adjustment'));
    return {
      period: [period.status, period.entries, period.version],
      payouts: payouts.toSorted(),
      adjusted: adjustments.map(({ pendingMinor }) => pendingMinor),
    };
  }

  it('at any call to the database posts, drafts and seals everything once', async () => {
    await prepare();
    const probe = new DyingMeter(10_000, 'before');
    await closeDying(probe);
    const expected = {
      period: ['closed', PAYEES + 2, 2],
      payouts: [
        ['draft', 150, 1],
        ['draft', 50, 1],
      ],
      adjusted: [50, 50],
    };
    expect(await outcome()).toEqual(expected);
    expect(probe.calls).toBeGreaterThan(30);
    const stride = ALL_CRASH_POINTS ? 1 : Math.ceil(probe.calls / KILLS);
    let kills = 0;
    for (let call = 1; call <= probe.calls; call += stride) {
      const both = ['before', 'after'] as const;
      for (const when of ALL_CRASH_POINTS ? both : [both[kills % 2] ?? 'before']) {
        await prepare();
        const dying = new DyingMeter(call, when);
        await closeDying(dying);
        expect([call, when, dying.isDead, await outcome()]).toEqual([call, when, true, expected]);
        expect(await breaches(org)).toEqual([]);
        kills += 1;
      }
    }
    process.stdout.write(`close a period: killed at ${kills} points of ${probe.calls} calls\n`);
  }, 600_000);

  it('runs beside a second one that took it for dead', async () => {
    await prepare();
    const { jobId: _first } = await orderClose(contextAt(org.admin, NOVEMBER), '2026-10-01');
    const step = { input: { periodId: '2026-10-01' }, cursor: null, limit: 25 };
    const run = () => closePeriodStep(contextAt(org.admin, NOVEMBER), step);
    await Promise.allSettled([run(), run(), run()]);
    await run();
    expect(await outcome()).toMatchObject({
      period: ['closed', PAYEES + 2, 2],
      adjusted: [50, 50],
    });
  });
});

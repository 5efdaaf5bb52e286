import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { post } from '../../functions/src/modules/ledger/ledger.public.ts';
import {
  approvePayout,
  approvePayouts,
  voidPayout,
} from '../../functions/src/modules/payouts/approve-payouts.ts';
import {
  markPaid,
  settlePayout,
  startSending,
} from '../../functions/src/modules/payouts/pay-payouts.ts';
import { shrinkForHold } from '../../functions/src/modules/payouts/payouts.public.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { holdGuard } from '../../functions/src/platform/guards.ts';
import { IdempotencyKey } from '../../functions/src/platform/idempotency.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { runUnitOfWork } from '../../functions/src/platform/run-unit-of-work.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import {
  addMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
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
} from './payout-world.ts';

const OCTOBER = at('2026-10-10T12:00:00Z');
const PERIOD = '2026-10-01';

let org: Organisation;
let id: string;
beforeEach(async () => {
  org = await createOrganisation();
  id = payoutId(PERIOD, org.rep);
});

/** A draft of what the rep has earned in October. */
async function draft(amountMinor = 100): Promise<void> {
  await earn(org, org.rep, amountMinor, OCTOBER);
  await close(org, PERIOD, NOVEMBER);
}

const later = (minutes: number) => new Date(NOVEMBER.getTime() + minutes * 60_000);
const asAdmin = (now = NOVEMBER) => contextAt(org.admin, now);
const pay = (reference = 'SEPA 1', amountMinor?: number) =>
  markPaid(asAdmin(), {
    ...{ payoutId: id, reference },
    ...(amountMinor === undefined ? {} : { amountMinor }),
  });
const settle = (outcome: Parameters<typeof settlePayout>[3]) =>
  settlePayout(asAdmin(), org.orgId, id, outcome, 'stripe');

describe('approving', () => {
  it('moves the money from pending to approved, at a known price', async () => {
    await draft();
    const meter = new Meter();
    await approvePayout(contextAt(org.admin, NOVEMBER, meter), id);
    const { reads, writes, roundTrips } = meter;
    process.stdout.write(
      `approve a payout: ${reads} reads, ${writes} writes, ${roundTrips} round trips\n`,
    );
    expect({ reads, writes, roundTrips }).toEqual({ reads: 3, writes: 3, roundTrips: 4 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, approved: 100 });
    expect(await entriesFor(org, 'approval')).toEqual({
      [`payout_${id}_2`]: expect.objectContaining({
        ...{ pendingMinor: -100, approvedMinor: 100, payoutId: id, actor: org.admin.uid },
      }),
    });
    expect(await payoutsOf(org)).toMatchObject({
      [id]: { status: 'approved', version: 2, approvedBy: org.admin.uid, approvedAt: NOVEMBER },
    });
  });

  it('in two tabs at once posts once, and both see the same', async () => {
    await draft();
    const tabs = await Promise.all([1, 2, 3, 4].map(() => approve(org, id, NOVEMBER)));
    expect(new Set(tabs.map(({ version }) => version))).toEqual(new Set([2]));
    expect(Object.keys(await entriesFor(org, 'approval'))).toEqual([`payout_${id}_2`]);
  });

  it('beside a voiding in another tab ends in one of the two', async () => {
    await draft();
    await Promise.allSettled([
      approve(org, id, NOVEMBER),
      voidPayout(asAdmin(), { payoutId: id, reason: 'not yet' }),
    ]);
    expect((await payoutsOf(org))[id]?.status).toBe('voided');
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 100, approved: 0 });
    await expect(approve(org, id, NOVEMBER)).rejects.toThrow('voided (not yet)');
  });

  it('is lowered at once by what was taken back after the period was closed', async () => {
    await draft();
    await earn(org, org.rep, -30, NOVEMBER, { reason: 'clawback' });
    expect(await approve(org, id, later(1))).toMatchObject({ amountMinor: 70, draftedMinor: 100 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, approved: 70 });
  });

  it('is never by the payee, and for administrators alone', async () => {
    await earn(org, org.admin, 100, OCTOBER);
    await draft();
    const own = payoutId(PERIOD, org.admin);
    for (const step of [
      () => approve(org, own, NOVEMBER),
      () => voidPayout(asAdmin(), { payoutId: own, reason: 'x' }),
      () => markPaid(asAdmin(), { payoutId: own, reference: 'x' }),
    ]) {
      await expect(step()).rejects.toThrow('another administrator');
    }
    const boss = await addMember(org.orgId, 'boss', { role: 'admin' });
    await expect(approvePayout(contextAt(boss, NOVEMBER), own)).resolves.toMatchObject({
      status: 'approved',
    });
    await expect(approvePayout(contextAt(org.manager, NOVEMBER), id)).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(approvePayout(contextAt(org.rep2, NOVEMBER), id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('of many reports each, and a repeated batch repeats nothing', async () => {
    await earn(org, org.colleague, 50, OCTOBER);
    await draft();
    const ids = [id, payoutId(PERIOD, org.colleague), 'none'];
    const batch = () =>
      approvePayouts(
        { ...asAdmin(), idempotency: new IdempotencyKey(org.admin.uid, 'key', 'approve') },
        { ids },
      );
    for (const rows of [await batch(), await batch()]) {
      expect(rows.map((row) => ('value' in row ? row.value.status : row.error.code))).toEqual([
        ...['approved', 'approved', 'not-found'],
      ]);
    }
    expect(Object.keys(await entriesFor(org, 'approval'))).toHaveLength(2);
  });

  it('killed at any call is done once when it is repeated', async () => {
    for (let call = 1; call <= 4; call += 1) {
      for (const when of ['before', 'after'] as const) {
        org = await createOrganisation();
        id = payoutId(PERIOD, org.rep);
        await draft();
        const dying = new DyingMeter(call, when);
        await expect(approvePayout(contextAt(org.admin, NOVEMBER, dying), id)).rejects.toThrow(
          Killed,
        );
        expect(await approve(org, id, NOVEMBER)).toMatchObject({ status: 'approved', version: 2 });
        expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, approved: 100 });
      }
    }
  }, 60_000);
});

describe('voiding', () => {
  it('puts the money back for the next period', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    const input = { payoutId: id, reason: 'wrong account' };
    await voidPayout(asAdmin(), input);
    expect(await voidPayout(asAdmin(), input)).toMatchObject({
      ...{ status: 'voided', version: 3, reason: 'wrong account' },
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 100, approved: 0 });
    await earn(org, org.rep, 1, NOVEMBER);
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toMatchObject({
      [payoutId('2026-11-01', org.rep)]: 'draft 101',
    });
  });
});

describe('paying by other means', () => {
  it('books it as paid under its reference, once', async () => {
    await draft();
    await expect(pay()).rejects.toThrow('payout is draft');
    await approve(org, id, NOVEMBER);
    await pay();
    expect(await pay()).toMatchObject({
      ...{ status: 'paid', version: 3, method: 'manual', reference: 'SEPA 1' },
    });
    await expect(pay('SEPA 2')).rejects.toMatchObject({ code: 'conflict', field: 'reference' });
    expect(await accountsOf(org, org.rep)).toMatchObject({ approved: 0, paid: 100, pending: 0 });
  });

  it('pays somebody who owes by now that much less, never more than earned', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    await earn(org, org.rep, -30, later(1), { reason: 'clawback' });
    await expect(pay('SEPA 1', 100)).rejects.toMatchObject({
      ...{ code: 'conflict', field: 'amountMinor' },
    });
    expect(await pay('SEPA 1', 70)).toMatchObject({ status: 'paid', amountMinor: 70 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 70, pending: 0, paid: 70 });
  });

  it('pays nothing to somebody who owes all of it', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    await earn(org, org.rep, -150, later(1), { reason: 'clawback' });
    expect(await pay()).toMatchObject({ status: 'voided' });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: -50, approved: 0, paid: 0 });
  });
});

describe('paying by a provider', () => {
  it('goes on with the same attempt when it is begun twice, and ends once', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    const [first, second] = await Promise.all([
      startSending(asAdmin(), id),
      startSending(asAdmin(), id),
    ]);
    expect([first.attempts, second.attempts, second.version]).toEqual([1, 1, 3]);
    expect(await accountsOf(org, org.rep)).toMatchObject({ approved: 0, inTransit: 100 });
    await settle({ kind: 'paid', transferId: 'tr_1' });
    expect(await settle({ kind: 'paid', transferId: 'tr_1' })).toMatchObject({
      ...{ status: 'paid', version: 4, transferId: 'tr_1' },
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 0, paid: 100 });
  });

  it('is tried again after a failure, of which late news changes nothing', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    await startSending(asAdmin(), id);
    const failure = { kind: 'failed', attempt: 1, reason: 'account closed' } as const;
    expect(await settle(failure)).toMatchObject({ status: 'failed', failure: 'account closed' });
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 0, approved: 100 });
    expect(await startSending(asAdmin(), id)).toMatchObject({ status: 'sending', attempts: 2 });
    expect(await settle(failure)).toMatchObject({ status: 'sending' });
    await settle({ kind: 'paid' });
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 0, approved: 0, paid: 100 });
  });

  it('gives what came back to the next period, in part or whole and whichever news is first', async () => {
    await draft();
    await approve(org, id, NOVEMBER);
    await startSending(asAdmin(), id);
    const back = (returnedMinor: number) =>
      settle({ kind: 'returned', returnedMinor, reason: 'reversed' });
    expect(await back(40)).toMatchObject({ status: 'returned', returnedMinor: 40 });
    await settle({ kind: 'paid' });
    await Promise.all([back(40), back(100)]);
    await back(40);
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 0, paid: 0, pending: 100 });
    await earn(org, org.rep, 1, NOVEMBER);
    await close(org, '2026-11-01', DECEMBER);
    expect(await payoutLines(org)).toMatchObject({
      [payoutId('2026-11-01', org.rep)]: 'draft 101',
    });
  });
});

describe('money that is to be held', () => {
  function hold(amountMinor: number, postedAt = OCTOBER, now = later(2)) {
    const { uid: ownerId } = org.rep;
    return runUnitOfWork(asAdmin(now), org.orgId, async (unit) => {
      await holdGuard(unit, `payee_${ownerId}`, now);
      const wanted = { ownerId, currency: 'USD', amountMinor, postedAt };
      const from = await shrinkForHold(unit, wanted, { actor: org.admin.uid, now });
      post(unit, `hold_${now.getTime()}`, {
        ...{ ownerId, teamId: null, currency: 'USD', reason: 'dispute_hold', actor: 'test' },
        ...{ pendingMinor: -from.pendingMinor, approvedMinor: -from.approvedMinor },
        ...{ heldMinor: amountMinor, at: now, postedAt: now },
      });
      return from;
    });
  }

  it('is taken out of a draft', async () => {
    await draft();
    expect(await hold(60)).toEqual({ pendingMinor: 60, approvedMinor: 0 });
    expect(await approve(org, id, later(3))).toMatchObject({ amountMinor: 40 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, held: 60, approved: 40 });
  });

  it('is taken out of what is approved, which is voided when nothing is left', async () => {
    await draft();
    await approve(org, id, later(1));
    expect(await hold(60)).toEqual({ pendingMinor: 0, approvedMinor: 60 });
    expect(await hold(40, OCTOBER, later(3))).toEqual({ pendingMinor: 0, approvedMinor: 40 });
    expect((await payoutsOf(org))[id]).toMatchObject({ status: 'voided', amountMinor: 0 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, held: 100, approved: 0 });
  });

  it('is not in payouts that were cut before it was posted, nor in what was paid', async () => {
    await draft();
    await approve(org, id, later(1));
    await earn(org, org.rep, 50, later(1));
    expect(await hold(50, later(1))).toEqual({ pendingMinor: 50, approvedMinor: 0 });
    await pay();
    expect(await hold(30, OCTOBER, later(3))).toEqual({ pendingMinor: 30, approvedMinor: 0 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: -30, held: 80, paid: 100 });
  });
});

describe('whatever is done in whatever order', () => {
  type Act = (payee: Member, payout: string, minor: number, now: Date) => Promise<unknown>;
  const acts: Record<string, Act> = {
    earn: (payee, _payout, minor, now) => earn(org, payee, minor - 60, now),
    approve: (_payee, payout, _minor, now) => approvePayout(asAdmin(now), payout),
    void: (_payee, payout, _minor, now) =>
      voidPayout(asAdmin(now), { payoutId: payout, reason: 'why' }),
    send: (_payee, payout, _minor, now) => startSending(asAdmin(now), payout),
    markPaid: (_payee, payout, _minor, now) =>
      markPaid(asAdmin(now), { payoutId: payout, reference: 'r' }),
    paid: (_payee, payout, _minor, now) =>
      settlePayout(asAdmin(now), org.orgId, payout, { kind: 'paid' }, 'stripe'),
    returned: (_payee, payout, minor, now) =>
      settlePayout(
        asAdmin(now),
        org.orgId,
        payout,
        { kind: 'returned', returnedMinor: minor, reason: 'r' },
        'stripe',
      ),
  };

  it('all accounts of a payee sum to nothing, and what is paid was earned when it was paid', async () => {
    const sequences = fc.array(
      fc.record({
        act: fc.constantFrom(...Object.keys(acts), 'close'),
        payee: fc.constantFrom('rep', 'colleague'),
        period: fc.constantFrom(0, 1, 2),
        minor: fc.integer({ min: 0, max: 200 }),
      }),
      { minLength: 10, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        org = await createOrganisation();
        await earn(org, org.rep, 100, OCTOBER);
        await earn(org, org.colleague, 60, OCTOBER, { currency: 'USD' });
        await close(org, PERIOD, NOVEMBER);
        const closed = [PERIOD];
        let now = NOVEMBER;
        for (const { act, payee, period, minor } of sequence) {
          now = new Date(now.getTime() + 60_000);
          if (act === 'close') {
            // A month later: each period is closed when the next has begun.
            now = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 5));
            const next = `${new Date(now.getTime() - 86_400_000).toISOString().slice(0, 8)}01`;
            await close(org, next, now);
            closed.push(next);
            continue;
          }
          const member = payee === 'rep' ? org.rep : org.colleague;
          const target = payoutId(closed[period % closed.length] ?? PERIOD, member);
          const before = await accountsOf(org, member);
          await acts[act]?.(member, target, minor, now).catch((error: unknown) => {
            if (!(error instanceof AppError)) throw error;
          });
          const after = await accountsOf(org, member);
          const { earned, pending, held, approved, inTransit, paid } = after;
          expect(pending + held + approved + inTransit + paid).toBe(earned);
          if (paid + inTransit > before.paid + before.inTransit) {
            expect(paid + inTransit).toBeLessThanOrEqual(earned);
          }
        }
      }),
      { numRuns: 4 },
    );
  }, 180_000);

  it('ends balanced for currencies without and with three decimals too', async () => {
    await earn(org, org.rep, 7, OCTOBER, { currency: 'JPY' });
    await earn(org, org.rep, 1234, OCTOBER, { currency: 'KWD' });
    await close(org, PERIOD, NOVEMBER);
    for (const currency of ['JPY', 'KWD']) {
      const each = payoutId(PERIOD, org.rep, currency);
      await approve(org, each, NOVEMBER);
      await markPaid(asAdmin(), { payoutId: each, reference: 'r' });
    }
    expect(await accountsOf(org, org.rep, 'JPY')).toMatchObject({ earned: 7, paid: 7 });
    expect(await accountsOf(org, org.rep, 'KWD')).toMatchObject({ earned: 1234, paid: 1234 });
    expect(await breaches(org)).toEqual([]);
  });
});

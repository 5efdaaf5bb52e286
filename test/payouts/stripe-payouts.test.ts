import { beforeEach, describe, expect, it } from '@jest/globals';
import pMap from 'p-map';
import { handledTypes } from '../../functions/src/app/inbox-handlers.ts';
import {
  StripePermanentError,
  type StripePort,
  StripeTransientError,
} from '../../functions/src/integrations/stripe/stripe.port.ts';
import type { NewEntry } from '../../functions/src/modules/ledger/ledger.public.ts';
import { approvePayout } from '../../functions/src/modules/payouts/approve-payouts.ts';
import { markPaid } from '../../functions/src/modules/payouts/pay-payouts.ts';
import { payoutSchema } from '../../functions/src/modules/payouts/payouts.schema.ts';
import { newPlanVersionSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import { publishPlanVersion } from '../../functions/src/modules/plans/plans.service.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { reconcileStripe } from '../../functions/src/workflows/reconcile-stripe.ts';
import {
  driveSendings,
  sendPayout,
  sendPayouts,
} from '../../functions/src/workflows/send-payout.ts';
import { eventOf, transferOf } from '../fakes/stripe-objects.ts';
import { as } from '../support/as.ts';
import { DealTriggers, ledgerOf, planFor } from '../support/earnings.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { storedEntry } from '../support/inbox.ts';
import { invocationAt } from '../support/jobs.ts';
import {
  addMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { useStripe } from '../support/stripe.ts';
import {
  accountsOf,
  approve,
  at,
  breaches,
  close,
  contextAt,
  earn,
  payoutId,
  payoutsOf,
} from './payout-world.ts';
import { eventAbout, metered, payByStripe, tell, transfersOf } from './stripe-world.ts';

/** Paying by Stripe: in one file, for its sweeps go over all organisations. */
const stripe = useStripe();
const PERIOD = '2025-10-01';
const OCTOBER = at('2025-10-10T12:00:00Z');
const CLOSED_AT = at('2025-11-01T00:30:00Z');
/** Stripe's clock is the real one. */
const NOW = new Date();
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let org: Organisation;
let id: string;
beforeEach(async () => {
  org = await createOrganisation();
  id = payoutId(PERIOD, org.rep);
});

/** An approved payout of the rep's, who has an account. */
async function approved(amountMinor = 1000, fields: Partial<NewEntry> = {}): Promise<void> {
  await payByStripe(org, org.rep, stripe.client(), stripe.fake());
  await earn(org, org.rep, amountMinor, OCTOBER, fields);
  await close(org, PERIOD, CLOSED_AT);
  await approve(org, payoutId(PERIOD, org.rep, fields.currency), CLOSED_AT);
}

const send = (client: StripePort = stripe.client(), now = NOW, which = id) =>
  sendPayout(contextAt(org.admin, now), client, which);
const sweep = (minutes = 10, client: StripePort = stripe.client()) =>
  driveSendings(invocationAt(later(minutes)), client);
async function stored(which = id) {
  const snapshot = await firestore().doc(`orgs/${org.orgId}/payouts/${which}`).get();
  return payoutSchema.parse(timestampsToDates(snapshot.data()));
}
const sent = (which = id) => transfersOf(stripe.fake(), which);

describe('sending', () => {
  it('makes one transfer, and the payout is paid by it', async () => {
    await approved();
    const paid = await send();
    const [transfer, ...more] = sent();
    expect(more).toEqual([]);
    expect(transfer).toMatchObject({
      ...{ amount: 1000, currency: 'usd', transfer_group: id },
      metadata: { orgId: org.orgId, payoutId: id, uid: org.rep.uid },
    });
    expect(paid).toMatchObject({
      ...{ status: 'paid', transferId: transfer?.id, attempts: 1, method: 'stripe' },
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({ inTransit: 0, approved: 0, paid: 1000 });
    const keys = stripe.fake().requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toContain(`${id}_1`);
    const event = eventAbout(stripe.fake(), 'transfer.created', transfer?.id ?? '');
    expect(await tell(event)).toBe('processed');
    expect(await stored()).toMatchObject({ version: paid.version });
    // Sent once more, it is answered as it is.
    expect(await send(undefined, later(20))).toMatchObject({ version: paid.version });
  });

  it('is for administrators, and nobody sends their own', async () => {
    await payByStripe(org, org.admin, stripe.client(), stripe.fake());
    await earn(org, org.admin, 500, OCTOBER);
    await approved();
    for (const person of [org.rep, org.manager]) {
      const refused = sendPayout(contextAt(person, NOW), stripe.client(), id);
      await expect(refused).rejects.toMatchObject({ code: 'permission-denied' });
    }
    const foreign = sendPayout(contextAt(org.rep2, NOW), stripe.client(), id);
    await expect(foreign).rejects.toMatchObject({ code: 'not-found' });
    const own = send(undefined, NOW, payoutId(PERIOD, org.admin));
    await expect(own).rejects.toThrow('your own');
    expect(sent()).toEqual([]);
  });

  it('by the routes: one, and many with each row for itself', async () => {
    await approved();
    expect(await as(org.rep, `POST /api/payouts/${id}/send`)).toMatchObject({ status: 403 });
    expect(await as(org.admin, 'POST /api/payouts/send', { ids: [id, 'absent'] })).toMatchObject({
      status: 200,
      body: {
        ...{ succeeded: 1, failed: 1 },
        results: [
          { id, success: true, record: { status: 'paid', amountMinor: 1000 } },
          { id: 'absent', success: false, error: { status: 404 } },
        ],
      },
    });
    expect(await as(org.admin, `POST /api/payouts/${id}/send`)).toMatchObject({
      ...{ status: 200, body: { status: 'paid', attempts: 1 } },
    });
    expect(sent()).toHaveLength(1);
  });

  it('is refused before anything moves when the payee cannot be paid', async () => {
    await earn(org, org.rep, 1000, OCTOBER);
    await close(org, PERIOD, CLOSED_AT);
    await expect(send()).rejects.toMatchObject({ code: 'failed-precondition', field: 'status' });
    await approve(org, id, CLOSED_AT);
    await expect(send()).rejects.toMatchObject({
      ...{ code: 'failed-precondition', field: 'payeeId' },
      message: expect.stringContaining('rep cannot be paid by Stripe yet. Has no account'),
    });
    const account = await payByStripe(org, org.rep, stripe.client(), stripe.fake(), {
      isOnboarded: false,
    });
    await expect(send()).rejects.toThrow('Stripe still needs details');
    expect(await stored()).toMatchObject({ status: 'approved', attempts: 0 });
    // The webhook that says so is lost: Stripe is asked before anybody is refused.
    stripe.fake().onboard(account);
    expect(await send()).toMatchObject({ status: 'paid' });
  });

  it.each([
    ['LYD', 1000, /does not take LYD/],
    ['KWD', 1001, /steps of 10/],
  ])('is refused for what Stripe cannot take: %s %d', async (currency, amount, message) => {
    await approved(amount, { currency });
    const which = payoutId(PERIOD, org.rep, currency);
    await expect(send(undefined, NOW, which)).rejects.toMatchObject({
      ...{ code: 'failed-precondition', field: 'amountMinor' },
      message: expect.stringMatching(message),
    });
    expect(await stored(which)).toMatchObject({ status: 'approved', attempts: 0 });
  });

  it('fails without money on the balance, says so, and can be tried again', async () => {
    await approved();
    stripe.fake().fail('insufficient');
    expect(await send()).toMatchObject({
      ...{ status: 'failed', attempts: 1, transferId: null },
      failure: expect.stringContaining('not enough money on your balance'),
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({ approved: 1000, inTransit: 0 });
    expect(await send(undefined, later(1))).toMatchObject({ status: 'paid', attempts: 2 });
    const keys = stripe.fake().requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual(expect.arrayContaining([`${id}_1`, `${id}_2`]));
    expect(sent()).toHaveLength(1);
    expect(await breaches(org)).toEqual([]);
  });

  it('stays under way while Stripe does not answer, and is the same attempt afterwards', async () => {
    await approved();
    const client = stripe.client({ maxRetries: 0 });
    stripe.fake().fail('error');
    expect(await send(client)).toMatchObject({ status: 'sending', attempts: 1 });
    // Nobody else is at it while the request that began it may be.
    expect(await send(client, later(1))).toMatchObject({ status: 'sending', attempts: 1 });
    expect(sent()).toEqual([]);
    await sweep(1);
    expect(await stored()).toMatchObject({ status: 'sending' });
    await sweep();
    expect(await stored()).toMatchObject({ status: 'paid', attempts: 1 });
    expect(sent()).toHaveLength(1);
  });

  it('finds its transfer when Stripe has forgotten the key', async () => {
    await approved();
    const real = stripe.client();
    const silent: StripePort = {
      ...real,
      createTransfer: async (order) => {
        await real.createTransfer(order);
        throw new StripeTransientError('lost', 'no answer');
      },
    };
    expect(await send(silent)).toMatchObject({ status: 'sending' });
    const forgetful: StripePort = {
      ...real,
      createTransfer: (order) => real.createTransfer({ ...order, attempt: 99 }),
    };
    await sweep(48 * 60, forgetful);
    expect(await stored()).toMatchObject({ status: 'paid', transferId: sent()[0]?.id });
    expect(sent()).toHaveLength(1);
  });

  it('looks for the transfer before an attempt counts as failed', async () => {
    await approved();
    const real = stripe.client();
    const lying: StripePort = {
      ...real,
      createTransfer: async (order) => {
        await real.createTransfer(order);
        throw new StripePermanentError('idempotency_error', 'used with other parameters');
      },
    };
    expect(await send(lying)).toMatchObject({ status: 'paid', attempts: 1 });
  });

  it('from two tabs at once is one attempt and one transfer', async () => {
    await approved();
    const tabs = [0, 0, 1, 2].map((ms) => send(undefined, new Date(NOW.getTime() + ms)));
    const answers = await Promise.all(tabs);
    expect(answers.every(({ status }) => status === 'paid' || status === 'sending')).toBe(true);
    expect(await stored()).toMatchObject({ status: 'paid', attempts: 1 });
    expect(sent()).toHaveLength(1);
    expect(await breaches(org)).toEqual([]);
  });

  it('pays what was won by the terms it was won with', async () => {
    const { plan } = await planFor(org, [{ kind: 'percent', rateBps: 1000 }], { currency: 'USD' });
    const triggers = new DealTriggers(org.orgId);
    const { body } = await as(org.rep, 'POST /api/deals', { title: 'Site', value: 500 });
    const dealId = textIn(body, 'id');
    await triggers.follow(dealId, OCTOBER);
    await as(org.admin, `PATCH /api/deals/${dealId}`, { stage: 'CLOSED_WON' });
    await triggers.follow(dealId, OCTOBER);
    const dearer = newPlanVersionSchema.parse({
      rules: [{ kind: 'percent', rateBps: 9000 }],
      assignment: { everyone: true },
      ...{ effectiveFrom: '2000-01-01T00:00:00Z', currency: 'USD' },
    });
    await publishPlanVersion(contextAt(org.admin, NOW), plan.id, dearer);
    await as(org.admin, `PATCH /api/deals/${dealId}`, { expectedCloseDate: '2030-01-01' });
    await triggers.follow(dealId, OCTOBER);
    await payByStripe(org, org.rep, stripe.client(), stripe.fake());
    await close(org, PERIOD, CLOSED_AT);
    await approve(org, id, CLOSED_AT);
    expect(await send()).toMatchObject({ status: 'paid', amountMinor: 5000 });
    expect(sent()).toMatchObject([{ amount: 5000 }]);
  });
});

describe('what Stripe tells', () => {
  it('may be faster than the answer to our own request', async () => {
    await approved();
    const real = stripe.client();
    const slow: StripePort = {
      ...real,
      createTransfer: async (order) => {
        const made = await real.createTransfer(order);
        expect(await tell(eventAbout(stripe.fake(), 'transfer.created', made.id))).toBe(
          'processed',
        );
        return made;
      },
    };
    // Drafted, approved, begun, paid: the answer to the request changes nothing more.
    expect(await send(slow)).toMatchObject({ status: 'paid', version: 4 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 1000, inTransit: 0 });
  });

  it('settles a payout whose sender was killed, in any order and any number of times', async () => {
    await approved();
    const real = stripe.client();
    const dying: StripePort = {
      ...real,
      createTransfer: async (order) => {
        await real.createTransfer(order);
        throw new Killed('killed');
      },
    };
    await expect(send(dying)).rejects.toThrow('killed');
    const [transfer] = sent();
    const transferId = transfer?.id ?? '';
    const back = { transferId, currency: 'USD' };
    await real.reverseTransfer({ ...back, amountMinor: 300, reversalId: 'a' });
    const partly = eventAbout(stripe.fake(), 'transfer.reversed', transferId);
    await real.reverseTransfer({ ...back, amountMinor: 200, reversalId: 'b' });
    const more = eventAbout(stripe.fake(), 'transfer.reversed', transferId);
    const created = eventAbout(stripe.fake(), 'transfer.created', transferId);
    for (const event of [more, partly, created, more]) {
      expect(await tell({ ...event, id: `${event.id}x${Math.random()}`.replace('.', '') })).toBe(
        'processed',
      );
    }
    expect(await stored()).toMatchObject({ status: 'returned', returnedMinor: 500, transferId });
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 500, pending: 500, inTransit: 0 });
    await sweep();
    expect(sent()).toHaveLength(1);
  });

  it('is left to a person when it does not fit', async () => {
    await approved();
    await send();
    const [transfer] = sent();
    const metadata = { orgId: org.orgId, payoutId: id, uid: org.rep.uid };
    const told = (fields: object) => {
      const made = transferOf(
        { amount: 1000, currency: 'usd', destination: 'acct_x', transfer_group: id, metadata },
        1,
      );
      const object = { ...made, ...fields };
      return eventOf({ type: 'transfer.created', object, account: null }, 1);
    };
    const second = told({});
    expect(await tell(second)).toBe('failed');
    expect(await storedEntry(second.id)).toMatchObject({
      error: expect.stringContaining('was paid by'),
    });
    expect(await tell(told({ id: transfer?.id, amount: 999 }))).toBe('failed');
    expect(await tell(told({ metadata: { ...metadata, payoutId: 'absent' } }))).toBe('failed');
    expect(await tell(told({ metadata: {} }))).toBe('processed');
    // A connected account cannot tell of the platform's transfers.
    expect(await tell({ ...told({}), account: 'acct_evil' })).toBe('ignored');
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 1000 });
  });

  it('of a payout that somebody paid by hand meanwhile is an alarm, not a second payment', async () => {
    await approved();
    stripe.fake().fail('insufficient');
    await send();
    await markPaid(contextAt(org.admin, NOW), { payoutId: id, reference: 'bank 7' });
    const metadata = { orgId: org.orgId, payoutId: id, uid: org.rep.uid };
    const late = transferOf(
      { amount: 1000, currency: 'usd', destination: 'acct_x', transfer_group: id, metadata },
      1,
    );
    const event = eventOf({ type: 'transfer.created', object: late, account: null }, 1);
    expect(await tell(event)).toBe('failed');
    expect(await storedEntry(event.id)).toMatchObject({
      error: expect.stringContaining('paid by other means already (bank 7)'),
    });
  });
});

describe('the daily comparison', () => {
  const reconcile = (minutes = 10) =>
    reconcileStripe(invocationAt(later(minutes)), stripe.client(), handledTypes);

  it('settles everything when no webhook ever came', async () => {
    await approved();
    const real = stripe.client();
    const dying: StripePort = {
      ...real,
      createTransfer: async (order) => {
        await real.createTransfer(order);
        throw new Killed('killed');
      },
    };
    await expect(send(dying)).rejects.toThrow('killed');
    const account = await payByStripe(org, org.colleague, real, stripe.fake(), {
      isOnboarded: false,
    });
    stripe.fake().onboard(account);
    const [transfer] = sent();
    const transferId = transfer?.id ?? '';
    await real.reverseTransfer({
      ...{ transferId, amountMinor: 400, currency: 'USD', reversalId: 'r' },
    });
    const first = await reconcile();
    expect(first.repaired).toBeGreaterThanOrEqual(1);
    expect(await stored()).toMatchObject({ status: 'returned', returnedMinor: 400, transferId });
    // The events wait in the inbox, as if they had been delivered.
    const events = stripe
      .fake()
      .state.events.filter(
        ({ type, data, account: from }) =>
          Object(data).object.id === transferId || (type === 'account.updated' && from === account),
      );
    expect(events).toHaveLength(3);
    for (const event of events) {
      expect(await storedEntry(event.id)).toMatchObject({ status: 'pending' });
      expect(await tell(event)).toBe('processed');
    }
    const payee = await firestore().doc(`orgs/${org.orgId}/payees/${org.colleague.uid}`).get();
    expect(payee.get('transfersEnabled')).toBe(true);
    const again = await reconcile(20);
    expect(again).toMatchObject({ repaired: 0, recovered: 0 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ paid: 600, pending: 400, inTransit: 0 });
  });

  it('reports what it cannot repair', async () => {
    await approved();
    await send();
    const client = stripe.client();
    const account = await payByStripe(org, org.colleague, client, stripe.fake());
    const foreign = { orgId: org.orgId, uid: 'u', currency: 'USD', destination: account };
    const lost = await client.createTransfer({
      ...{ ...foreign, payoutId: `absent_${org.orgId}`, amountMinor: 7, attempt: 1 },
    });
    const twice = await client.createTransfer({
      ...{ ...foreign, payoutId: id, amountMinor: 1000, attempt: 7 },
    });
    const { findings, findingCount } = await reconcile();
    expect(findingCount).toBe(findings.length);
    const mine = findings.filter(({ orgId }) => orgId === org.orgId);
    expect(mine.map(({ kind, transferId }) => [kind, transferId])).toEqual(
      expect.arrayContaining([
        ['no_payout', lost.id],
        ['second_transfer', twice.id],
      ]),
    );
    expect(mine).toHaveLength(2);
    const date = later(10).toISOString().slice(0, 10);
    const summary = await firestore().doc(`reconciliations/${date}`).get();
    expect(summary.get('findingCount')).toBe(findingCount);
  });

  it('reports what is paid by a transfer that Stripe does not have, and what is stuck', async () => {
    await approved();
    await send();
    const ref = firestore().doc(`orgs/${org.orgId}/payouts/${id}`);
    await ref.update({ transferId: 'tr_gone', paidAt: later(-120) });
    const kinds = async (minutes: number) =>
      (await reconcile(minutes)).findings
        .filter(({ payoutId }) => payoutId === id)
        .map(({ kind }) => kind)
        .toSorted();
    expect(await kinds(10)).toEqual(['no_transfer', 'second_transfer']);
    await ref.update({ status: 'sending', transferId: 'tr_gone', sentAt: later(-3 * 24 * 60) });
    expect(await kinds(11)).toEqual(expect.arrayContaining(['not_sent']));
    // Left alone by the sweeps of other tests.
    await ref.update({ status: 'voided' });
  });
});

describe('many payouts of a period', () => {
  it('pay each payee once, from two tabs', async () => {
    const people = await payees(200);
    await close(org, PERIOD, CLOSED_AT);
    const ids = people.map((person) => payoutId(PERIOD, person));
    await pMap(ids, (which) => approve(org, which, CLOSED_AT), { concurrency: 16 });
    const tab = (now: Date) => async (part: string[]) =>
      sendPayouts(contextAt(org.admin, now), stripe.client(), { ids: part });
    const halves = [ids.slice(0, 100), ids.slice(100)];
    await Promise.all([...halves.map(tab(NOW)), ...halves.map(tab(later(0.01)))]);
    await sweep();
    const found = await payoutsOf(org);
    expect(ids.filter((which) => found[which]?.status !== 'paid')).toEqual([]);
    expect(ids.filter((which) => sent(which).length !== 1)).toEqual([]);
    expect(await breaches(org)).toEqual([]);
  }, 300_000);
});

/** So many people with accounts, each of whom has earned 1,000. */
async function payees(count: number): Promise<Member[]> {
  const client = stripe.client();
  return pMap(
    Array.from({ length: count }, (_, index) => `payee${index}`),
    async (name) => {
      const person = await addMember(org.orgId, name);
      await payByStripe(org, person, client, stripe.fake());
      await earn(org, person, 1000, OCTOBER);
      return person;
    },
    { concurrency: 16 },
  );
}

describe('approve, send and settle, cut at each call to Firestore and to Stripe', () => {
  /** What people and Stripe do, up to the cut. */
  async function run(which: string, meter: Meter): Promise<void> {
    const client = metered(stripe.client(), meter);
    const caller = (now: Date) => contextAt(org.admin, now, meter);
    const steps = [
      async () => {
        await approvePayout(caller(CLOSED_AT), which);
      },
      () => sendPayout(caller(NOW), client, which),
      async () => {
        const [transfer] = sent(which);
        if (transfer === undefined) return;
        await tell(eventAbout(stripe.fake(), 'transfer.created', transfer.id), NOW, meter);
      },
    ];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        if (!(error instanceof Killed || error instanceof ReplyLost)) throw error;
        return;
      }
    }
  }

  /** What happens afterwards by itself, and somebody who looks again after a while. */
  async function redrive(which: string): Promise<void> {
    const state = (await stored(which)).status;
    if (state === 'sending') await sweep();
    if (state === 'draft') await approve(org, which, CLOSED_AT);
    if (state === 'draft' || state === 'approved') await send(undefined, later(20), which);
    const [transfer] = sent(which);
    const event = eventAbout(stripe.fake(), 'transfer.created', transfer?.id ?? '');
    expect(await tell(event, later(60))).toBe('processed');
  }

  it('is one transfer, and the ledger says so', async () => {
    const [probed] = await payees(1);
    if (probed === undefined) throw new Error('nobody to pay');
    await close(org, PERIOD, CLOSED_AT);
    const probe = new DyingMeter(10_000, 'before');
    await run(payoutId(PERIOD, probed), probe);
    expect(await stored(payoutId(PERIOD, probed))).toMatchObject({ status: 'paid', version: 4 });
    const cuts = Array.from({ length: probe.calls }, (_, index) => index + 1).flatMap((call) => [
      { name: `${call} before`, meter: new DyingMeter(call, 'before') },
      { name: `${call} after`, meter: new DyingMeter(call, 'after') },
      { name: `${call} lost`, meter: new LostReplyMeter(call) },
    ]);
    expect(probe.calls).toBeGreaterThan(20);
    process.stdout.write(
      `approve, send, settle: ${probe.calls} calls, cut before, after and with the reply lost: ${cuts.length} cuts\n`,
    );
    org = await createOrganisation();
    const people = await payees(cuts.length);
    await close(org, PERIOD, CLOSED_AT);
    for (const [index, { name, meter }] of cuts.entries()) {
      const which = payoutId(PERIOD, people[index] ?? probed);
      await run(which, meter);
      await redrive(which);
      const payout = await stored(which);
      const transferIds = sent(which).map((transfer) => transfer.id);
      expect([name, payout.status, payout.attempts, transferIds]).toEqual([
        ...[name, 'paid', 1, [payout.transferId]],
      ]);
      expect(payout.version).toBe(4);
    }
    expect(await breaches(org)).toEqual([]);
    const paid = new Map<string, number>();
    for (const { ownerId, paidMinor, inTransitMinor } of Object.values(await ledgerOf(org.orgId))) {
      paid.set(ownerId, (paid.get(ownerId) ?? 0) + paidMinor - inTransitMinor);
    }
    expect([...paid.values()]).toEqual(people.map(() => 1000));
  }, 600_000);
});

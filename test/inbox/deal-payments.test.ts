import { beforeAll, describe, expect, it } from '@jest/globals';
import { inboxHandlers } from '../../functions/src/app/inbox-handlers.ts';
import type { Deal } from '../../functions/src/modules/deals/deals.schema.ts';
import { processEntry } from '../../functions/src/modules/inbox/inbox.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { eventOf, type StripeObject } from '../fakes/stripe-objects.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { storedEntry } from '../support/inbox.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { useStripe } from '../support/stripe.ts';

/** What customers pay for deals: through the door, the inbox and its handlers, as Stripe tells of it. */
const stripe = useStripe();
let org: Organisation;

beforeAll(async () => {
  org = await createOrganisation();
});

/** A deal of 1,000.00 that a customer is about to pay for. */
async function newDeal(fields: Partial<Deal> = {}) {
  const { orgId, rep } = org;
  const deal = dealOf(rep.principal, {
    stageId: org.stages.PROPOSAL,
    valueMinor: 100_000,
    ...fields,
  });
  const dealId = await storeDeal(orgId, deal);
  const currency = deal.currency.toLowerCase();
  return {
    dealId,
    purchase: { orgId, dealId, currency, amount: 100_000 },
    now: async () => {
      const stored = await storedDeal(orgId, dealId);
      if (stored === undefined) throw new Error(`deal ${dealId} is gone`);
      return stored;
    },
  };
}

async function told(event: StripeObject, meter?: Meter, at = new Date()) {
  await stripe.deliver(event);
  const ctx = invocationAt(at, meter === undefined ? {} : { meter });
  return processEntry(ctx, inboxHandlers, `stripe_${event.id}`);
}

/** The same thing told of under another event's id, as Stripe does now and then. */
function again(event: StripeObject): StripeObject {
  return { ...event, id: `evt_${newId()}` };
}

const linksOf = async (dealId: string) =>
  (
    await firestore()
      .collection(`orgs/${org.orgId}/paymentLinks`)
      .where('dealId', '==', dealId)
      .get()
  ).size;

describe('a customer who pays', () => {
  it('by a session, wins the deal', async () => {
    const deal = await newDeal();
    const { event } = stripe.fake().pay(deal.purchase);
    expect(await told(event)).toBe('processed');
    expect(await deal.now()).toMatchObject({
      ...{ paidMinor: 100_000, refundedMinor: 0, stageKind: 'won', stageKey: 'CLOSED_WON' },
      // One change for the payment, one for the stage.
      ...{ version: 3, updatedBy: 'system:stripe', closedAt: expect.any(Date) },
    });
  });

  it('by an invoice, which does not name its payment, wins it too', async () => {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().payInvoice(deal.purchase);
    expect(await told(event)).toBe('processed');
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'won' });
    expect(await told(stripe.fake().refund(charge.id, 40_000))).toBe('processed');
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 40_000 });
  });

  it('by an invoice of a subscription, which carries the deal further in', async () => {
    const deal = await newDeal();
    const { event } = stripe.fake().payInvoice(deal.purchase);
    const { metadata, ...invoice } = Object(event.data).object;
    const object = { ...invoice, metadata: {}, parent: { subscription_details: { metadata } } };
    await told(eventOf({ type: 'invoice.paid', object, account: null }, 1));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'won' });
  });

  it('counts once, however often and under whichever events it is told', async () => {
    const deal = await newDeal();
    const { event } = stripe.fake().pay(deal.purchase);
    const events = [event, event, again(event), again(event)];
    await Promise.allSettled(events.map((each) => told(each)));
    for (const each of events) await told(each, undefined, new Date(Date.now() + 60_000));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'won', version: 3 });
    expect(await linksOf(deal.dealId)).toBe(1);
  });

  it('in two payments has paid their sum, told of at once', async () => {
    const deal = await newDeal();
    const parts = [30_000, 70_000].map((amount) => stripe.fake().pay({ ...deal.purchase, amount }));
    await Promise.allSettled(parts.map(({ event }) => told(event)));
    for (const { event } of parts) await told(event, undefined, new Date(Date.now() + 60_000));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'won' });
  });

  it('wins a deal once: what people do with it afterwards stands', async () => {
    const deal = await newDeal();
    const { event } = stripe.fake().pay(deal.purchase);
    await told(event);
    const { stages, orgId } = org;
    const reopened = { stageId: stages.PROPOSAL, stageKind: 'open', closedAt: null, version: 4 };
    await firestore().doc(`orgs/${orgId}/deals/${deal.dealId}`).update(reopened);
    await told(again(event));
    expect(await deal.now()).toMatchObject({ stageKind: 'open', version: 4 });
  });

  it('leaves a lost deal lost, and one in the bin there', async () => {
    const lost = await newDeal({ stageKind: 'lost', stageId: org.stages.CLOSED_LOST });
    const binned = await newDeal({ deletedAt: new Date() });
    await told(stripe.fake().pay(lost.purchase).event);
    await told(stripe.fake().pay(binned.purchase).event);
    expect(await lost.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'lost' });
    expect(await binned.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'open' });
  });

  it('has not paid yet when the session is only complete', async () => {
    const deal = await newDeal();
    const { event } = stripe.fake().pay(deal.purchase);
    const session: StripeObject = { ...Object(event.data).object, payment_status: 'unpaid' };
    const at = Number(event.created);
    const unpaid = eventOf(
      { type: 'checkout.session.completed', object: session, account: null },
      at,
    );
    expect(await told(unpaid)).toBe('processed');
    expect(await deal.now()).toMatchObject({ paidMinor: 0, stageKind: 'open', version: 1 });
    const type = 'checkout.session.async_payment_succeeded';
    const object = { ...session, payment_status: 'paid' };
    await told(eventOf({ type, object, account: null }, at));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, stageKind: 'won' });
  });

  it('for something else is nothing to do', async () => {
    const { event } = stripe.fake().pay({ ...(await newDeal()).purchase, dealId: newId() });
    const session: StripeObject = { ...Object(event.data).object, metadata: {} };
    const other = eventOf({ type: String(event.type), object: session, account: null }, 1);
    expect(await told(other)).toBe('processed');
  });

  it('ends in the same whichever call the process dies at', async () => {
    let calls = 0;
    for (let call = 1; ; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const deal = await newDeal();
        const { event } = stripe.fake().pay(deal.purchase);
        const meter = new DyingMeter(call, when);
        const outcome = await told(event, meter).catch((error: unknown) => error);
        if (!meter.isDead) {
          expect(outcome).toBe('processed');
          expect(calls).toBeGreaterThanOrEqual(6);
          return;
        }
        expect(outcome).toBeInstanceOf(Killed);
        calls += 1;
        await told(event, undefined, new Date(Date.now() + 60_000));
        expect(await deal.now()).toMatchObject({ paidMinor: 100_000, version: 3 });
        expect(await storedEntry(event.id)).toMatchObject({ status: 'processed' });
      }
    }
  });
});

describe('a customer who gets money back', () => {
  it('in parts, never less than before, in any order', async () => {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().pay(deal.purchase);
    await told(event);
    const first = stripe.fake().refund(charge.id, 25_000);
    const second = stripe.fake().refund(charge.id, 60_000);
    await told(second);
    expect(await deal.now()).toMatchObject({ refundedMinor: 60_000 });
    const { version } = await deal.now();
    await told(first);
    await told(again(second));
    expect(await deal.now()).toMatchObject({ refundedMinor: 60_000, version });
    await told(stripe.fake().refund(charge.id));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 100_000 });
  });

  it('before the payment is told of: the charge says both', async () => {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().pay(deal.purchase);
    expect(await told(stripe.fake().refund(charge.id, 25_000))).toBe('processed');
    expect(await deal.now()).toMatchObject({
      ...{ paidMinor: 100_000, refundedMinor: 25_000, stageKind: 'open' },
    });
    await told(event);
    expect(await deal.now()).toMatchObject({
      ...{ paidMinor: 100_000, refundedMinor: 25_000, stageKind: 'won' },
    });
    expect(await linksOf(deal.dealId)).toBe(1);
  });

  it('on an unmarked charge before the payment is told of: later, when it is known', async () => {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().pay({ ...deal.purchase, isChargeMarked: false });
    const refund = stripe.fake().refund(charge.id, 25_000);
    await expect(told(refund)).rejects.toThrow(/not recorded for any deal yet/);
    expect(await storedEntry(refund.id)).toMatchObject({ status: 'pending', attempts: 1 });
    await told(event);
    expect(await told(refund, undefined, new Date(Date.now() + 60_000))).toBe('processed');
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 25_000 });
  });

  it('on one of two payments', async () => {
    const deal = await newDeal();
    const first = stripe.fake().pay({ ...deal.purchase, amount: 30_000 });
    const second = stripe.fake().pay({ ...deal.purchase, amount: 70_000 });
    await told(first.event);
    await told(second.event);
    await told(stripe.fake().refund(first.charge.id));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 30_000 });
  });
});

describe('a customer who disputes', () => {
  async function disputed(amount = 100_000) {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().pay(deal.purchase);
    await told(event);
    return { deal, charge, ...stripe.fake().dispute(charge.id, amount) };
  }
  const change = (dispute: StripeObject, status: string, what: string) =>
    stripe.fake().changeDispute(dispute.id, status, `charge.dispute.${what}`);

  it('has the money, until the dispute is won', async () => {
    const { deal, dispute, event } = await disputed();
    await told(event);
    await told(change(dispute, 'needs_response', 'funds_withdrawn'));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 100_000 });
    await told(change(dispute, 'won', 'closed'));
    await told(change(dispute, 'won', 'funds_reinstated'));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 0 });
  });

  it('keeps it when the dispute is lost', async () => {
    const { deal, dispute, event } = await disputed(40_000);
    await told(event);
    await told(change(dispute, 'lost', 'closed'));
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 40_000 });
  });

  it('is told of in another order, and comes to the same', async () => {
    const { deal, dispute, event } = await disputed();
    const withdrawn = change(dispute, 'needs_response', 'funds_withdrawn');
    const won = change(dispute, 'won', 'closed');
    for (const each of [won, withdrawn, event, again(won), again(withdrawn)]) await told(each);
    expect(await deal.now()).toMatchObject({ refundedMinor: 0 });
  });

  it('has nothing of a mere inquiry', async () => {
    const { deal, dispute } = await disputed();
    await told(change(dispute, 'warning_needs_response', 'created'));
    expect(await deal.now()).toMatchObject({ refundedMinor: 0 });
  });

  it('never has more back than was paid', async () => {
    const { deal, charge, event } = await disputed(100_000);
    await told(stripe.fake().refund(charge.id, 30_000));
    await told(event);
    expect(await deal.now()).toMatchObject({ paidMinor: 100_000, refundedMinor: 100_000 });
  });

  it('fails visibly when Stripe has a state that is not known', async () => {
    const { dispute } = await disputed();
    const event = change(dispute, 'pondered', 'updated');
    expect(await told(event)).toBe('failed');
    expect((await storedEntry(event.id))?.error).toMatch(/not known here/);
  });
});

describe('what cannot be recorded fails visibly', () => {
  it.each(['pay', 'refund'] as const)('in another currency: %s', async (what) => {
    const deal = await newDeal();
    const { charge, event } = stripe.fake().pay({ ...deal.purchase, currency: 'eur' });
    const sent = what === 'pay' ? event : stripe.fake().refund(charge.id);
    expect(await told(sent)).toBe('failed');
    expect((await storedEntry(sent.id))?.error).toMatch(/in EUR and deal '.*' in USD/);
    expect(await deal.now()).toMatchObject({ paidMinor: 0, refundedMinor: 0, version: 1 });
  });

  it('for a deal that is not there, or of another organisation', async () => {
    const { purchase } = await newDeal();
    for (const wrong of [{ dealId: newId() }, { orgId: newId() }]) {
      const { event } = stripe.fake().pay({ ...purchase, ...wrong });
      expect(await told(event)).toBe('failed');
      expect((await storedEntry(event.id))?.error).toMatch(/There is no deal/);
    }
  });

  it('for ids that lead elsewhere', async () => {
    const { purchase } = await newDeal();
    const { event } = stripe.fake().pay({ ...purchase, orgId: 'a/deals/b' });
    expect(await told(event)).toBe('failed');
  });

  it('when a payment is said to be for another deal than before', async () => {
    const [one, other] = [await newDeal(), await newDeal()];
    const { event } = stripe.fake().pay(one.purchase);
    await told(event);
    const session: StripeObject = Object(event.data).object;
    const object = { ...session, metadata: { orgId: org.orgId, dealId: other.dealId } };
    expect(await told(eventOf({ type: String(event.type), object, account: null }, 1))).toBe(
      'failed',
    );
    expect(await other.now()).toMatchObject({ paidMinor: 0 });
  });
});

it('takes nothing about the platform’s money from a connected account, whose owner could make it up', async () => {
  const deal = await newDeal();
  const { event } = stripe.fake().pay(deal.purchase);
  expect(await told({ ...again(event), account: 'acct_mallory' })).toBe('ignored');
  expect(await deal.now()).toMatchObject({ paidMinor: 0, stageKind: 'open', version: 1 });
});

it('reads amounts in Stripe’s units', async () => {
  const deal = await newDeal({ currency: 'JPY', valueMinor: 5000 });
  await told(stripe.fake().pay({ ...deal.purchase, amount: 5000 }).event);
  expect(await deal.now()).toMatchObject({ paidMinor: 5000 });
  const krona = await newDeal({ currency: 'ISK', valueMinor: 5000 });
  await told(stripe.fake().pay({ ...krona.purchase, amount: 500_000 }).event);
  expect(await krona.now()).toMatchObject({ paidMinor: 5000 });
});

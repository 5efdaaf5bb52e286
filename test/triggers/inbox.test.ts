import { beforeAll, describe, expect, it } from '@jest/globals';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { STRIPE_FAKE_WEBHOOK_SECRET } from '../fakes/stripe.ts';
import { eventOf, stripeId } from '../fakes/stripe-objects.ts';
import { bodyOf, stripeSignature } from '../fakes/stripe-wire.ts';
import { storedDeal } from '../support/deals.ts';
import { storedEntry } from '../support/inbox.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { platformSetting } from '../support/platform.ts';
import { request, textIn } from '../support/request.ts';
import { until } from '../support/until.ts';

// Over real HTTP: the served door, its raw body, and the trigger behind it.
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

function served(body: string, signature: string): Promise<Response> {
  return fetch(`${platformSetting('SPLITLINE_HOSTING_URL')}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature },
    body,
  });
}

describe('on the running platform', () => {
  it('a customer who pays at Stripe wins the deal', async () => {
    const token = await org.rep.token();
    const created = await request('POST /api/deals', {
      token,
      body: { title: 'Paid', value: 250 },
    });
    const dealId = textIn(created.body, 'id');
    const form = { orgId: org.orgId, dealId, amount: '25000', currency: 'usd' };
    const paid = await fetch(`${platformSetting('SPLITLINE_STRIPE_URL')}/pay`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(form) },
    });
    expect(paid.status).toBe(303);
    const deal = await until(`deal ${dealId} to be won`, async () => {
      const stored = await storedDeal(org.orgId, dealId);
      return stored?.stageKind === 'won' ? stored : undefined;
    });
    expect(deal).toMatchObject({ paidMinor: 25_000, refundedMinor: 0 });
    const entry = await until('the delivery to be processed', async () => {
      const { docs } = await firestore().collection('inbox').where('orgId', '==', org.orgId).get();
      return docs.find((doc) => doc.get('status') === 'processed');
    });
    expect(entry.get('type')).toBe('checkout.session.completed');
  });

  it('takes the body as it was signed, and no other', async () => {
    const object = { id: stripeId('obj'), object: 'plan', name: 'Größe "M"' };
    const event = eventOf({ type: 'plan.created', object, account: null }, 1);
    const body = bodyOf(event);
    const signature = stripeSignature(body, STRIPE_FAKE_WEBHOOK_SECRET);
    const altered = await served(JSON.stringify(event), signature);
    expect([altered.status, Object(await altered.json()).field]).toEqual([400, 'Stripe-Signature']);
    expect((await served(body, signature)).status).toBe(200);
    await until('the delivery to be ignored', async () => {
      const entry = await storedEntry(event.id);
      return entry?.status === 'ignored' ? entry : undefined;
    });
  });
});

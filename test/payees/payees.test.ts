import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StripePort } from '../../functions/src/integrations/stripe/stripe.port.ts';
import { StripePermanentError } from '../../functions/src/integrations/stripe/stripe.port.ts';
import { payeeSchema } from '../../functions/src/modules/payees/payees.schema.ts';
import { beginOnboarding } from '../../functions/src/modules/payees/payees.service.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import { eventOf } from '../fakes/stripe-objects.ts';
import { contextAt } from '../payouts/payout-world.ts';
import { metered, payByStripe, tell } from '../payouts/stripe-world.ts';
import { as } from '../support/as.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { useStripe } from '../support/stripe.ts';

const stripe = useStripe();
const ONBOARDING = 'POST /api/payees/me/onboarding';
const ME = 'GET /api/payees/me';

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
});

async function stored({ uid }: Pick<Member, 'uid'> = org.rep) {
  const snapshot = await firestore().doc(`orgs/${org.orgId}/payees/${uid}`).get();
  return snapshot.exists ? payeeSchema.parse(timestampsToDates(snapshot.data())) : undefined;
}

/** The accounts that Stripe has for somebody. */
function accounts({ uid }: Pick<Member, 'uid'> = org.rep) {
  return stripe.fake().state.accounts.filter(({ metadata }) => Object(metadata).uid === uid);
}

const begin = (client: StripePort, country?: string, meter?: Meter) =>
  beginOnboarding(contextAt(org.rep, new Date(), meter), client, {
    ...(country === undefined ? {} : { country }),
  });

describe('onboarding', () => {
  it('opens one account, and a new link each time', async () => {
    const first = await as(org.rep, ONBOARDING, { country: 'DE' });
    expect(first).toMatchObject({ status: 200, body: { expiresAt: expect.any(String) } });
    const second = await as(org.rep, ONBOARDING);
    expect(textIn(second.body, 'url')).not.toBe(textIn(first.body, 'url'));
    const [account, ...more] = accounts();
    expect(more).toEqual([]);
    expect(account).toMatchObject({
      ...{ country: 'DE', type: 'express' },
      metadata: { orgId: org.orgId, uid: org.rep.uid },
    });
    expect(await as(org.rep, ME)).toMatchObject({
      status: 200,
      body: { state: 'incomplete', country: 'DE', stripeAccountId: account?.id },
    });
    stripe.fake().onboard(account?.id ?? '');
    await as(org.rep, ONBOARDING);
    expect(await as(org.rep, ME)).toMatchObject({ body: { state: 'ready', requirements: [] } });
  });

  it('asks for the country once, and keeps to it', async () => {
    expect(await as(org.rep, ONBOARDING, {})).toMatchObject({
      ...{ status: 422, body: { field: 'country' } },
    });
    expect(await as(org.rep, ONBOARDING, { country: 'de' })).toMatchObject({ status: 422 });
    expect(await as(org.rep, ONBOARDING, { country: 'FR' })).toMatchObject({ status: 200 });
    expect(await as(org.rep, ONBOARDING, { country: 'DE' })).toMatchObject({
      ...{ status: 422, body: { field: 'country', error: expect.stringContaining('one of FR') } },
    });
    expect(accounts()).toHaveLength(1);
  });

  it('from two tabs, also for two countries, opens one account', async () => {
    const client = stripe.client();
    const ends = await Promise.allSettled([
      ...['US', 'US', 'DE', 'US'].map((country) => begin(client, country)),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(accounts()).toHaveLength(1);
    expect(await stored()).toMatchObject({
      ...{ stripeAccountId: accounts()[0]?.id, country: accounts()[0]?.country },
    });
  });

  it('cut at any call to Firestore or Stripe, opens one account when it is begun again', async () => {
    const probe = new DyingMeter(1000, 'before');
    await begin(metered(stripe.client(), probe), 'US', probe);
    expect(probe.calls).toBeGreaterThan(6);
    process.stdout.write(`onboarding: ${probe.calls} calls, ${3 * probe.calls} cuts\n`);
    for (let call = 1; call <= probe.calls; call += 1) {
      for (const meter of [
        new DyingMeter(call, 'before'),
        new DyingMeter(call, 'after'),
        new LostReplyMeter(call),
      ]) {
        org = await createOrganisation();
        const cut = begin(metered(stripe.client(), meter), 'US', meter);
        await cut.catch((error: unknown) => {
          const isCut = error instanceof Killed || error instanceof ReplyLost;
          if (!isCut && Object(error).code !== 'unavailable') throw error;
        });
        await begin(stripe.client(), 'US');
        const ids = accounts().map(({ id }) => id);
        expect([call, ids]).toEqual([call, [(await stored())?.stripeAccountId]]);
      }
    }
  }, 300_000);

  it('lets another country be chosen when Stripe refuses one', async () => {
    const client: StripePort = {
      ...stripe.client(),
      createAccount: () => Promise.reject(new StripePermanentError('country', 'not there')),
    };
    await expect(begin(client, 'KP')).rejects.toMatchObject({
      ...{ code: 'failed-precondition', field: 'country' },
    });
    await begin(stripe.client(), 'US');
    expect(await stored()).toMatchObject({ country: 'US' });
  });

  it('says so when Stripe does not answer', async () => {
    stripe.fake().fail('error');
    const refused = begin(stripe.client({ maxRetries: 0 }), 'US');
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('payees', () => {
  it('are seen by those who see their payouts', async () => {
    await payByStripe(org, org.rep, stripe.client(), stripe.fake());
    const names = async (person: Member) =>
      listIn((await as(person, 'GET /api/payees')).body, 'payees').map((each) =>
        textIn(each, 'payeeId'),
      );
    expect(await names(org.admin)).toEqual(
      expect.arrayContaining([org.admin.uid, org.rep.uid, org.rep2.uid]),
    );
    const east = await names(org.manager);
    expect(east).toEqual(expect.arrayContaining([org.rep.uid, org.colleague.uid]));
    expect(east).not.toContain(org.rep2.uid);
    expect(await names(org.otherManager)).not.toContain(org.rep.uid);
    expect(await as(org.rep, 'GET /api/payees')).toMatchObject({ status: 403 });
    expect(await as(org.colleague, ME)).toMatchObject({
      body: { payeeId: org.colleague.uid, state: 'not_started', stripeAccountId: null },
    });
    const page = await as(org.admin, 'GET /api/payees?limit=2');
    expect(listIn(page.body, 'payees')).toHaveLength(2);
    const next = textIn(page.body, 'nextCursor');
    const rest = await as(org.admin, `GET /api/payees?limit=2&cursor=${encodeURIComponent(next)}`);
    expect(rest).toMatchObject({ status: 200 });
  });
});

describe('what Stripe tells of a payee', () => {
  it('is asked for again, so the order of the events does not matter', async () => {
    const client = stripe.client();
    const account = await payByStripe(org, org.rep, client, stripe.fake(), { isOnboarded: false });
    const object = accounts()[0];
    if (object === undefined) throw new Error('there is no account');
    const stale = eventOf({ type: 'account.updated', object, account }, 1);
    stripe.fake().onboard(account);
    expect(await tell(stale)).toBe('processed');
    expect(await stored()).toMatchObject({ transfersEnabled: true, payoutsEnabled: true });
    expect(await tell(stale)).toBe('processed');
  });

  it('stores an account whose opening was cut short, and no second one', async () => {
    const client = stripe.client();
    const holder = { orgId: org.orgId, uid: org.rep.uid };
    const { id } = await client.createAccount({ ...holder, country: 'US' });
    const updated = stripe.fake().onboard(id);
    expect(updated.id).toBe(id);
    const events = () => stripe.fake().state.events.filter(({ account }) => account === id);
    for (const event of events()) expect(await tell(event)).toBe('processed');
    expect(await stored()).toMatchObject({ stripeAccountId: id, transfersEnabled: true });
    const other = await client.createAccount({ ...holder, country: 'DE' });
    stripe.fake().onboard(other.id);
    for (const event of stripe.fake().state.events.slice(-1)) await tell(event);
    expect(await stored()).toMatchObject({ stripeAccountId: id });
  });

  it('of an account that is nobody’s changes nothing', async () => {
    const client = stripe.client();
    const { id } = await client.createAccount({ orgId: org.orgId, uid: 'nobody', country: 'US' });
    stripe.fake().onboard(id);
    for (const event of stripe.fake().state.events.slice(-1)) {
      expect(await tell(event)).toBe('processed');
    }
    expect(await stored({ uid: 'nobody' })).toBeUndefined();
  });

  it('about the bank is the latest, and a failure is shown', async () => {
    const account = await payByStripe(org, org.rep, stripe.client(), stripe.fake());
    const money = { amount: 1000, currency: 'usd' };
    const paid = stripe.fake().payOut(account, { ...money, status: 'paid' });
    const failed = stripe.fake().payOut(account, { ...money, status: 'failed' });
    for (const event of [failed, paid, failed]) expect(await tell(event)).toBe('processed');
    const shown = await as(org.rep, ME);
    expect(shown).toMatchObject({
      body: {
        ...{ state: 'bank_refused', transfersEnabled: true },
        message: expect.stringContaining('The bank account has been closed.'),
        bank: { status: 'failed' },
      },
    });
    const mended = { ...paid, id: `${paid.id}later`, created: Number(paid.created) + 60 };
    expect(await tell(mended)).toBe('processed');
    expect(await as(org.rep, ME)).toMatchObject({ body: { state: 'ready' } });
    // An older failure that comes late does not undo it.
    expect(await tell({ ...failed, id: `${failed.id}again` })).toBe('processed');
    expect(await as(org.rep, ME)).toMatchObject({ body: { state: 'ready' } });
  });
});

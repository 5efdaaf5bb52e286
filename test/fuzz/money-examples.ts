import { approve, orderedPeriod, storeDraft } from '../payouts/payout-world.ts';
import { as } from '../support/as.ts';
import type { Member } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const page = { limit: '5' };
const nothing = async () => ({});

/** Makes something as somebody who is no administrator. */
async function madeBy(person: Member, path: string, body: object): Promise<string> {
  const answer = await as(person, `POST ${path}`, body);
  if (answer.status !== 201) throw new Error(`not made: ${path} ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}

function newTerms({ org }: FuzzWorld) {
  return {
    currency: 'USD',
    rules: [
      { kind: 'percent', rateBps: 1000, role: 'closer' },
      { kind: 'fixed', amountMinor: 500, role: null },
      { kind: 'override', rateBps: 200 },
    ],
    capMinor: 500_000,
    floorMinor: 100,
    assignment: { everyone: false, teamIds: [], userIds: [org.rep2.uid] },
    effectiveFrom: '2026-01-01T00:00:00Z',
    effectiveTo: '2099-01-01T00:00:00Z',
  };
}
const newPlan = (w: FuzzWorld) => w.make('/api/plans', { name: 'Field', terms: newTerms(w) });
const planOf = async (w: FuzzWorld) => ({ params: { id: await newPlan(w) } });

/** An entry of the rep's, made by an adjustment that the manager asked for. */
async function newEntry(w: FuzzWorld): Promise<string> {
  const id = await requested(w);
  const { status } = await as(w.org.admin, `POST /api/adjustments/${id}/approve`, {});
  if (status !== 200) throw new Error(`not approved: ${status}`);
  return `adjustment_${id}`;
}

const plans = {
  'GET /api/plans': async () => ({ query: { archived: 'false' } }),
  'POST /api/plans': async (w: FuzzWorld) => ({
    body: { name: 'Inside sales', description: 'For those inside', terms: newTerms(w) },
  }),
  'GET /api/plans/{id}': planOf,
  'PATCH /api/plans/{id}': async (w: FuzzWorld) => ({
    ...(await planOf(w)),
    body: { name: 'Field sales', description: null },
  }),
  'POST /api/plans/{id}/versions': async (w: FuzzWorld) => ({
    ...(await planOf(w)),
    body: newTerms(w),
  }),
  'DELETE /api/plans/{id}': planOf,
};

const earnings = {
  'GET /api/earnings/plans': nothing,
  'GET /api/earnings/balance': async (w: FuzzWorld) => ({
    query: { userId: w.org.rep.uid, asOf: '2026-01-31T00:00:00Z' },
  }),
  'GET /api/earnings/statement': async (w: FuzzWorld) => ({
    query: {
      ...{ ...page, userId: w.org.rep.uid, from: '2026-01-01', to: '2026-01-31' },
      ...{ asOf: '2026-02-28T00:00:00Z', format: 'json', locale: 'en-US' },
    },
  }),
  'GET /api/earnings/entries/{id}/explain': async (w: FuzzWorld) => ({
    params: { id: await newEntry(w) },
    query: { locale: 'de-DE' },
  }),
  'GET /api/deals/{id}/earnings': async (w: FuzzWorld) => ({
    params: { id: await w.fresh('deals') },
    query: { locale: 'de-DE' },
  }),
  'POST /api/deals/{id}/earnings/preview': async (w: FuzzWorld) => ({
    params: { id: await w.fresh('deals') },
    body: { value: 2000.5, currency: 'USD', splits: halves(w), locale: 'de-DE' },
  }),
};

function halves({ org }: FuzzWorld) {
  return [
    { uid: org.rep.uid, shareBps: 6000, role: 'closer' },
    { uid: org.colleague.uid, shareBps: 4000 },
  ];
}

async function wonDeal(w: FuzzWorld): Promise<string> {
  const id = await w.fresh('deals');
  await as(w.org.admin, `PATCH /api/deals/${id}`, { stage: 'CLOSED_WON' });
  return id;
}

async function disputeOfRep(w: FuzzWorld): Promise<string> {
  const dealId = await w.make('/api/deals', { title: 'Shop', value: 5, ownerId: w.org.rep.uid });
  return madeBy(w.org.rep, '/api/disputes', { dealId, reason: 'It was won by me' });
}

/** Asked for by the manager: nobody approves what they asked for. */
function requested(w: FuzzWorld): Promise<string> {
  const body = { payeeId: w.org.rep.uid, amountMinor: 100, currency: 'USD', reason: 'Bonus' };
  return madeBy(w.org.manager, '/api/adjustments', body);
}

const corrections = {
  'POST /api/deals/{id}/restatement/preview': async (w: FuzzWorld) => ({
    params: { id: await wonDeal(w) },
    body: { splits: halves(w), repin: false },
  }),
  'POST /api/deals/{id}/restatement': async (w: FuzzWorld) => ({
    params: { id: await wonDeal(w) },
    body: { splits: halves(w), repin: false, reason: 'Half each', version: 2 },
  }),
  'GET /api/disputes': async (w: FuzzWorld) => ({
    query: { ...page, status: 'open', dealId: await w.fresh('deals') },
  }),
  'POST /api/disputes': async (w: FuzzWorld) => ({
    body: {
      ...{ dealId: await w.fresh('deals'), contestedMinor: 0, currency: 'USD' },
      ...{ expectedMinor: 5000, reason: 'It was won by me' },
    },
  }),
  'GET /api/disputes/{id}': async (w: FuzzWorld) => ({ params: { id: await disputeOfRep(w) } }),
  'POST /api/disputes/{id}/comments': async (w: FuzzWorld) => ({
    params: { id: await disputeOfRep(w) },
    body: { text: 'Which rate?' },
  }),
  'POST /api/disputes/{id}/withdraw': async (w: FuzzWorld) => ({
    params: {
      id: await w.make('/api/disputes', { dealId: await w.fresh('deals'), reason: 'Mine' }),
    },
  }),
  'POST /api/disputes/{id}/resolve': async (w: FuzzWorld) => ({
    params: { id: await disputeOfRep(w) },
    body: { outcome: 'upheld', note: 'Agreed', adjustmentMinor: 100 },
  }),
  'GET /api/adjustments': async (w: FuzzWorld) => ({
    query: { ...page, status: 'requested', payeeId: w.org.rep.uid },
  }),
  'POST /api/adjustments': async (w: FuzzWorld) => ({
    body: {
      ...{ payeeId: w.org.rep.uid, amountMinor: -100, currency: 'USD', reason: 'Correction' },
      dealId: await w.fresh('deals'),
    },
  }),
  'GET /api/adjustments/{id}': async (w: FuzzWorld) => ({ params: { id: await requested(w) } }),
  'POST /api/adjustments/{id}/approve': async (w: FuzzWorld) => ({
    params: { id: await requested(w) },
    body: { note: 'Fine' },
  }),
  'POST /api/adjustments/{id}/reject': async (w: FuzzWorld) => ({
    params: { id: await requested(w) },
    body: { note: 'No' },
  }),
};

const draftOf = async (w: FuzzWorld) => ({
  params: { id: await storeDraft(w.org, await w.freshMember()) },
});
const periodOf = async (w: FuzzWorld) => ({ params: { id: await orderedPeriod(w.org) } });

async function approved(w: FuzzWorld) {
  return approvedOf(w, await w.freshMember());
}

async function approvedOf(w: FuzzWorld, payee: Member) {
  const id = await storeDraft(w.org, payee);
  await approve(w.org, id, new Date());
  return { params: { id } };
}

const payouts = {
  'GET /api/payouts': async (w: FuzzWorld) => ({
    query: { ...page, periodId: '2024-01-01', status: 'draft', payeeId: w.org.rep.uid },
  }),
  'GET /api/payouts/{id}': draftOf,
  'GET /api/payouts.csv': async (w: FuzzWorld) => ({
    query: { periodId: await orderedPeriod(w.org) },
  }),
  'POST /api/payouts/approve': async (w: FuzzWorld) => ({
    isBatch: true,
    body: { ids: [(await draftOf(w)).params.id] },
  }),
  'POST /api/payouts/{id}/approve': draftOf,
  'POST /api/payouts/{id}/void': async (w: FuzzWorld) => ({
    ...(await draftOf(w)),
    body: { reason: 'Wrong account' },
  }),
  'POST /api/payouts/{id}/mark-paid': async (w: FuzzWorld) => ({
    ...(await approved(w)),
    body: { reference: 'SEPA 2026-11', amountMinor: 1000 },
  }),
  'GET /api/payout-settings': nothing,
  'PUT /api/payout-settings': async () => ({ body: { schedule: 'semimonthly' } }),
  'GET /api/periods': async () => ({ query: page }),
  'GET /api/periods/{id}': periodOf,
  'GET /api/periods/{id}/preview': async (w: FuzzWorld) => ({
    ...(await periodOf(w)),
    query: page,
  }),
  'POST /api/periods/{id}/close': periodOf,
  // Batches tell of each payout that its payee has no account at Stripe.
  'POST /api/payouts/send': async (w: FuzzWorld) => ({
    isBatch: true,
    body: { ids: [(await approved(w)).params.id] },
  }),
  'POST /api/payouts/{id}/send': async (w: FuzzWorld) => {
    const payee = await w.freshMember();
    await w.openStripeAccount(payee);
    return approvedOf(w, payee);
  },
  'GET /api/payees': async () => ({ query: page }),
  'GET /api/payees/me': nothing,
  'POST /api/payees/me/onboarding': async () => ({ body: { country: 'US' } }),
};

/** The examples of what people earn and are paid. */
export const moneyExamples = { ...plans, ...earnings, ...corrections, ...payouts };

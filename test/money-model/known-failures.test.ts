/** The known ways in which commission systems fail, each by the name people have for it. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { deals } from '../../functions/src/modules/deals/deals.public.ts';
import { newPlanSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import { publishPlanVersion } from '../../functions/src/modules/plans/plans.service.ts';
import { updateRecord } from '../../functions/src/platform/records.ts';
import { runUnitOfWork } from '../../functions/src/platform/run-unit-of-work.ts';
import { as } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { DealTriggers, earnedBy, ledgerOf, planFor } from '../support/earnings.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { type Answer, textIn } from '../support/request.ts';

let org: Organisation;
let triggers: DealTriggers;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
});

const percent = (rateBps: number) => ({ kind: 'percent' as const, rateBps });

async function newDeal(value = 1000): Promise<string> {
  const { body } = await as(org.rep, 'POST /api/deals', { title: 'Website', value });
  const id = textIn(body, 'id');
  await triggers.follow(id);
  return id;
}

async function patch(id: string, body: object): Promise<void> {
  expect(await as(org.admin, `PATCH /api/deals/${id}`, body)).toMatchObject({ status: 200 });
  await triggers.follow(id);
}

async function wonDeal(value = 1000): Promise<string> {
  const id = await newDeal(value);
  await patch(id, { stage: 'CLOSED_WON' });
  return id;
}

/** As the provider's report changes the deal. */
async function refund(id: string, refundedMinor: number): Promise<void> {
  const ctx = contextOf(org.admin.principal);
  await runUnitOfWork(ctx, org.orgId, async (unit) => {
    const deal = await unit.get(deals, id);
    const change = { actor: 'system:stripe', now: ctx.now };
    updateRecord(unit, deals, deal, { paidMinor: deal.valueMinor, refundedMinor }, change);
  });
  await triggers.follow(id);
}

const of = ({ uid }: Member, currency = 'USD') => `${uid} ${currency}`;

/** How much is earned, and in how many postings. */
async function books(): Promise<{ earned: Record<string, number>; postings: number }> {
  const earned = Object.entries(await earnedBy(org.orgId)).filter(([, minor]) => minor !== 0);
  const postings = Object.keys(await ledgerOf(org.orgId)).length;
  return { earned: Object.fromEntries(earned), postings };
}

describe('a plan edited after the win', () => {
  it('re-prices nothing', async () => {
    const { plan } = await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    const before = await ledgerOf(org.orgId);
    const { terms } = newPlanSchema.parse({
      name: 'Plan',
      terms: {
        rules: [percent(5000)],
        assignment: { everyone: true },
        effectiveFrom: '2000-01-01T00:00:00Z',
      },
    });
    await publishPlanVersion(contextOf(org.admin.principal), plan.id, terms);
    await patch(id, { title: 'Website, second edition' });
    expect(await ledgerOf(org.orgId)).toEqual(before);
    await patch(id, { value: 2000, currency: 'USD' });
    expect(await books()).toEqual({ earned: { [of(org.rep)]: 20_000 }, postings: 2 });
  });

  it('and not when it is archived either', async () => {
    const { plan } = await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    const answer = await as(org.admin, `DELETE /api/plans/${plan.id}`);
    expect(answer.status).toBeLessThan(300);
    await patch(id, { value: 2000, currency: 'USD' });
    expect((await books()).earned).toEqual({ [of(org.rep)]: 20_000 });
  });
});

describe('a rate changed between win and payout', () => {
  it('is for the deals that are won afterwards', async () => {
    const { plan } = await planFor(org, [percent(1000)]);
    await wonDeal();
    const { terms } = newPlanSchema.parse({
      name: 'Plan',
      terms: { rules: [percent(500)], assignment: { everyone: true } },
    });
    await publishPlanVersion(contextOf(org.admin.principal), plan.id, terms);
    await wonDeal();
    expect(await books()).toEqual({ earned: { [of(org.rep)]: 10_000 + 5000 }, postings: 2 });
  });
});

describe('a close date moved into another period', () => {
  it('pays once', async () => {
    await planFor(org, [percent(1000)]);
    const id = await newDeal();
    await patch(id, { expectedCloseDate: '2030-01-31' });
    await patch(id, { stage: 'CLOSED_WON' });
    const before = await ledgerOf(org.orgId);
    await patch(id, { expectedCloseDate: '2030-02-01' });
    await patch(id, { expectedCloseDate: '2030-01-31' });
    expect(await ledgerOf(org.orgId)).toEqual(before);
    expect(await books()).toEqual({ earned: { [of(org.rep)]: 10_000 }, postings: 1 });
  });
});

describe('a refund', () => {
  it('takes back the commission on what was refunded, in part and then in full', async () => {
    await planFor(org, [percent(1000), { kind: 'override', rateBps: 200 }]);
    const id = await wonDeal();
    await refund(id, 25_000);
    expect((await books()).earned).toEqual({ [of(org.rep)]: 7500, [of(org.manager)]: 1500 });
    await refund(id, 100_000);
    expect(await books()).toEqual({ earned: {}, postings: 6 });
    const reasons = Object.values(await ledgerOf(org.orgId)).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'clawback')).toHaveLength(4);
  });

  it('counts when the deal is won after it', async () => {
    await planFor(org, [percent(1000)]);
    const id = await newDeal();
    await refund(id, 40_000);
    await patch(id, { stage: 'CLOSED_WON' });
    expect((await books()).earned).toEqual({ [of(org.rep)]: 6000 });
  });
});

describe('a split that sums to 99.99 %', () => {
  it.each([
    ['too little', 9999],
    ['too much', 10_001],
  ])('is refused: %s', async (_what, sum) => {
    const id = await newDeal();
    const splits = [
      { uid: org.rep.uid, shareBps: 5000 },
      { uid: org.colleague.uid, shareBps: sum - 5000 },
    ];
    const answer: Answer = await as(org.admin, `PATCH /api/deals/${id}`, { splits });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain('10000');
  });

  it('is taken at exactly the whole, and pays every cent of it', async () => {
    await planFor(org, [percent(1000)]);
    const id = await newDeal(1000.05);
    const splits = [
      { uid: org.rep.uid, shareBps: 3333 },
      { uid: org.colleague.uid, shareBps: 6667 },
    ];
    await patch(id, { splits });
    await patch(id, { stage: 'CLOSED_WON' });
    expect((await books()).earned).toEqual({ [of(org.rep)]: 3333, [of(org.colleague)]: 6668 });
  });
});

describe('a deal that is won again', () => {
  it('pays by the plan of its second win', async () => {
    const { plan } = await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    await patch(id, { stage: 'NEGOTIATION' });
    expect((await books()).earned).toEqual({});
    const { terms } = newPlanSchema.parse({
      name: 'Plan',
      terms: { rules: [percent(2000)], assignment: { everyone: true } },
    });
    await publishPlanVersion(contextOf(org.admin.principal), plan.id, terms);
    await patch(id, { stage: 'CLOSED_WON' });
    expect(await books()).toEqual({ earned: { [of(org.rep)]: 20_000 }, postings: 3 });
  });
});

describe('a deal in the bin', () => {
  it('earns nothing until it is restored, and then the same again', async () => {
    await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    expect((await as(org.admin, `DELETE /api/deals/${id}`)).status).toBeLessThan(300);
    await triggers.follow(id);
    expect(await books()).toEqual({ earned: {}, postings: 2 });
    expect((await as(org.admin, `POST /api/deals/${id}/restore`, {})).status).toBeLessThan(300);
    await triggers.follow(id);
    expect(await books()).toEqual({ earned: { [of(org.rep)]: 10_000 }, postings: 3 });
  });
});

describe('an owner changed after the win', () => {
  it('takes nothing from whoever won it', async () => {
    await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    await patch(id, { ownerId: org.rep2.uid });
    await patch(id, { value: 2000, currency: 'USD' });
    expect((await books()).earned).toEqual({ [of(org.rep)]: 20_000 });
  });
});

describe('a currency changed after the win', () => {
  it('moves the earnings to the new one', async () => {
    await planFor(org, [percent(1000)]);
    const id = await wonDeal();
    await patch(id, { value: 50_000, currency: 'JPY' });
    expect(await books()).toEqual({ earned: { [of(org.rep, 'JPY')]: 5000 }, postings: 3 });
  });

  it('pays each currency by the plan that is for it', async () => {
    await planFor(org, [{ kind: 'fixed', amountMinor: 777 }], { currency: 'EUR' });
    await planFor(org, [{ kind: 'fixed', amountMinor: 888 }], { currency: 'USD' });
    const { body } = await as(org.rep, 'POST /api/deals', {
      ...{ title: 'Euros', value: 10, currency: 'EUR' },
    });
    const id = textIn(body, 'id');
    await triggers.follow(id);
    await patch(id, { stage: 'CLOSED_WON' });
    expect((await books()).earned).toEqual({ [of(org.rep, 'EUR')]: 777 });
  });
});

describe('rates that add up to more than the whole', () => {
  it('keep nobody from winning a deal', async () => {
    const rules = [
      { kind: 'override' as const, rateBps: 100_000 },
      { kind: 'override' as const, rateBps: 100_000 },
    ];
    await planFor(org, rules);
    await wonDeal(999_999_999_999);
    const earned = Object.values((await books()).earned);
    expect(earned).toEqual([999_999_999_999_999]);
  });
});

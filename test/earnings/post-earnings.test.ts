import { beforeEach, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { DealTriggers, earnedBy, ledgerOf, planFor } from '../support/earnings.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';

let org: Organisation;
let triggers: DealTriggers;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
});

async function newDeal(value = 1000): Promise<string> {
  const { body } = await as(org.rep, 'POST /api/deals', { title: 'Website', value });
  const id = textIn(body, 'id');
  await triggers.follow(id);
  return id;
}

async function patch(id: string, body: object): Promise<void> {
  const answer = await as(org.admin, `PATCH /api/deals/${id}`, body);
  expect(answer).toMatchObject({ status: 200 });
}

describe('winning a deal', () => {
  it('posts what the plan pays, with the event', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await newDeal();
    await patch(id, { stage: 'CLOSED_WON' });
    await triggers.follow(id);
    expect(Object.values(await ledgerOf(org.orgId))).toMatchObject([
      {
        ...{ ownerId: org.rep.uid, reason: 'earning', currency: 'USD', dealId: id, dealVersion: 2 },
        ...{ pendingMinor: 10_000, expenseMinor: -10_000, basisMinor: 100_000 },
        ...{ eventId: `${id}_2`, termsId: `${id}_2`, component: 'split' },
      },
    ]);
  });

  it('pays managers of the team their override', async () => {
    await planFor(org, [
      { kind: 'percent', rateBps: 1000 },
      { kind: 'override', rateBps: 200 },
    ]);
    const id = await newDeal();
    await patch(id, { stage: 'CLOSED_WON' });
    await triggers.follow(id);
    expect(await earnedBy(org.orgId)).toEqual({
      [`${org.rep.uid} USD`]: 10_000,
      [`${org.manager.uid} USD`]: 2000,
    });
  });

  it('pays by the terms of that moment whatever becomes of the plan', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await newDeal();
    await patch(id, { stage: 'CLOSED_WON' });
    await planFor(org, [{ kind: 'percent', rateBps: 5000 }]);
    await triggers.follow(id);
    await patch(id, { value: 2000, currency: 'USD' });
    await triggers.follow(id);
    expect(await earnedBy(org.orgId)).toEqual({ [`${org.rep.uid} USD`]: 20_000 });
  });

  it('adds up to the latest state in whatever order, and however often, changes are delivered', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await newDeal();
    const changes = [];
    for (const body of [
      { stage: 'CLOSED_WON' },
      { value: 3000, currency: 'USD' },
      { stage: 'NEGOTIATION' },
      { stage: 'CLOSED_WON' },
      { value: 500, currency: 'USD' },
    ]) {
      await patch(id, body);
      changes.push(await triggers.observe(id));
    }
    for (const change of [...changes, ...changes.toReversed()].toReversed()) {
      await triggers.deliver(id, change);
    }
    expect(await earnedBy(org.orgId)).toEqual({ [`${org.rep.uid} USD`]: 5000 });
  });

  it('posts nothing when the company of a won deal is merged into another', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const companyOf = async (name: string) =>
      textIn((await as(org.rep, 'POST /api/companies', { name })).body, 'id');
    const [kept, merged] = [await companyOf('Acme'), await companyOf('Acme Ltd')];
    const id = await newDeal();
    await patch(id, { stage: 'CLOSED_WON', companyId: merged });
    await triggers.follow(id);
    const before = await ledgerOf(org.orgId);
    const merge = await as(org.admin, `POST /api/companies/${kept}/merge`, {
      otherId: merged,
    });
    expect(merge).toMatchObject({ status: 200 });
    const change = await triggers.observe(id);
    expect(change.after).toMatchObject({ companyId: kept });
    await triggers.deliver(id, change);
    expect(Object.keys(before)).toHaveLength(1);
    expect(await ledgerOf(org.orgId)).toEqual(before);
  });
});

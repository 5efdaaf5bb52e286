import { beforeEach, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { DealTriggers, ledgerOf, planFor } from '../support/earnings.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let triggers: DealTriggers;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
});

type Split = { uid: string; shareBps: number; role?: string };

async function wonDeal(value: number, splits?: Split[]): Promise<string> {
  const id = await openDeal(value, splits);
  await change(id, { stage: 'CLOSED_WON' });
  return id;
}

async function openDeal(value: number, splits?: Split[]): Promise<string> {
  const { body } = await as(org.rep, 'POST /api/deals', { title: 'Website', value });
  const id = textIn(body, 'id');
  await triggers.follow(id);
  if (splits !== undefined) await change(id, { splits });
  return id;
}

async function change(id: string, body: object): Promise<void> {
  expect((await as(org.admin, `PATCH /api/deals/${id}`, body)).status).toBe(200);
  await triggers.follow(id);
}

/** The explanations of a payee's entries in the order of the deal's versions. */
async function explained(payee: Member, reader = payee, query = ''): Promise<unknown[]> {
  const own = Object.entries(await ledgerOf(org.orgId))
    .filter(([, { ownerId }]) => ownerId === payee.uid)
    .toSorted(([, a], [, b]) => (a.dealVersion ?? 0) - (b.dealVersion ?? 0));
  const answers = own.map(([id]) => as(reader, `GET /api/earnings/entries/${id}/explain${query}`));
  return (await Promise.all(answers)).map(({ body }) => body);
}

const sixtyForty = () => [
  { uid: org.rep.uid, shareBps: 6000 },
  { uid: org.rep2.uid, shareBps: 4000 },
];

describe('an entry is explained', () => {
  it('to its payee, with the rule, the share and the amount', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await wonDeal(1000, sixtyForty());
    expect(await explained(org.rep2)).toMatchObject([
      {
        sentence: '10% of $1,000.00 is $100.00; your share of 40% is $40.00.',
        ...{ reason: 'earning', currency: 'USD', earnedMinor: 4000, previousMinor: 0 },
        ...{ targetMinor: 4000, before: null, deal: { dealId: id, title: 'Website', version: 3 } },
        event: { id: `${id}_3`, recovered: false },
        after: {
          plan: { planName: 'Plan', planVersion: 1 },
          deal: { valueMinor: 100_000, refundedMinor: 0, baseMinor: 100_000 },
          rules: [{ kind: 'percent', rateBps: 1000, exactMinor: '10000' }],
          ...{ shareBps: 4000, commissionExactMinor: '10000', amountMinor: 4000, bound: null },
          exact: { numerator: '400000000000', denominator: '100000000', minor: '4000' },
        },
      },
    ]);
  });

  it('to nobody else than those who see the payee’s earnings', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    await wonDeal(1000, sixtyForty());
    for (const reader of [org.rep, org.manager, org.colleague]) {
      expect(await explained(org.rep2, reader)).toMatchObject([{ status: 404 }]);
    }
    for (const reader of [org.otherManager, org.admin]) {
      const sentence = '10% of $1,000.00 is $100.00; the payee’s share of 40% is $40.00.';
      expect(await explained(org.rep2, reader)).toMatchObject([{ sentence }]);
    }
    expect(JSON.stringify(await explained(org.rep2))).not.toContain(org.rep.uid);
  });

  it('with who has the odd unit, in fractions that end', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const third = 3333;
    await wonDeal(0.5, [
      { uid: org.rep.uid, shareBps: 3334 },
      { uid: org.rep2.uid, shareBps: third },
      { uid: org.colleague.uid, shareBps: third },
    ]);
    const [explanation] = await explained(org.rep);
    expect(explanation).toMatchObject({
      sentence:
        '10% of $0.50 is $0.05; your share of 33.34% is $0.01667; rounded to $0.02 (the odd unit of the deal).',
      after: { exact: { minor: '1.667' }, amountMinor: 2, rounding: { hasOddUnit: true } },
    });
  });

  it('with what it was before', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await wonDeal(1000);
    await change(id, { value: 1500, currency: 'USD' });
    await change(id, { value: 1200, currency: 'USD' });
    await change(id, { stage: 'NEGOTIATION' });
    const sentences = (await explained(org.rep)).map((each) => textIn(each, 'sentence'));
    expect(sentences).toEqual([
      '10% of $1,000.00 is $100.00.',
      '10% of $1,500.00 is $150.00. Before, it was $100.00, so $50.00 was added.',
      '10% of $1,200.00 is $120.00. Before, it was $150.00, so $30.00 was taken back.',
      'The deal pays nothing by this plan any more, so the $120.00 that it paid were taken back.',
    ]);
  });

  it('with several rules, a cap, a role and an override', async () => {
    await planFor(
      org,
      [
        { kind: 'percent', rateBps: 1000, role: 'closer' },
        { kind: 'fixed', amountMinor: 5000 },
        { kind: 'override', rateBps: 200 },
      ],
      { currency: 'USD', capMinor: 12_000 },
    );
    await wonDeal(1000, [
      { uid: org.rep.uid, shareBps: 5000, role: 'closer' },
      { uid: org.colleague.uid, shareBps: 5000, role: 'setter' },
    ]);
    expect(await explained(org.rep)).toMatchObject([
      {
        sentence:
          '10% of $1,000.00 is $100.00; a fixed $50.00; together $150.00; the plan’s cap makes it $120.00; your share of 50% is $60.00.',
        after: { role: 'closer', bound: 'cap' },
      },
    ]);
    expect(await explained(org.colleague)).toMatchObject([
      { sentence: 'A fixed $50.00; your share of 50% is $25.00.' },
    ]);
    expect(await explained(org.manager)).toMatchObject([
      { reason: 'override', sentence: '2% of $1,000.00 is $20.00.' },
    ]);
  });

  it('in the locale that is asked for', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1050 }]);
    await wonDeal(1000);
    const [explanation] = await explained(org.rep, org.rep, '?locale=de-DE');
    expect(textIn(explanation, 'sentence').replaceAll(/\s/g, ' ')).toBe(
      '10,5 % of 1.000,00 $ is 105,00 $.',
    );
    const [refused] = await explained(org.rep, org.rep, '?locale=x_y');
    expect(refused).toMatchObject({ field: 'locale' });
  });
});

describe('what a deal earns', () => {
  it('is shown of those whom the caller may see', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const id = await wonDeal(1000, sixtyForty());
    const seenBy = async (person: Member) => {
      const { body } = await as(person, `GET /api/deals/${id}/earnings`);
      expect(body).toMatchObject({ preview: null });
      return listIn(body, 'payees').map((payee) => textIn(payee, 'userId'));
    };
    expect(await seenBy(org.rep)).toEqual([org.rep.uid]);
    expect(await seenBy(org.rep2)).toEqual([org.rep2.uid]);
    expect(await seenBy(org.manager)).toEqual([org.rep.uid]);
    expect(await seenBy(org.admin)).toEqual([org.rep.uid, org.rep2.uid].toSorted());
    expect((await as(org.colleague, `GET /api/deals/${id}/earnings`)).status).toBe(404);
    const { body } = await as(org.rep2, `GET /api/deals/${id}/earnings`);
    expect(body).toMatchObject({ payees: [{ earned: [{ currency: 'USD', amountMinor: 4000 }] }] });
  });

  it('is previewed for an open one, and nothing is written', async () => {
    await planFor(org, [
      { kind: 'percent', rateBps: 1000 },
      { kind: 'override', rateBps: 200 },
    ]);
    const id = await openDeal(1000);
    const { body } = await as(org.rep, `GET /api/deals/${id}/earnings`);
    expect(body).toMatchObject({
      payees: [],
      preview: [{ userId: org.rep.uid, amountMinor: 10_000, component: 'split' }],
    });
    const preview = async (person: Member, given: object) =>
      listIn(
        (await as(person, `POST /api/deals/${id}/earnings/preview`, given)).body,
        'preview',
      ).map((line) => [textIn(line, 'userId'), Object(line).amountMinor]);
    const changed = { value: 2000, splits: sixtyForty() };
    expect(await preview(org.rep, changed)).toEqual([[org.rep.uid, 12_000]]);
    expect(await preview(org.admin, changed)).toEqual([
      [org.rep.uid, 12_000],
      [org.rep2.uid, 8000],
      [org.manager.uid, 4000],
    ]);
    expect(await preview(org.manager, changed)).toEqual([
      [org.rep.uid, 12_000],
      [org.manager.uid, 4000],
    ]);
    expect(await ledgerOf(org.orgId)).toEqual({});
    const deal = await as(org.rep, `GET /api/deals/${id}`);
    expect(deal.body).toMatchObject({ value: 1000, version: 1 });
  });

  it.each([
    [{ value: 0.001 }, 'value'],
    [{ currency: 'EUR' }, 'currency'],
    [{ splits: [{ uid: 'me', shareBps: 9999 }] }, 'splits'],
    [{ stage: 'CLOSED_WON' }, 'stage'],
  ])('is not previewed with %j', async (body, field) => {
    const id = await openDeal(1000);
    const answer = await as(org.rep, `POST /api/deals/${id}/earnings/preview`, body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body).toMatchObject({ field });
  });

  it('is not previewed once the deal is won', async () => {
    const id = await wonDeal(1000);
    expect((await as(org.rep, `POST /api/deals/${id}/earnings/preview`, {})).status).toBe(422);
  });
});

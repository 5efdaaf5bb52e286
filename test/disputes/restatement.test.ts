import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { restatementViewSchema } from '../../functions/src/modules/earnings/restatements.schema.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { as } from '../support/as.ts';
import { DealTriggers, earnedBy, ledgerOf, planFor } from '../support/earnings.ts';
import { addMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { ok, wonDeal } from './support.ts';

let org: Organisation;
let triggers: DealTriggers;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
});

const percent = (rateBps: number) => [{ kind: 'percent' as const, rateBps }];

function halves(): object[] {
  return [
    { uid: org.rep.uid, shareBps: 5000 },
    { uid: org.colleague.uid, shareBps: 5000 },
  ];
}

async function preview(dealId: string, body: object, person = org.admin) {
  const answer = await ok(person, `POST /api/deals/${dealId}/restatement/preview`, body);
  return z.object(restatementViewSchema.shape).parse(answer.body);
}

/** What a preview says that everybody gains, by payee and component. */
function deltasIn({ lines }: Awaited<ReturnType<typeof preview>>): Record<string, number> {
  return Object.fromEntries(
    lines
      .filter(({ delta }) => delta.amountMinor !== 0)
      .map(({ payeeId, component, delta }) => [`${payeeId} ${component}`, delta.amountMinor]),
  );
}

/** What was posted with one version of a deal, by payee and component. */
async function postedWith(dealId: string, version: number): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const entry of Object.values(await ledgerOf(org.orgId))) {
    if (entry.dealId !== dealId || entry.dealVersion !== version) continue;
    expect(entry.reason).toBe('restatement');
    const key = `${entry.ownerId} ${entry.component}`;
    sums[key] = (sums[key] ?? 0) - entry.expenseMinor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0));
}

describe('a restatement', () => {
  it('posts exactly what its preview said, with its reason in the event', async () => {
    await planFor(org, percent(1000));
    const id = await wonDeal(org, triggers);
    const shown = await preview(id, { splits: halves() });
    expect(shown).toMatchObject({
      version: 2,
      lines: expect.arrayContaining([
        expect.objectContaining({
          ...{ payeeId: org.rep.uid, component: 'split', effect: 'loses' },
          before: { amountMinor: 10_000, currency: 'USD' },
          after: { amountMinor: 5000, currency: 'USD' },
          delta: { amountMinor: -5000, currency: 'USD' },
          planAfter: expect.objectContaining({ planName: 'Plan', rules: ['percent'] }),
        }),
        expect.objectContaining({ payeeId: org.colleague.uid, effect: 'gains', planBefore: null }),
      ]),
    });
    const { version, previewDigest } = shown;
    const applied = await ok(org.admin, `POST /api/deals/${id}/restatement`, {
      ...{ splits: halves(), reason: 'Colleague did half', version, previewDigest },
    });
    expect(applied.body).toEqual(shown);
    await triggers.follow(id);
    expect(await postedWith(id, 3)).toEqual(deltasIn(shown));
    expect(await earnedBy(org.orgId)).toEqual({
      [`${org.rep.uid} USD`]: 5000,
      [`${org.colleague.uid} USD`]: 5000,
    });
    expect(await stored(org.orgId, `events/${id}_3`)).toMatchObject({
      types: ['deal.restated', 'deal.split_changed'],
      actor: org.admin.uid,
      after: { restatement: { reason: 'Colleague did half', dealVersion: 3 } },
    });
    expect(await stored(org.orgId, `deals/${id}`)).toMatchObject({
      participantIds: [org.rep.uid, org.colleague.uid],
      termsId: `${id}_3`,
    });
  });

  it('keeps who had a part on the pinned plan and gives a newcomer the one of the win', async () => {
    await planFor(org, percent(1000));
    const id = await wonDeal(org, triggers);
    await planFor(org, percent(5000));
    await planFor(org, percent(2000), {
      assignment: { everyone: false, userIds: [org.colleague.uid], teamIds: [] },
    });
    await planFor(org, percent(9000), {
      assignment: { everyone: false, userIds: [org.colleague.uid], teamIds: [] },
      effectiveFrom: new Date(Date.now() + 60_000).toISOString(),
    });
    const shown = await preview(id, { splits: halves() });
    expect(deltasIn(shown)).toEqual({
      [`${org.rep.uid} split`]: -5000,
      [`${org.colleague.uid} split`]: 10_000,
    });
  });

  it('leaves a payee who had no plan without one, unless the terms are chosen anew', async () => {
    const id = await wonDeal(org, triggers);
    await planFor(org, percent(1000));
    expect(deltasIn(await preview(id, { splits: halves() }))).toEqual({
      [`${org.colleague.uid} split`]: 5000,
    });
    expect(deltasIn(await preview(id, { repin: true }))).toEqual({
      [`${org.rep.uid} split`]: 10_000,
    });
  });

  it('chooses terms anew as of the win, overrides included, and posts the difference alone', async () => {
    await planFor(org, percent(1000));
    const id = await wonDeal(org, triggers);
    await planFor(org, [
      { kind: 'percent', rateBps: 1500 },
      { kind: 'override', rateBps: 200 },
    ]);
    const shown = await preview(id, { repin: true });
    expect(deltasIn(shown)).toEqual({
      [`${org.rep.uid} split`]: 5000,
      [`${org.manager.uid} override`]: 2000,
    });
    await ok(org.admin, `POST /api/deals/${id}/restatement`, {
      ...{ repin: true, reason: 'The plan was entered late', version: 2 },
    });
    await triggers.follow(id);
    expect(await postedWith(id, 3)).toEqual(deltasIn(shown));
  });

  it('may follow another one with the same reason, after the value has changed', async () => {
    await planFor(org, percent(1000));
    const id = await wonDeal(org, triggers);
    const again = { reason: 'Half each', splits: halves() };
    await ok(org.admin, `POST /api/deals/${id}/restatement`, { ...again, version: 2 });
    await triggers.follow(id);
    await ok(org.admin, `PATCH /api/deals/${id}`, { value: 600, currency: 'USD' });
    await triggers.follow(id);
    const back = [{ uid: org.rep.uid, shareBps: 10_000 }];
    const shown = await preview(id, { splits: back });
    await ok(org.admin, `POST /api/deals/${id}/restatement`, {
      ...{ reason: 'Half each', splits: back, version: 4 },
    });
    await triggers.follow(id);
    expect(await postedWith(id, 5)).toEqual(deltasIn(shown));
    expect(await earnedBy(org.orgId)).toEqual({
      [`${org.rep.uid} USD`]: 6000,
      [`${org.colleague.uid} USD`]: 0,
    });
    expect(await stored(org.orgId, `events/${id}_5`)).toMatchObject({
      after: { restatement: { reason: 'Half each', dealVersion: 5 } },
    });
  });
});

describe('a restatement is refused', () => {
  let id: string;
  beforeEach(async () => {
    await planFor(org, percent(1000));
    id = await wonDeal(org, triggers);
  });

  async function refusal(person: Organisation['rep'], body: object): Promise<unknown> {
    const whole = { reason: 'Because', version: 2, ...body };
    const before = await stored(org.orgId, `deals/${id}`);
    const { status } = await as(person, `POST /api/deals/${id}/restatement`, whole);
    expect(await stored(org.orgId, `deals/${id}`)).toEqual(before);
    return status;
  }

  it.each<[string, number, () => object]>([
    ['99.99 %', 422, () => ({ splits: [{ uid: org.rep.uid, shareBps: 9999 }] })],
    ['a stranger', 422, () => ({ splits: [{ uid: 'nobody', shareBps: 10_000 }] })],
    [
      'somebody who has left',
      422,
      () => ({ splits: [{ uid: org.deactivated.uid, shareBps: 10_000 }] }),
    ],
    ['nothing to change', 422, () => ({})],
    ['splits as they are', 422, () => ({ splits: [{ uid: org.rep.uid, shareBps: 10_000 }] })],
    ['terms as they are', 422, () => ({ repin: true })],
    ['an old version', 409, () => ({ splits: halves(), version: 1 })],
    ['an empty reason', 422, () => ({ splits: halves(), reason: ' ' })],
    ['another preview', 409, () => ({ splits: halves(), previewDigest: 'x' })],
  ])('for %s', async (_what, status, body) => {
    expect(await refusal(org.admin, body())).toBe(status);
  });

  it('without a reason', async () => {
    const body = { splits: halves(), version: 2 };
    const answer = await as(org.admin, `POST /api/deals/${id}/restatement`, body);
    expect(answer.status).toBe(400);
  });

  it('to a payee, to another manager, and to another organisation', async () => {
    const stranger = await createOrganisation();
    const body = { splits: halves() };
    expect(await refusal(org.rep, body)).toBe(403);
    expect(await refusal(org.otherManager, body)).toBe(404);
    expect(await refusal(stranger.admin, body)).toBe(404);
    const previewed = await as(org.rep, `POST /api/deals/${id}/restatement/preview`, body);
    expect(previewed.status).toBe(403);
  });

  it('to whoever gains by it, an administrator too, until another one does it', async () => {
    const toAdmin = { splits: [{ uid: org.admin.uid, shareBps: 10_000 }] };
    expect(await refusal(org.admin, toAdmin)).toBe(403);
    const other = await addMember(org.orgId, 'second', { role: 'admin' });
    await ok(other, `POST /api/deals/${id}/restatement`, {
      ...{ ...toAdmin, reason: 'It was hers', version: 2 },
    });
  });

  it('to a manager when it changes what other teams earn', async () => {
    const toWest = { splits: [{ uid: org.rep2.uid, shareBps: 10_000 }] };
    expect(await refusal(org.manager, toWest)).toBe(403);
    await ok(org.manager, `POST /api/deals/${id}/restatement`, {
      ...{ splits: halves(), reason: 'Both worked on it', version: 2 },
    });
  });

  it('for a deal that is open or in the bin', async () => {
    await ok(org.admin, `PATCH /api/deals/${id}`, { stage: 'NEGOTIATION' });
    expect(await refusal(org.admin, { splits: halves(), version: 3 })).toBe(422);
    await ok(org.admin, `DELETE /api/deals/${id}`);
    expect(await refusal(org.admin, { splits: halves(), version: 4 })).toBe(404);
  });

  it('to the second of two who restate one version at once', async () => {
    const body = { splits: halves(), reason: 'Both', version: 2 };
    const answers = await Promise.all([
      as(org.admin, `POST /api/deals/${id}/restatement`, body),
      as(org.manager, `POST /api/deals/${id}/restatement`, body),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { docs } = await firestore().collection(`orgs/${org.orgId}/terms`).get();
    expect(docs.map((doc) => doc.id).toSorted()).toEqual([`${id}_2`, `${id}_3`]);
  });
});

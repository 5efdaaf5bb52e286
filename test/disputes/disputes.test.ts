import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Operation } from '../../functions/src/modules/access/access.schema.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { accountsOf, breaches, entriesFor } from '../payouts/payout-world.ts';
import { as, idsIn } from '../support/as.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';
import { disputed, ok, wonDeal } from './support.ts';

let org: Organisation;
let triggers: DealTriggers;
let dealId: string;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new DealTriggers(org.orgId);
  await planFor(org, [
    { kind: 'percent', rateBps: 1000 },
    { kind: 'override', rateBps: 200 },
  ]);
  dealId = await wonDeal(org, triggers);
});

const rejected = { outcome: 'rejected', note: 'The rate is as agreed' };
const resolving = (id: string, person: Member, body: object = rejected) =>
  as(person, `POST /api/disputes/${id}/resolve`, body);
const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;

describe('opening a dispute', () => {
  it('holds the contested amount and lets the rest flow', async () => {
    const { body } = await ok(
      org.rep,
      'POST /api/disputes',
      { dealId, contestedMinor: 4000, expectedMinor: 15_000, reason: 'It was 15 %' },
      201,
    );
    expect(body).toMatchObject({
      ...{ status: 'open', payeeId: org.rep.uid, teamId: org.teams.east, version: 1 },
      contested: { amountMinor: 4000, currency: 'USD' },
      held: { amountMinor: 4000, currency: 'USD' },
      expected: { amountMinor: 15_000, currency: 'USD' },
    });
    const id = textIn(body, 'id');
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: 10_000, pending: 6000, held: 4000 },
    });
    expect(await entriesFor(org, 'dispute_hold')).toMatchObject({
      [`dispute_${id}_1`]: { disputeId: id, dealId, eventId: `${id}_1`, expenseMinor: 0 },
    });
    expect(await stored(org.orgId, `splits/${dealId}_${org.rep.uid}`)).toMatchObject({
      ...{ earnedMinor: { USD: 10_000 }, heldMinor: { USD: 4000 } },
    });
  });

  it('contests everything unless it says how much', async () => {
    await disputed(org.rep, dealId);
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 0, held: 10_000 });
  });

  it('is for a manager who earns an override, too', async () => {
    await disputed(org.manager, dealId);
    expect(await accountsOf(org, org.manager)).toMatchObject({ pending: 0, held: 2000 });
  });

  it('holds nothing for somebody who earns nothing on the deal', async () => {
    const other = await createOrganisation();
    const own = new DealTriggers(other.orgId);
    const id = await wonDeal(other, own);
    const { body } = await ok(
      other.rep,
      'POST /api/disputes',
      { dealId: id, expectedMinor: 5000, reason: 'I earn nothing' },
      201,
    );
    expect(body).toMatchObject({ contested: { amountMinor: 0 }, held: { amountMinor: 0 } });
    expect(await entriesFor(other, 'dispute_hold')).toEqual({});
  });

  it('is possible after the deal was deleted, and what is taken back is not held', async () => {
    await ok(org.admin, `DELETE /api/deals/${dealId}`);
    await triggers.follow(dealId);
    const { body } = await ok(
      org.rep,
      'POST /api/disputes',
      { dealId, expectedMinor: 10_000, reason: 'It was won' },
      201,
    );
    expect(body).toMatchObject({ held: { amountMinor: 0, currency: 'USD' } });
  });

  it('is refused beyond what is earned, and twice', async () => {
    const reason = 'Too little';
    const beyond = { dealId, reason, contestedMinor: 10_001 };
    expect(await statusOf(as(org.rep, 'POST /api/disputes', beyond))).toBe(422);
    expect(await statusOf(as(org.rep, 'POST /api/disputes', { dealId, reason: ' ' }))).toBe(422);
    await disputed(org.rep, dealId);
    expect(await statusOf(as(org.rep, 'POST /api/disputes', { dealId, reason }))).toBe(409);
  });

  it('happens once when it is asked for twice at once', async () => {
    const body = { dealId, reason: 'Too little', contestedMinor: 6000 };
    const answers = await Promise.all([1, 2, 3].map(() => as(org.rep, 'POST /api/disputes', body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 4000, held: 6000 });
  });

  it('is done once for one Idempotency-Key', async () => {
    const body = { dealId, reason: 'Too little' };
    const key = { 'Idempotency-Key': 'one' };
    const first = await as(org.rep, 'POST /api/disputes', body, key);
    const second = await as(org.rep, 'POST /api/disputes', body, key);
    expect(second.body).toEqual(first.body);
    expect(Object.keys(await entriesFor(org, 'dispute_hold'))).toHaveLength(1);
  });

  it('is for payees of the deal alone', async () => {
    const stranger = await createOrganisation();
    const body = { dealId, reason: 'Why not me' };
    const open = (person: Member, fields: object = {}) =>
      statusOf(as(person, 'POST /api/disputes', { ...body, ...fields }));
    expect(await open(org.colleague)).toBe(404);
    expect(await open(org.otherManager)).toBe(404);
    expect(await open(stranger.admin)).toBe(404);
    expect(await open(org.rep, { dealId: 'absent' })).toBe(404);
    expect(await open(org.admin)).toBe(403);
    await changeMember(org.orgId, org.rep.uid, { active: false });
    expect(await open(org.rep)).toBe(403);
  });

  it('is not for an API key, which may read', async () => {
    const key = await ok(
      org.admin,
      'POST /api/api-keys',
      { name: 'Key', scopes: ['read:crm', 'write:crm'] },
      201,
    );
    const bearer = { token: () => Promise.resolve(textIn(key.body, 'secret')) };
    const id = await disputed(org.rep, dealId);
    expect(await statusOf(as(bearer, 'POST /api/disputes', { dealId, reason: 'x' }))).toBe(403);
    expect(await statusOf(as(bearer, `POST /api/disputes/${id}/resolve`, rejected))).toBe(403);
    expect(await statusOf(as(bearer, `GET /api/disputes/${id}`))).toBe(200);
  });
});

describe('ending a dispute', () => {
  it('releases what was held when it is rejected', async () => {
    const id = await disputed(org.rep, dealId, { contestedMinor: 4000 });
    const { body } = await ok(org.manager, `POST /api/disputes/${id}/resolve`, rejected);
    expect(body).toMatchObject({
      ...{ status: 'resolved', outcome: 'rejected', closedBy: org.manager.uid, version: 2 },
      ...{ resolution: rejected.note, held: { amountMinor: 0 }, contested: { amountMinor: 4000 } },
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: 10_000, pending: 10_000, held: 0 },
    });
    expect(await stored(org.orgId, `disputes/${id}`)).toMatchObject({ heldMinor: 0 });
    expect(await entriesFor(org, 'release')).toMatchObject({
      [`dispute_${id}_2`]: { disputeId: id, note: rejected.note, actor: org.manager.uid },
    });
  });

  it.each([2500, -2500])('gives %d when it is upheld', async (adjustmentMinor) => {
    const id = await disputed(org.rep, dealId);
    const upheld = { outcome: 'upheld', note: 'Agreed', adjustmentMinor };
    await ok(org.admin, `POST /api/disputes/${id}/resolve`, upheld);
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: 10_000 + adjustmentMinor, pending: 10_000 + adjustmentMinor, held: 0 },
    });
    expect(await entriesFor(org, 'manual_adjustment')).toMatchObject({
      [`dispute_${id}_2_adjustment`]: { disputeId: id, dealId, note: 'Agreed' },
    });
  });

  it('restates the deal in the same commit', async () => {
    const id = await disputed(org.rep, dealId, { contestedMinor: 4000 });
    const splits = [
      { uid: org.rep.uid, shareBps: 3000 },
      { uid: org.colleague.uid, shareBps: 7000 },
    ];
    const restated = { outcome: 'restated', note: 'Split', restatement: { splits, version: 1 } };
    expect(await statusOf(resolving(id, org.manager, restated))).toBe(409);
    expect(await stored(org.orgId, `disputes/${id}`)).toMatchObject({ status: 'open' });
    await ok(org.manager, `POST /api/disputes/${id}/resolve`, {
      ...restated,
      restatement: { splits, version: 2 },
    });
    await triggers.follow(dealId);
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 3000, pending: 3000, held: 0 });
    expect(await accountsOf(org, org.colleague)).toMatchObject({ earned: 7000, pending: 7000 });
    expect(await stored(org.orgId, `deals/${dealId}`)).toMatchObject({
      restatement: { reason: 'Split', dealVersion: 3 },
    });
  });

  it('is never done by the payee, whatever the role', async () => {
    const own = await disputed(org.manager, dealId);
    expect(await statusOf(resolving(own, org.manager))).toBe(403);
    expect(await statusOf(resolving(own, org.admin))).toBe(200);
    const mine = await disputed(org.rep, dealId);
    expect(await statusOf(resolving(mine, org.rep))).toBe(403);
    await changeMember(org.orgId, org.rep.uid, { role: 'admin' });
    expect(await statusOf(resolving(mine, org.rep))).toBe(403);
    await changeMember(org.orgId, org.rep.uid, {
      ...{ role: 'manager', managedTeamIds: [org.teams.east] },
    });
    expect(await statusOf(resolving(mine, org.rep))).toBe(403);
    expect(await statusOf(resolving(mine, org.manager))).toBe(200);
  });

  it('is done by those who oversee the payee alone', async () => {
    const stranger = await createOrganisation();
    const id = await disputed(org.rep, dealId);
    for (const person of [org.colleague, org.otherManager, org.rep2, stranger.admin]) {
      expect(await statusOf(resolving(id, person))).toBe(404);
      expect(await statusOf(as(person, `GET /api/disputes/${id}`))).toBe(404);
      expect(await statusOf(as(person, `POST /api/disputes/${id}/withdraw`))).toBe(404);
      expect(await statusOf(as(person, `POST /api/disputes/${id}/comments`, { text: 'x' }))).toBe(
        404,
      );
    }
    expect(await accountsOf(org, org.rep)).toMatchObject({ held: 10_000 });
  });

  it('happens once when two managers resolve at once', async () => {
    const second = await addMember(org.orgId, 'second', {
      ...{ role: 'manager', teamId: org.teams.east, managedTeamIds: [org.teams.east] },
    });
    const id = await disputed(org.rep, dealId);
    const upheld = { outcome: 'upheld', note: 'Agreed', adjustmentMinor: 100 };
    const answers = await Promise.all(
      [org.manager, second, org.admin].map((person) => resolving(id, person, upheld)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 10_100, held: 0 });
  });

  it('happens once when the payee withdraws while it is resolved', async () => {
    const id = await disputed(org.rep, dealId);
    const upheld = { outcome: 'upheld', note: 'Agreed', adjustmentMinor: 100 };
    const [withdrawn, resolved] = await Promise.all([
      as(org.rep, `POST /api/disputes/${id}/withdraw`),
      resolving(id, org.manager, upheld),
    ]);
    expect([withdrawn.status, resolved.status].toSorted()).toEqual([200, 422]);
    const earned = resolved.status === 200 ? 10_100 : 10_000;
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned, pending: earned, held: 0 });
  });

  it('is a withdrawal for the payee alone, after which another dispute can be opened', async () => {
    const id = await disputed(org.rep, dealId);
    expect(await statusOf(as(org.admin, `POST /api/disputes/${id}/withdraw`))).toBe(403);
    const { body } = await ok(org.rep, `POST /api/disputes/${id}/withdraw`);
    expect(body).toMatchObject({ status: 'withdrawn', outcome: null });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 10_000, held: 0 });
    expect(await statusOf(as(org.rep, `POST /api/disputes/${id}/withdraw`))).toBe(422);
    expect(await statusOf(resolving(id, org.admin))).toBe(422);
    await disputed(org.rep, dealId, { contestedMinor: 1 });
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 9999, held: 1 });
  });

  it('is possible for a payee who has left', async () => {
    const id = await disputed(org.rep, dealId);
    await changeMember(org.orgId, org.rep.uid, { active: false });
    expect(await statusOf(as(org.rep, `POST /api/disputes/${id}/withdraw`))).toBe(403);
    await ok(org.manager, `POST /api/disputes/${id}/resolve`, rejected);
    expect(await accountsOf(org, org.rep)).toMatchObject({ pending: 10_000, held: 0 });
  });

  it('restates nothing in the resolver’s own favour', async () => {
    const id = await disputed(org.rep, dealId);
    const splits = [{ uid: org.manager.uid, shareBps: 10_000 }];
    const restated = { outcome: 'restated', note: 'Mine', restatement: { splits, version: 2 } };
    expect(await statusOf(resolving(id, org.manager, restated))).toBe(403);
    expect(await accountsOf(org, org.rep)).toMatchObject({ held: 10_000 });
  });
});

describe('what is taken back while it is held', () => {
  it('leaves less to pay, and nothing to make up for', async () => {
    const second = await wonDeal(org, triggers, { value: 500 });
    const id = await disputed(org.rep, dealId, { contestedMinor: 6000 });
    await ok(org.admin, `PATCH /api/deals/${dealId}`, { stage: 'CLOSED_LOST' });
    await triggers.follow(dealId);
    expect(second).not.toBe(dealId);
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: 5000, pending: -1000, held: 6000 },
    });
    expect(await breaches(org)).toEqual([]);
    await ok(org.manager, `POST /api/disputes/${id}/resolve`, rejected);
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 5000, pending: 5000, held: 0 });
  });
});

describe('talking about a dispute', () => {
  it('is for both sides while it is open', async () => {
    const id = await disputed(org.rep, dealId);
    await ok(org.manager, `POST /api/disputes/${id}/comments`, { text: 'Which rate?' }, 201);
    const { body } = await ok(org.rep, `POST /api/disputes/${id}/comments`, { text: '15 %' }, 201);
    expect(body).toMatchObject({
      comments: [
        { authorId: org.manager.uid, text: 'Which rate?' },
        { authorId: org.rep.uid, text: '15 %' },
      ],
    });
    await ok(org.rep, `POST /api/disputes/${id}/withdraw`);
    const late = as(org.rep, `POST /api/disputes/${id}/comments`, { text: 'Late' });
    expect(await statusOf(late)).toBe(422);
  });

  it('keeps every comment of many at once, up to fifty', async () => {
    const id = await disputed(org.rep, dealId);
    const say = (text: string) => as(org.rep, `POST /api/disputes/${id}/comments`, { text });
    await Promise.all([1, 2, 3].map((number) => say(`${number}`)));
    const ref = firestore().doc(`orgs/${org.orgId}/disputes/${id}`);
    const comments: unknown = (await ref.get()).get('comments');
    if (!Array.isArray(comments)) throw new Error('no comments');
    expect(comments).toHaveLength(3);
    await ref.update({ comments: Array.from({ length: 50 }, () => comments[0]) });
    expect(await statusOf(say('one more'))).toBe(422);
  });
});

describe('looking at disputes', () => {
  it('shows each their own and those they oversee, by status and deal', async () => {
    const id = await disputed(org.rep, dealId);
    const own = await disputed(org.manager, dealId);
    await ok(org.rep, `POST /api/disputes/${id}/withdraw`);
    const list = async (person: Member, query = '') =>
      idsIn(listIn((await ok(person, `GET /api/disputes${query}`)).body, 'disputes'));
    expect(await list(org.admin)).toEqual([own, id]);
    expect(await list(org.manager)).toEqual([own, id]);
    expect(await list(org.manager, '?status=open')).toEqual([own]);
    expect(await list(org.manager, `?dealId=${dealId}&status=withdrawn`)).toEqual([id]);
    expect(await list(org.rep)).toEqual([id]);
    expect(await list(org.rep, '?status=open')).toEqual([]);
    expect(await list(org.otherManager)).toEqual([]);
    const first = await ok(org.admin, 'GET /api/disputes?limit=1');
    const cursor = textIn(first.body, 'nextCursor');
    expect(await list(org.admin, `?limit=1&cursor=${cursor}`)).toEqual([id]);
  });

  it('shows both sides the same, with the postings that it is about', async () => {
    const id = await disputed(org.rep, dealId, { contestedMinor: 4000 });
    const mine = await ok(org.rep, `GET /api/disputes/${id}`);
    const theirs = await ok(org.manager, `GET /api/disputes/${id}`);
    expect(mine.body).toEqual(theirs.body);
    expect(mine.body).toMatchObject({
      ...{ earned: { amountMinor: 10_000, currency: 'USD' }, held: { amountMinor: 4000 } },
      ledger: [
        { reason: 'earning', earnedMinor: 10_000, pendingMinor: 10_000, termsId: `${dealId}_2` },
        { reason: 'dispute_hold', earnedMinor: 0, pendingMinor: -4000, heldMinor: 4000 },
      ],
    });
  });

  it('explains who may resolve one', async () => {
    const id = await disputed(org.rep, dealId);
    const explain = (userId: string, operation: Operation) =>
      ok(
        org.admin,
        `GET /api/access/explain?userId=${userId}&recordType=dispute&recordId=${id}&operation=${operation}`,
      );
    expect((await explain(org.manager.uid, 'move')).body).toMatchObject({ allowed: true });
    expect((await explain(org.rep.uid, 'move')).body).toMatchObject({ allowed: false });
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountsOf, entriesFor } from '../payouts/payout-world.ts';
import { as, idsIn } from '../support/as.ts';
import {
  addMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';
import { ok } from './support.ts';

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
});

const bonus = () => ({
  ...{ payeeId: org.rep.uid, amountMinor: 5000, currency: 'USD', reason: 'Bonus for October' },
});
async function requested(person: Member, fields: object = {}): Promise<string> {
  const answer = await ok(person, 'POST /api/adjustments', { ...bonus(), ...fields }, 201);
  return textIn(answer.body, 'id');
}
const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;
const approving = (id: string, person: Pick<Member, 'token'>) =>
  as(person, `POST /api/adjustments/${id}/approve`);

describe('a manual adjustment', () => {
  it.each([5000, -5000])('of %d is posted when it is approved, not before', async (amountMinor) => {
    const id = await requested(org.manager, { amountMinor });
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 0, pending: 0 });
    const { body } = await ok(org.admin, `POST /api/adjustments/${id}/approve`, { note: 'Fine' });
    expect(body).toMatchObject({
      ...{ status: 'approved', requestedBy: org.manager.uid, decidedBy: org.admin.uid },
      ...{ decisionNote: 'Fine', version: 2, amount: { amountMinor, currency: 'USD' } },
    });
    expect(await accountsOf(org, org.rep)).toMatchObject({
      ...{ earned: amountMinor, pending: amountMinor },
    });
    expect(await entriesFor(org, 'manual_adjustment')).toMatchObject({
      [`adjustment_${id}`]: {
        eventId: `${id}_2`,
        note: 'Bonus for October',
        teamId: org.teams.east,
      },
    });
  });

  it('is not posted when it is rejected', async () => {
    const id = await requested(org.manager);
    await ok(org.admin, `POST /api/adjustments/${id}/reject`);
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned: 0 });
    expect(await statusOf(approving(id, org.admin))).toBe(422);
  });

  it('is decided by somebody other than payee and requester, whatever the role', async () => {
    const second = await addMember(org.orgId, 'second', { role: 'admin' });
    const id = await requested(org.admin);
    expect(await statusOf(approving(id, org.admin))).toBe(403);
    expect(await statusOf(approving(id, org.rep))).toBe(403);
    const toSecond = await requested(org.admin, { payeeId: second.uid });
    expect(await statusOf(approving(toSecond, second))).toBe(403);
    expect(await statusOf(as(second, `POST /api/adjustments/${toSecond}/reject`))).toBe(403);
    const toManager = await requested(org.admin, { payeeId: org.manager.uid });
    expect(await statusOf(approving(toManager, org.manager))).toBe(403);
    expect(await statusOf(approving(id, org.manager))).toBe(200);
    expect(await statusOf(approving(toManager, second))).toBe(200);
  });

  it('is asked for by those who oversee the payee alone', async () => {
    const stranger = await createOrganisation();
    const ask = (person: Pick<Member, 'token'>, fields: object = {}) =>
      statusOf(as(person, 'POST /api/adjustments', { ...bonus(), ...fields }));
    expect(await ask(org.rep)).toBe(403);
    expect(await ask(org.colleague)).toBe(403);
    expect(await ask(org.otherManager)).toBe(403);
    expect(await ask(stranger.admin)).toBe(422);
    const key = await ok(
      org.admin,
      'POST /api/api-keys',
      { name: 'Key', scopes: ['read:crm', 'write:crm'] },
      201,
    );
    expect(await ask({ token: () => Promise.resolve(textIn(key.body, 'secret')) })).toBe(403);
    expect(await ask(org.admin, { amountMinor: 0 })).toBe(422);
    expect(await ask(org.admin, { amountMinor: 0.5 })).toBe(400);
    expect(await ask(org.admin, { dealId: 'absent' })).toBe(404);
  });

  it('is possible for somebody who has left', async () => {
    const id = await requested(org.manager, { payeeId: org.deactivated.uid, amountMinor: -100 });
    await ok(org.admin, `POST /api/adjustments/${id}/approve`);
    expect(await accountsOf(org, org.deactivated)).toMatchObject({ pending: -100 });
  });

  it('is posted once when two approve at once, or one approves and one rejects', async () => {
    const second = await addMember(org.orgId, 'second', { role: 'admin' });
    const id = await requested(org.manager);
    const answers = await Promise.all([approving(id, org.admin), approving(id, second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const other = await requested(org.manager);
    const [approved] = await Promise.all([
      approving(other, org.admin),
      as(second, `POST /api/adjustments/${other}/reject`),
    ]);
    const earned = approved.status === 200 ? 10_000 : 5000;
    expect(await accountsOf(org, org.rep)).toMatchObject({ earned });
    expect(await stored(org.orgId, `adjustments/${other}`)).toMatchObject({ version: 2 });
  });

  it('on a deal counts for what the payee earns on it', async () => {
    const { body } = await ok(org.rep, 'POST /api/deals', { title: 'Website', value: 1 }, 201);
    const dealId = textIn(body, 'id');
    const id = await requested(org.manager, { dealId });
    await ok(org.admin, `POST /api/adjustments/${id}/approve`);
    expect(await stored(org.orgId, `splits/${dealId}_${org.rep.uid}`)).toMatchObject({
      ...{ earnedMinor: { USD: 5000 }, heldMinor: { USD: 0 } },
    });
  });
});

describe('looking at adjustments', () => {
  it('shows each their own and those they oversee', async () => {
    const id = await requested(org.manager);
    const other = await requested(org.admin, { payeeId: org.rep2.uid });
    await ok(org.admin, `POST /api/adjustments/${id}/approve`);
    const list = async (person: Member, query = '') =>
      idsIn(listIn((await ok(person, `GET /api/adjustments${query}`)).body, 'adjustments'));
    expect(await list(org.admin)).toEqual([other, id]);
    expect(await list(org.manager)).toEqual([id]);
    expect(await list(org.rep)).toEqual([id]);
    expect(await list(org.rep2)).toEqual([other]);
    expect(await list(org.rep2, '?status=approved')).toEqual([]);
    expect(await list(org.admin, `?status=approved&payeeId=${org.rep.uid}`)).toEqual([id]);
    expect(await list(org.manager, `?payeeId=${org.rep.uid}`)).toEqual([id]);
    await ok(org.rep, `GET /api/adjustments/${id}`);
    for (const person of [org.colleague, org.otherManager, (await createOrganisation()).admin]) {
      expect(await statusOf(as(person, `GET /api/adjustments/${id}`))).toBe(404);
      expect(await statusOf(approving(id, person))).toBe(404);
    }
  });
});

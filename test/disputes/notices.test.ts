import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Timestamp } from 'firebase-admin/firestore';
import { email } from '../../functions/src/app/email.ts';
import {
  sendDisputeNotice,
  sendDisputeNotices,
} from '../../functions/src/modules/disputes/disputes.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { DyingMeter } from '../support/faults.ts';
import { invocationAt } from '../support/jobs.ts';
import { useMails } from '../support/mails.ts';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { disputed, ok, wonDeal } from './support.ts';

// The schedule comes to what other test files have left first.
jest.setTimeout(300_000);

const mails = useMails();
let org: Organisation;
let id: string;
beforeEach(async () => {
  org = await createOrganisation();
  const triggers = new DealTriggers(org.orgId);
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
  id = await disputed(org.rep, await wonDeal(org, triggers), { contestedMinor: 4000 });
});

const MINUTE_MS = 60_000;
const later = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

/** Runs the schedule until it has come to the notices of this test; other files leave theirs. */
async function sendAll(): Promise<void> {
  const isDone = async () => (await waiting()).length === 0;
  while (!(await isDone())) await sendDisputeNotices(invocationAt(later(1)), email);
}
async function waiting(): Promise<string[]> {
  const { docs } = await firestore().collection(`orgs/${org.orgId}/disputeNotices`).get();
  return docs.map((doc) => doc.id);
}
const countFor = async (person: { email: string }) => (await mails.to(person.email)).length;

describe('the notice of a dispute', () => {
  it('goes to who oversees the payee, once', async () => {
    await sendAll();
    await sendAll();
    const mail = await mails.newestTo(org.manager.email);
    expect(mail.subject).toBe('The dispute about “Website”');
    expect(mail.text).toContain('was opened');
    expect(mail.text).toContain('Contested: 40 USD');
    expect([await countFor(org.manager), await countFor(org.rep)]).toEqual([1, 0]);
    expect(await countFor(org.admin)).toBe(0);
    expect(await waiting()).toEqual([]);
  });

  it('goes to both sides when somebody else resolves it', async () => {
    await ok(org.admin, `POST /api/disputes/${id}/resolve`, {
      ...{ outcome: 'upheld', note: 'Agreed', adjustmentMinor: 1250 },
    });
    await sendAll();
    const mail = await mails.newestTo(org.rep.email);
    expect(mail.text).toContain('was upheld');
    expect(mail.text).toContain('Adjustment: 12.5 USD');
    expect(mail.text).toContain('Reason: Agreed');
    expect([await countFor(org.manager), await countFor(org.rep)]).toEqual([2, 1]);
  });

  it('goes to administrators when nobody manages the team, and not to who has left', async () => {
    await changeMember(org.orgId, org.manager.uid, { active: false });
    await sendAll();
    expect([await countFor(org.manager), await countFor(org.admin)]).toEqual([0, 1]);
  });

  it.each([
    ['busy', 1],
    ['drop', 1],
    ['refuse', 0],
  ] as const)('is kept for later when the mail server says %s: %d', async (fault, left) => {
    const send = () => sendDisputeNotice(invocationAt(later(1)), email, org.orgId, `${id}_1`);
    mails.fail(fault);
    await send();
    expect(await waiting()).toHaveLength(left);
    await send();
    expect(await waiting()).toEqual([]);
    const ids = (await mails.to(org.manager.email)).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(left);
  });

  it('waits longer after each failure', async () => {
    const notice = firestore().doc(`orgs/${org.orgId}/disputeNotices/${id}_1`);
    const pauses: number[] = [];
    for (const _attempt of [1, 2, 3]) {
      mails.fail('busy');
      const now = later(1);
      await sendDisputeNotice(invocationAt(now), email, org.orgId, notice.id);
      const next: Timestamp = (await notice.get()).get('nextSendAt');
      pauses.push((next.toMillis() - now.getTime()) / MINUTE_MS);
    }
    expect(pauses).toEqual([1, 2, 4]);
  });

  it('is sent at last when the process is killed at any call', async () => {
    for (let dieAt = 1; (await waiting()).length > 0; dieAt += 1) {
      const meter = new DyingMeter(dieAt, dieAt % 2 === 0 ? 'after' : 'before');
      const ctx = invocationAt(later(1), { meter });
      const outcome = await sendDisputeNotice(ctx, email, org.orgId, `${id}_1`).catch(String);
      expect(outcome === undefined || meter.isDead).toBe(true);
    }
    const ids = (await mails.to(org.manager.email)).map(({ messageId }) => messageId);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids).size).toBe(1);
  });
});

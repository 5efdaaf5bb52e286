import { beforeEach, describe, expect, it } from '@jest/globals';
import { importedId } from '../../functions/src/modules/imports/imports.public.ts';
import { sweepAlerts } from '../../functions/src/modules/notifications/notifications.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { disputed, ok, wonDeal } from '../disputes/support.ts';
import { storeDraft } from '../payouts/payout-world.ts';
import { as, made } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { invocationAt } from '../support/jobs.ts';
import { storeText } from '../support/messages.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { freshPhone } from '../support/twilio.ts';
import { subscribe } from '../webhooks/delivery-runs.ts';
import { AlertTriggers, toldIn, whoWasTold } from './support.ts';

let org: Organisation;
let triggers: AlertTriggers;
beforeEach(async () => {
  org = await createOrganisation();
  triggers = new AlertTriggers(org);
});

const documentsOf = async (collection: string) =>
  (await firestore().collection(`orgs/${org.orgId}/${collection}`).get()).size;

describe('alerts', () => {
  it('tell who gets a deal, and not who made or took it', async () => {
    const own = await made(org.rep, 'deals', { title: 'Own', value: 1 });
    await triggers.follow('deals', own);
    expect(await whoWasTold(org.orgId)).toEqual([]);
    const body = { title: 'Website <b>', value: 15_000, ownerId: org.rep.uid };
    const given = await made(org.manager, 'deals', body);
    await triggers.follow('deals', given);
    expect(await toldIn(org.orgId)).toEqual([
      expect.objectContaining({
        ...{ ownerId: org.rep.uid, kind: 'deal_assigned', readAt: null },
        ...{ title: '“Website <b>” was assigned to you', body: '$15,000.00' },
        ...{ recordType: 'deal', recordId: given, eventId: `${given}_1` },
      }),
    ]);
    await as(org.manager, `PATCH /api/deals/${given}`, { ownerId: org.colleague.uid });
    await triggers.follow('deals', given);
    expect(await whoWasTold(org.orgId)).toEqual(
      [`deal_assigned ${org.rep.uid}`, `deal_assigned ${org.colleague.uid}`].sort(),
    );
  });

  it('tell the managers of the team that a deal is won', async () => {
    const id = await made(org.rep, 'deals', { title: 'Website', value: 15_000 });
    await triggers.follow('deals', id);
    await as(org.rep, `PATCH /api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
    await triggers.follow('deals', id);
    expect(await whoWasTold(org.orgId)).toEqual([`deal_won ${org.manager.uid}`]);
    await as(org.manager, `PATCH /api/deals/${id}/stage`, { stage: 'QUALIFIED' });
    await as(org.manager, `PATCH /api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
    await triggers.follow('deals', id);
    expect(await whoWasTold(org.orgId)).toHaveLength(1);
  });

  it('tell who is to do a task', async () => {
    const recordId = await made(org.rep, 'deals', { title: 'Website', value: 1 });
    const about = { recordType: 'deal', recordId, title: 'Call', dueAt: '2030-01-01T09:00:00Z' };
    const answer = await as(org.manager, 'POST /api/tasks', { ...about, assigneeId: org.rep.uid });
    await triggers.follow('tasks', textIn(answer.body, 'id'));
    expect(await toldIn(org.orgId)).toEqual([
      expect.objectContaining({
        ...{ ownerId: org.rep.uid, title: 'The task “Call” was assigned to you' },
        body: 'Due 2030-01-01 09:00 UTC',
      }),
    ]);
  });

  it('tell who is mentioned in a note, of what it is about', async () => {
    const recordId = await made(org.rep, 'deals', { title: 'Website', value: 1 });
    const text = 'Please look, @Manager';
    const mentions = [org.manager.uid, org.rep.uid];
    const answer = await as(org.rep, 'POST /api/notes', {
      ...{ recordType: 'deal', recordId, text, mentions },
    });
    await triggers.follow('notes', textIn(answer.body, 'id'));
    expect(await toldIn(org.orgId)).toEqual([
      expect.objectContaining({
        ...{ ownerId: org.manager.uid, kind: 'mentioned', recordType: 'deal', recordId },
        ...{ title: 'You were mentioned in a note about a deal', body: text },
      }),
    ]);
    const plain = await as(org.rep, 'POST /api/notes', { recordType: 'deal', recordId, text });
    await triggers.follow('notes', textIn(plain.body, 'id'));
    expect(await whoWasTold(org.orgId)).toHaveLength(1);
  });

  it('tell payee and administrators of a payout that fails', async () => {
    const id = await storeDraft(org, org.rep);
    await triggers.observe('payouts', id);
    await firestore()
      .doc(`orgs/${org.orgId}/payouts/${id}`)
      .update({ status: 'failed', failure: 'No account', version: 2 });
    await triggers.follow('payouts', id);
    expect(await whoWasTold(org.orgId)).toEqual(
      [`payout_failed ${org.admin.uid}`, `payout_failed ${org.rep.uid}`].sort(),
    );
  });

  it('tell the managers of a dispute, and the one who disputes how it ended', async () => {
    await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
    const dealId = await wonDeal(org, new DealTriggers(org.orgId));
    const id = await disputed(org.rep, dealId, { reason: 'The rate is wrong' });
    await triggers.follow('disputes', id);
    expect(await whoWasTold(org.orgId)).toEqual([`dispute_opened ${org.manager.uid}`]);
    const resolution = { outcome: 'rejected', note: 'It is the rate of your plan' };
    await ok(org.manager, `POST /api/disputes/${id}/resolve`, resolution);
    await triggers.follow('disputes', id);
    expect(await toldIn(org.orgId)).toContainEqual(
      expect.objectContaining({
        ...{ ownerId: org.rep.uid, kind: 'dispute_resolved', recordId: id },
        title: 'Your dispute was rejected',
      }),
    );
    expect(await whoWasTold(org.orgId)).toHaveLength(2);
  });

  it('tell the owner of the contact that a message has come in', async () => {
    const contactId = await made(org.rep, 'contacts', { firstName: 'Ada', phone: freshPhone() });
    const { messageId } = await storeText(org.orgId, contactId);
    await triggers.follow('messages', messageId);
    expect(await toldIn(org.orgId)).toEqual([
      expect.objectContaining({
        ...{ ownerId: org.rep.uid, kind: 'message_received', body: 'Hello' },
      }),
    ]);
  });

  it('tell administrators who has left, and nobody who was shown out', async () => {
    await triggers.observe('users', org.rep.uid);
    await as(org.rep, 'POST /api/users/me/leave');
    await triggers.follow('users', org.rep.uid);
    const told = expect.objectContaining({
      ...{ ownerId: org.admin.uid, kind: 'member_left', title: 'rep has left' },
      ...{ recordType: 'user', recordId: org.rep.uid },
    });
    expect(await toldIn(org.orgId)).toEqual([told]);
    await triggers.observe('users', org.rep2.uid);
    await as(org.admin, `POST /api/users/${org.rep2.uid}/deactivate`);
    await triggers.follow('users', org.rep2.uid);
    expect(await toldIn(org.orgId)).toEqual([told]);
  });

  it('tell administrators of an endpoint that was disabled, and not of one that is paused', async () => {
    const { id } = await subscribe(org, 'https://hooks.example.com/deals');
    await triggers.observe('subscriptions', id);
    const subscription = firestore().doc(`orgs/${org.orgId}/subscriptions/${id}`);
    await subscription.update({ status: 'paused', version: 2 });
    await triggers.follow('subscriptions', id);
    expect(await whoWasTold(org.orgId)).toEqual([]);
    await subscription.update({
      ...{ status: 'disabled', disabledReason: 'failing', disabledAt: new Date(), version: 3 },
      updatedBy: 'webhooks',
    });
    await triggers.follow('subscriptions', id);
    expect(await whoWasTold(org.orgId)).toEqual([`webhook_disabled ${org.admin.uid}`]);
  });

  it('tell each person once, however often and beside itself all of it runs', async () => {
    const body = { title: 'Website', value: 1, ownerId: org.rep.uid };
    const id = await made(org.manager, 'deals', body);
    const change = await triggers.observe('deals', id);
    const deliveries = await Promise.all(Array.from({ length: 5 }, () => triggers.deliver(change)));
    expect(deliveries.flatMap(({ tasks }) => tasks)).toHaveLength(1);
    expect(await documentsOf('alerts')).toBe(1);
    const alertId = `${id}_1_deal_assigned`;
    await Promise.all(Array.from({ length: 5 }, () => triggers.handOut(alertId)));
    await triggers.deliver(change);
    await triggers.handOut(alertId);
    expect(await whoWasTold(org.orgId)).toEqual([`deal_assigned ${org.rep.uid}`]);
    expect(await documentsOf('alerts')).toBe(0);
  });

  it('are handed out by the sweep when their task is lost', async () => {
    const id = await made(org.manager, 'deals', { title: 'A', value: 1, ownerId: org.rep.uid });
    // Long before anything that other tests left behind.
    const minute = (number: number) => new Date(Date.UTC(1990, 0, 1, 0, number));
    await triggers.deliver(await triggers.observe('deals', id), minute(0));
    await sweepAlerts(invocationAt(minute(1)));
    expect(await whoWasTold(org.orgId)).toEqual([]);
    await sweepAlerts(invocationAt(minute(10)));
    expect(await whoWasTold(org.orgId)).toEqual([`deal_assigned ${org.rep.uid}`]);
  });

  it('respect what people want to be told, and how', async () => {
    await as(org.rep, 'PUT /api/notifications/settings', {
      kinds: { deal_assigned: { inbox: false, email: true } },
    });
    await as(org.colleague, 'PUT /api/notifications/settings', {
      kinds: { deal_assigned: { inbox: false } },
    });
    for (const { uid } of [org.rep, org.colleague]) {
      const body = { title: 'Website', value: 1, ownerId: uid };
      await triggers.follow('deals', await made(org.manager, 'deals', body));
    }
    expect(await whoWasTold(org.orgId)).toEqual([]);
    expect(await documentsOf('notificationMails')).toBe(1);
  });

  it('are left to the job for what an import brings, wins among it', async () => {
    const id = importedId(newId(), 1);
    const by = { createdBy: org.admin.uid, updatedBy: org.admin.uid };
    const won = { stageKind: 'won', closedAt: new Date() } as const;
    await storeDeal(org.orgId, dealOf(org.rep.principal, { ...by, ...won }), id);
    const { tasks } = await triggers.deliver(await triggers.observe('deals', id));
    expect(tasks).toEqual([]);
    expect(await documentsOf('alerts')).toBe(0);
    // From then on it is a deal like any other.
    await as(org.manager, `PATCH /api/deals/${id}`, { ownerId: org.colleague.uid });
    await triggers.follow('deals', id);
    expect(await whoWasTold(org.orgId)).toEqual([`deal_assigned ${org.colleague.uid}`]);
  });

  it('cost an event that alerts nobody nothing, and any other one write and no read', async () => {
    const own = await made(org.rep, 'deals', { title: 'Own', value: 1 });
    const quiet = await triggers.deliver(await triggers.observe('deals', own));
    expect(quiet.meter).toMatchObject({ reads: 1, writes: 1, roundTrips: 2 });
    const given = await made(org.manager, 'deals', { title: 'A', value: 1, ownerId: org.rep.uid });
    const alerting = await triggers.deliver(await triggers.observe('deals', given));
    expect(alerting.meter).toMatchObject({ reads: 1, writes: 2, roundTrips: 2 });
    // The alert and the settings of the one who is told; the notification, and the alert’s removal.
    const told = await triggers.handOut(`${given}_1_deal_assigned`);
    expect(told).toMatchObject({ reads: 2, writes: 2, roundTrips: 3 });
    const again = await triggers.handOut(`${given}_1_deal_assigned`);
    expect(again).toMatchObject({ reads: 1, writes: 0, roundTrips: 1 });
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { importedId } from '../../functions/src/modules/imports/imports.public.ts';
import { sweepAlerts } from '../../functions/src/modules/notifications/notifications.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { storeDraft } from '../payouts/payout-world.ts';
import { as, made } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
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

  it('are left to the job for what an import brings', async () => {
    const id = importedId(newId(), 1);
    const deal = dealOf(org.rep.principal, { createdBy: org.admin.uid, updatedBy: org.admin.uid });
    await storeDeal(org.orgId, deal, id);
    await triggers.follow('deals', id);
    expect(await whoWasTold(org.orgId)).toEqual([]);
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

import { beforeAll, describe, expect, it } from '@jest/globals';
import { jobRunner } from '../../functions/src/app/job-handlers.ts';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { as, idsIn } from '../support/as.ts';
import { invocationAt, runJobToEnd } from '../support/jobs.ts';
import { changeMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { at, close, earn, payoutId } from './payout-world.ts';

const PERIOD = '2025-10-01';
const OCTOBER = at('2025-10-10T12:00:00Z');
const CLOSED_AT = at('2025-11-01T00:30:00Z');
const NEXT = '2025-11-01';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  await earn(org, org.rep, 12_345, OCTOBER);
  await earn(org, org.rep, -345, OCTOBER, { reason: 'clawback' });
  await earn(org, org.rep, 700, OCTOBER, { currency: 'JPY' });
  await earn(org, org.colleague, 1001, OCTOBER);
  await earn(org, org.rep2, 5000, OCTOBER, { teamId: org.teams.west });
  await earn(org, org.manager, -9, OCTOBER);
});

describe('periods', () => {
  it('are previewed, closed by a job, and listed with their totals for administrators', async () => {
    expect(await as(org.rep, 'GET /api/periods')).toMatchObject({
      body: { periods: [], next: { id: PERIOD, closableFrom: '2025-11-01T00:05:00.000Z' } },
    });
    await changeMember(org.orgId, org.rep2.uid, { active: false });
    const preview = await as(org.admin, `GET /api/periods/${PERIOD}/preview?limit=100`);
    await changeMember(org.orgId, org.rep2.uid, { active: true });
    expect(preview).toMatchObject({
      status: 200,
      body: { period: { id: PERIOD }, nextCursor: null },
    });
    const lines = listIn(preview.body, 'payees').map((line) => Object(line));
    expect(lines).toHaveLength(5);
    expect(lines.find(({ payeeId }) => payeeId === org.manager.uid)).toMatchObject({
      ...{ pendingMinor: -9, amountMinor: 0, warnings: ['negative_balance'] },
    });
    expect(lines.find(({ payeeId }) => payeeId === org.rep2.uid)).toMatchObject({
      ...{ pendingMinor: 5000, amountMinor: 5000, warnings: ['payee_not_active'] },
    });
    expect(await firestore().collection(`orgs/${org.orgId}/payouts`).get()).toMatchObject({
      size: 0,
    });

    expect(await as(org.rep, `POST /api/periods/${PERIOD}/close`)).toMatchObject({ status: 403 });
    const ordered = await as(org.admin, `POST /api/periods/${PERIOD}/close`);
    expect(ordered).toMatchObject({ status: 200, body: { id: PERIOD, status: 'closing' } });
    await runJobToEnd(jobRunner, org.orgId, textIn(ordered.body, 'jobId'), { now: CLOSED_AT });
    expect(await as(org.admin, `GET /api/periods/${PERIOD}`)).toMatchObject({
      body: { status: 'closed', entries: 6, totals: { USD: { entries: 5, pendingMinor: 17_992 } } },
    });
    expect(await as(org.rep, `GET /api/periods/${PERIOD}`)).toMatchObject({
      status: 200,
      body: { status: 'closed', totals: null },
    });
    expect(await as(org.admin, `GET /api/periods/${PERIOD}/preview`)).toMatchObject({
      status: 422,
    });
    expect(await as(org.admin, 'GET /api/periods/2031-01-01/preview')).toMatchObject({
      status: 404,
    });
  });

  it('page the preview payee by payee', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const { body } = await as(org.admin, `GET /api/periods/${NEXT}/preview?limit=2${cursor}`);
      for (const line of listIn(body, 'payees')) {
        seen.push(`${textIn(line, 'payeeId')} ${textIn(line, 'currency')}`);
      }
      if (Object(body).nextCursor === null) break;
      cursor = `&cursor=${textIn(body, 'nextCursor')}`;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    expect(await as(org.admin, `GET /api/periods/${NEXT}/preview?cursor=x`)).toMatchObject({
      ...{ status: 422, body: { field: 'cursor' } },
    });
  });

  it('become events', async () => {
    const path = `orgs/${org.orgId}/periods/${PERIOD}`;
    const after = (await firestore().doc(path).get()).data();
    await recordChange(invocationAt(CLOSED_AT), recordKinds.periods, {
      ...{
        orgId: org.orgId,
        recordId: PERIOD,
        before: { ...after, version: 1, status: 'closing' },
      },
      after,
    });
    const event = await firestore().doc(`orgs/${org.orgId}/events/${PERIOD}_2`).get();
    expect(event.get('types')).toEqual(['period.closed']);
  });
});

describe('payouts', () => {
  const ids = async (who: Organisation['admin'], query = '') => {
    const { body } = await as(who, `GET /api/payouts?limit=50${query}`);
    return idsIn(listIn(body, 'payouts')).toSorted();
  };

  it('are seen by their payee, who manages the team, and administrators', async () => {
    const mine = [payoutId(PERIOD, org.rep), payoutId(PERIOD, org.rep, 'JPY')].toSorted();
    const east = [...mine, payoutId(PERIOD, org.colleague)].toSorted();
    const west = payoutId(PERIOD, org.rep2);
    expect(await ids(org.rep)).toEqual(mine);
    expect(await ids(org.manager)).toEqual(east);
    expect(await ids(org.otherManager)).toEqual([west]);
    expect(await ids(org.admin)).toEqual([...east, west].toSorted());
    expect(await ids(org.admin, `&payeeId=${org.rep.uid}&periodId=${PERIOD}&status=draft`)).toEqual(
      mine,
    );
    expect(await ids(org.rep, `&payeeId=${org.colleague.uid}`)).toEqual([]);
    expect(await ids(org.manager, `&status=draft&periodId=${PERIOD}`)).toEqual(east);
    expect(await ids(org.admin, '&status=paid')).toEqual([]);
    expect(await as(org.rep, `GET /api/payouts/${west}`)).toMatchObject({ status: 404 });
  });

  it('say what they are made of', async () => {
    expect(await as(org.rep, `GET /api/payouts/${payoutId(PERIOD, org.rep)}`)).toMatchObject({
      status: 200,
      body: {
        ...{ status: 'draft', amountMinor: 12_000, payeeId: org.rep.uid, entries: [] },
        periodSums: [
          { reason: 'earning', amountMinor: 12_345 },
          { reason: 'clawback', amountMinor: -345 },
        ],
      },
    });
  });

  it('are approved, voided and marked as paid by administrators, one request one effect', async () => {
    const id = payoutId(PERIOD, org.rep);
    for (const person of [org.rep, org.manager]) {
      expect(await as(person, `POST /api/payouts/${id}/approve`)).toMatchObject({ status: 403 });
    }
    const key = { 'Idempotency-Key': 'approve once' };
    const first = await as(org.admin, `POST /api/payouts/${id}/approve`, undefined, key);
    const second = await as(org.admin, `POST /api/payouts/${id}/approve`, undefined, key);
    expect(first).toMatchObject({ status: 200, body: { status: 'approved', version: 2 } });
    expect(second.body).toEqual(first.body);
    const bulk = await as(org.admin, 'POST /api/payouts/approve', {
      ids: [payoutId(PERIOD, org.colleague), 'none'],
    });
    expect(bulk).toMatchObject({ status: 200 });
    expect(JSON.stringify(bulk.body)).toContain('"status":"approved"');
    const twice = { ids: [id, id] };
    expect(await as(org.admin, 'POST /api/payouts/approve', twice)).toMatchObject({
      ...{ status: 422, body: { field: 'ids' } },
    });
    const west = payoutId(PERIOD, org.rep2);
    expect(
      await as(org.admin, `POST /api/payouts/${west}/void`, { reason: 'check' }),
    ).toMatchObject({
      body: { status: 'voided', reason: 'check' },
    });
    const early = await as(org.admin, `POST /api/payouts/${west}/mark-paid`, { reference: 'x' });
    expect(early).toMatchObject({ status: 422, body: { field: 'status' } });
    const paid = { reference: '=HYPERLINK("x")', amountMinor: 12_000 };
    expect(await as(org.admin, `POST /api/payouts/${id}/mark-paid`, paid)).toMatchObject({
      body: { status: 'paid', method: 'manual', reference: '=HYPERLINK("x")' },
    });
    const { body } = await as(org.rep, `GET /api/payouts/${id}`);
    expect(listIn(body, 'entries')).toMatchObject([
      { reason: 'approval', pendingMinor: -12_000, approvedMinor: 12_000 },
      { reason: 'payout', approvedMinor: -12_000, paidMinor: 12_000 },
    ]);
  });

  it('are written to a file for the bank, in which nothing is a formula', async () => {
    const csv = async (who: Organisation['admin']) => {
      const answer = await createRouter().fetch(
        new Request(`http://localhost/api/payouts.csv?periodId=${PERIOD}`, {
          headers: { Authorization: `Bearer ${await who.token()}` },
        }),
      );
      return {
        status: answer.status,
        type: answer.headers.get('content-type'),
        text: await answer.text(),
      };
    };
    await changeMember(org.orgId, org.colleague.uid, { name: '+1 "Col", league' });
    const { status, type, text } = await csv(org.admin);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [header, ...lines] = text.trim().split('\r\n').toSorted().toReversed();
    expect(header).toBe(
      'payoutId,periodId,payeeId,payeeName,payeeEmail,currency,amount,payable,status,method,reference',
    );
    const lineOf = (id: string) => lines.find((line) => line.startsWith(`${id},`));
    expect(lineOf(payoutId(PERIOD, org.rep))).toMatch(
      /,USD,120\.00,0\.00,paid,manual,"'=HYPERLINK\(""x""\)"$/,
    );
    expect(lineOf(payoutId(PERIOD, org.rep, 'JPY'))).toMatch(/,JPY,700,0,draft,,$/);
    expect(lineOf(payoutId(PERIOD, org.colleague))).toMatch(
      /,"'\+1 ""Col"", league",[^,]+,USD,10\.01,10\.01,approved,,$/,
    );
    expect(await csv(org.rep)).toMatchObject({ status: 403 });
  });

  it('become events', async () => {
    const id = payoutId(PERIOD, org.rep2);
    const after = (await firestore().doc(`orgs/${org.orgId}/payouts/${id}`).get()).data();
    await recordChange(invocationAt(CLOSED_AT), recordKinds.payouts, {
      ...{ orgId: org.orgId, recordId: id, before: { ...after, version: 1, status: 'draft' } },
      after,
    });
    const event = await firestore().doc(`orgs/${org.orgId}/events/${id}_2`).get();
    expect([event.get('types'), event.get('ownerId')]).toEqual([['payout.voided'], org.rep2.uid]);
  });
});

describe('the schedule', () => {
  it('is read by everybody and changed by administrators, from the last closed period on', async () => {
    const body = { schedule: 'semimonthly' };
    expect(await as(org.rep, 'PUT /api/payout-settings', body)).toMatchObject({ status: 403 });
    expect(await as(org.admin, 'PUT /api/payout-settings', { schedule: 'daily' })).toMatchObject({
      status: 422,
    });
    const key = { 'Idempotency-Key': 'semimonthly' };
    const changed = await as(org.admin, 'PUT /api/payout-settings', body, key);
    expect(await as(org.admin, 'PUT /api/payout-settings', body, key)).toMatchObject({
      body: changed.body,
    });
    expect(await as(org.rep, 'GET /api/payout-settings')).toMatchObject({
      status: 200,
      body: { schedule: 'semimonthly', timeZone: 'UTC', since: '2025-11-01T00:00:00.000Z' },
    });
    await earn(org, org.rep, 50, at('2025-11-03T00:00:00Z'));
    await close(org, NEXT, at('2025-11-16T00:05:00Z'));
    const { body: list } = await as(org.rep, 'GET /api/periods?limit=1');
    expect(list).toMatchObject({ periods: [{ id: NEXT }], next: { id: '2025-11-16' } });
    const more = await as(org.rep, `GET /api/periods?limit=1&cursor=${textIn(list, 'nextCursor')}`);
    expect(idsIn(listIn(more.body, 'periods'))).toEqual([PERIOD]);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { events as eventCollection } from '../../functions/src/modules/events/events.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as, essence, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const fresh = (fields: Parameters<typeof dealOf>[1] = {}) =>
  storeDeal(org.orgId, dealOf(org.rep.principal, fields));
const report = (body: unknown, headers = {}, person = org.rep) =>
  as(person, 'POST /api/events', body, headers);
const reported = (id: string) =>
  openUnit(contextOf(org.admin.principal), org.orgId).find(eventCollection, id);

describe('POST /api/events', () => {
  it('takes the request of seed 000, and keeps what says nothing of a change', async () => {
    const dealId = await fresh();
    const answer = await report({ dealId, event: 'stage_updated' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ success: true, applied: false, event: 'stage_updated' },
        ...{ recordType: 'deal', recordId: dealId },
      },
    });
    expect(await storedDeal(org.orgId, dealId)).toMatchObject({ version: 1, stageId: 'intake' });
  });

  it('moves a deal as the stage’s own route does', async () => {
    const dealId = await fresh();
    const data = { stage: 'PROPOSAL', probability: 55 };
    expect((await report({ dealId, event: 'stage_updated', data })).body).toMatchObject({
      ...{ applied: true, eventId: `${dealId}_2` },
    });
    expect(await storedDeal(org.orgId, dealId)).toMatchObject({
      ...{ stageKey: 'PROPOSAL', probability: 55, version: 2, updatedBy: org.rep.uid },
    });
  });

  it('wins and loses deals, in the first stage of that kind unless one is named', async () => {
    const [won, lost] = await Promise.all([fresh(), fresh()]);
    await report({ dealId: won, event: 'deal_won' });
    expect(await storedDeal(org.orgId, won)).toMatchObject({
      ...{ stageId: org.stages.CLOSED_WON, stageKind: 'won', closedAt: expect.any(Date) },
    });
    await report({ dealId: lost, event: 'deal_lost', data: { lostReason: 'Price' } });
    expect(await storedDeal(org.orgId, lost)).toMatchObject({
      ...{ stageKind: 'lost', lostReason: 'Price' },
    });
    // Won already: nothing to do.
    expect((await report({ dealId: won, event: 'deal_won' })).body).toMatchObject({
      ...{ applied: true, eventId: `${won}_2` },
    });
    const named = await report({ dealId: lost, event: 'deal_won', data: { stage: 'CLOSED_WON' } });
    expect(named.body).toMatchObject({ eventId: `${lost}_3` });
  });

  it('changes the value of a deal', async () => {
    const dealId = await fresh();
    await report({ dealId, event: 'value_updated', data: { value: 12.5, currency: 'EUR' } });
    expect(await storedDeal(org.orgId, dealId)).toMatchObject({
      valueMinor: 1250,
      currency: 'EUR',
    });
  });

  it('stores an unknown event with the record’s audience and without a version', async () => {
    const dealId = await fresh({ participantIds: [org.rep.uid, org.rep2.uid] });
    const data = { provider: 'docs', pages: 3, signed: true, note: null };
    const { body } = await report({ dealId, event: 'contract_signed', data });
    const id = textIn(body, 'eventId');
    expect(id).toMatch(new RegExp(`^${dealId}_c_[A-Za-z0-9_-]{20}$`));
    expect(await reported(id)).toMatchObject({
      ...{ recordType: 'deal', recordId: dealId, version: 0, types: ['custom.contract_signed'] },
      ...{ actor: org.rep.uid, at: expect.any(Date), before: {}, after: data, recovered: false },
      ...{ ownerId: org.rep.uid, teamId: org.teams.east },
      participantIds: [org.rep.uid, org.rep2.uid],
    });
    expect((await storedDeal(org.orgId, dealId))?.version).toBe(1);
    const timeline = await as(org.rep, `GET /api/timeline?recordType=deal&recordId=${dealId}`);
    expect(JSON.stringify(timeline.body)).toContain('custom.contract_signed');
  });

  it.each(['deal.won', 'custom.deal_won', 'deal_won_'])('forges no event: %s', async (event) => {
    const dealId = await fresh();
    const { body } = await report({ dealId, event });
    const stored = await reported(textIn(body, 'eventId'));
    expect(stored?.types).toEqual([`custom.${event}`]);
  });

  it('takes reports about any record', async () => {
    const recordId = await made(org.rep, 'contacts', { firstName: 'Alice' });
    const about = { recordType: 'contact', recordId };
    const answer = await report({ ...about, event: 'deal_won' });
    expect(answer).toMatchObject({ status: 200, body: { applied: false, ...about } });
    expect(await reported(textIn(answer.body, 'eventId'))).toMatchObject(about);
  });

  it('takes one report once, by its key', async () => {
    const dealId = await fresh();
    const headers = { 'Idempotency-Key': newId() };
    const body = { dealId, event: 'contract_signed' };
    const first = await report(body, headers);
    const again = await report(body, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await report({ ...body, event: 'other' }, headers)).toMatchObject({ status: 422 });
    const twin = await Promise.all(
      [1, 2, 3].map(() => report({ dealId, event: 'deal_won' }, { 'Idempotency-Key': 'x' })),
    );
    expect(new Set(twin.map(({ body: answer }) => textIn(answer, 'eventId')))).toEqual(
      new Set([`${dealId}_2`]),
    );
  });

  it('needs the right to change the record', async () => {
    const dealId = await fresh({ participantIds: [org.rep.uid, org.rep2.uid] });
    for (const event of ['contract_signed', 'deal_won']) {
      expect((await report({ dealId, event }, {}, org.rep2)).status).toBe(403);
      const absent = newId();
      const unknown = essence(await report({ dealId: absent, event }), absent);
      expect(essence(await report({ dealId, event }, {}, org.colleague), dealId)).toBe(unknown);
      expect(essence(await report({ dealId, event }, {}, elsewhere.admin), dealId)).toBe(unknown);
    }
  });

  it.each<[string, number, object]>([
    ['event', 400, {}],
    ['event', 400, { event: 5 }],
    ['event', 422, { event: 'Deal Won' }],
    ['event', 422, { event: '' }],
    ['event', 422, { event: 'a/b' }],
    ['dealId', 422, { event: 'a', recordId: 'x', recordType: 'deal' }],
    ['data', 400, { event: 'a', data: [] }],
    ['data.a', 400, { event: 'a', data: { a: { b: 1 } } }],
    ['data.stage', 422, { event: 'stage_updated', data: { stage: 'nowhere at all' } }],
    ['stage', 422, { event: 'stage_updated', data: { stage: 'nowhere' } }],
    [
      'data.probability',
      422,
      { event: 'stage_updated', data: { stage: 'LEAD', probability: 101 } },
    ],
    ['data.colour', 400, { event: 'stage_updated', data: { stage: 'LEAD', colour: 'red' } }],
    ['data.value', 400, { event: 'value_updated' }],
    ['value', 422, { event: 'value_updated', data: { value: 1.001 } }],
    ['actor', 400, { event: 'a', actor: 'me' }],
  ])('refuses a bad %s with %d: %j', async (field, status, fields) => {
    const dealId = await fresh();
    const answer = await report({ dealId, ...fields });
    expect(answer).toMatchObject({ status, body: { field } });
    expect((await storedDeal(org.orgId, dealId))?.version).toBe(1);
  });

  it('needs to know what it is about', async () => {
    for (const body of [
      { event: 'a' },
      { event: 'a', recordType: 'deal' },
      { event: 'a', recordId: newId() },
    ]) {
      expect(await report(body)).toMatchObject({ status: 422, body: { field: 'dealId' } });
    }
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { sealEvent } from '../../functions/src/modules/events/events.public.ts';
import type { EventContent } from '../../functions/src/modules/events/events.schema.ts';
import { feedQuerySchema } from '../../functions/src/modules/events/feed.schema.ts';
import { readFeed } from '../../functions/src/modules/events/feed.service.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  const { rep, rep2, manager, admin, teams } = org;
  const ofRep = { ownerId: rep.uid, teamId: teams.east, participantIds: [rep.uid] };
  const ofRep2 = { ownerId: rep2.uid, teamId: teams.west, participantIds: [rep2.uid] };
  await storeEvent('a', 1, { ...ofRep, actor: rep.uid, types: ['deal.created'] });
  await storeEvent('b', 2, {
    ...ofRep,
    actor: manager.uid,
    types: ['deal.won', 'deal.stage_changed'],
  });
  await storeEvent('c', 3, { ...ofRep2, actor: rep2.uid, types: ['deal.won'] });
  await storeEvent('d', 4, { ...ofRep, recordType: 'task', types: ['task.created'] });
  await storeEvent('e', 5, {
    ...ofRep2,
    participantIds: [rep2.uid, rep.uid],
    types: ['deal.lost'],
  });
  await storeEvent('f', 6, { actor: admin.uid, recordType: 'stage', types: ['stage.updated'] });
});

const hour = (n: number) => new Date(Date.UTC(2030, 0, 1, n));

async function storeEvent(recordId: string, at: number, fields: Partial<EventContent>) {
  const event = sealEvent({
    ...{ recordType: 'deal', recordId, version: 1, types: ['deal.updated'], actor: 'somebody' },
    ...{ ownerId: null, teamId: null, participantIds: [], at: hour(at), before: {}, after: {} },
    ...{ cause: null, recovered: false },
    ...fields,
  });
  await firestore()
    .doc(`orgs/${org.orgId}/events/${recordId}_1`)
    .create({ ...event });
}

async function feed(person: Member, query: Record<string, string> = {}): Promise<string> {
  const line = `GET /api/events/feed?${new URLSearchParams(query)}`;
  const answer = await as(person, line);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const ids = listIn(answer.body, 'events').map((event) => textIn(event, 'id'));
  return ids.map((id) => id.replace('_1', '')).join('');
}

describe('the feed', () => {
  it('shows what each caller oversees, the latest first', async () => {
    expect(await feed(org.admin)).toBe('fedcba');
    expect(await feed(org.manager)).toBe('dba');
    expect(await feed(org.otherManager)).toBe('ec');
    expect(await feed(org.rep)).toBe('edba');
    expect(await feed(org.rep2)).toBe('ec');
    expect(await feed(org.colleague)).toBe('');
    expect(await feed(elsewhere.admin)).toBe('');
  });

  it('is narrowed by type, person, kind of record and time', async () => {
    const { admin, manager, rep } = org;
    expect(await feed(admin, { type: 'deal.won' })).toBe('cb');
    expect(await feed(manager, { type: 'deal.won' })).toBe('b');
    expect(await feed(rep, { type: 'deal.lost' })).toBe('e');
    expect(await feed(manager, { type: 'deal.stage_changed', recordType: 'deal' })).toBe('b');
    expect(await feed(admin, { actor: manager.uid })).toBe('b');
    expect(await feed(manager, { ownerId: rep.uid, recordType: 'deal' })).toBe('ba');
    expect(await feed(manager, { ownerId: org.rep2.uid })).toBe('');
    expect(await feed(admin, { recordType: 'stage' })).toBe('f');
    const range = { from: hour(2).toISOString(), to: hour(5).toISOString() };
    expect(await feed(admin, range)).toBe('dcb');
    expect(await feed(manager, { ...range, type: 'task.created' })).toBe('d');
    expect(await feed(rep, { ...range, actor: manager.uid, type: 'deal.won' })).toBe('b');
  });

  it('is read in pages, also when a rep asks for a type', async () => {
    const first = await as(org.admin, 'GET /api/events/feed?limit=4');
    const cursor = textIn(first.body, 'nextCursor');
    expect(await feed(org.admin, { limit: '4', cursor })).toBe('ba');
    // One page a read: the type is compared afterwards.
    const asked = { limit: '1', type: 'deal.created' };
    expect(await feed(org.rep, asked)).toBe('a');
  });

  it('tells an event as webhooks and the stream do', async () => {
    const { body } = await as(org.admin, 'GET /api/events/feed?type=deal.created');
    expect(body).toMatchObject({
      events: [
        {
          ...{ id: 'a_1', type: 'deal.created', timestamp: hour(1).toISOString() },
          data: { record: { type: 'deal', id: 'a' }, version: 1, ownerId: org.rep.uid },
        },
      ],
      nextCursor: null,
    });
  });

  it('costs one read an event, and a rep who asks for a type what was looked at', async () => {
    const cost = async (person: Member, query: object) => {
      const ctx = contextOf(person.principal);
      await readFeed(ctx, feedQuerySchema.parse(query));
      return ctx.store.meter;
    };
    expect(await cost(org.manager, { type: 'deal.won' })).toMatchObject({
      reads: 1,
      roundTrips: 1,
    });
    expect(await cost(org.admin, {})).toMatchObject({ reads: 6, writes: 0, roundTrips: 1 });
    expect(await cost(org.rep, { type: 'deal.won' })).toMatchObject({ reads: 4, roundTrips: 1 });
    const absent = { type: `deal.x${newId().replaceAll(/[^a-zA-Z0-9]/g, '')}`, limit: '1' };
    // The fourth page is the last that has an event; the fifth says that there are no more.
    expect(await cost(org.rep, absent)).toMatchObject({ reads: 5, roundTrips: 5 });
  });

  it.each([
    ['type', 422, 'type=Deal!'],
    ['recordType', 422, 'recordType=thing'],
    ['from', 422, 'from=yesterday'],
    ['ownerId', 422, 'ownerId=a/b'],
    ['cursor', 422, 'cursor=abc'],
    ['other', 400, 'other=1'],
  ])('is not asked for by a bad %s', async (field, status, query) => {
    const answer = await as(org.manager, `GET /api/events/feed?${query}`);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

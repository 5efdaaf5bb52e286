import { beforeAll, describe, expect, it } from '@jest/globals';
import { notify } from '../../functions/src/modules/notifications/notifications.public.ts';
import { listNotifications } from '../../functions/src/modules/notifications/notifications.service.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as, essence, idsIn } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { toldIn } from './support.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const minute = (n: number) => new Date(Date.UTC(2030, 0, 1, 9, n));

/** Tells somebody something, in a commit of its own. */
async function tell(person: Member, at: Date, fields: object = {}): Promise<void> {
  const unit = openUnit(contextOf(person.principal), person.principal.orgId);
  const notice = { id: newId(), uid: person.uid, kind: 'workflow', title: 'Hello', body: '' };
  notify(unit, { ...notice, kind: 'workflow', at, ...fields });
  await unit.commit();
}
const inbox = async (person: Member, query = '') =>
  (await as(person, `GET /api/notifications?${query}`)).body;
const idsOf = async (person: Member, query = '') =>
  idsIn(listIn(await inbox(person, query), 'notifications'));

describe('the inbox', () => {
  it('is the caller’s own, the newest first, in pages, with the number of the unread', async () => {
    const { manager } = org;
    for (const n of [2, 1, 3]) await tell(manager, minute(n), { title: `No. ${n}` });
    const whole = await inbox(manager);
    expect(whole).toMatchObject({
      notifications: [
        { title: 'No. 3', kind: 'workflow', readAt: null, at: minute(3).toISOString() },
        { title: 'No. 2' },
        { title: 'No. 1' },
      ],
      unreadCount: 3,
      nextCursor: null,
    });
    const [third, second, first] = await idsOf(manager);
    const page = await inbox(manager, 'limit=2');
    expect(idsIn(listIn(page, 'notifications'))).toEqual([third, second]);
    const rest = `limit=2&cursor=${textIn(page, 'nextCursor')}`;
    expect(await idsOf(manager, rest)).toEqual([first]);
    const read = await as(manager, `POST /api/notifications/${second}/read`);
    expect(read).toMatchObject({ status: 200, body: { id: second, readAt: expect.any(String) } });
    const again = await as(manager, `POST /api/notifications/${second}/read`);
    expect(again.body).toEqual(read.body);
    expect(await idsOf(manager, 'unread=true')).toEqual([third, first]);
    expect(await inbox(manager, 'unread=true')).toMatchObject({ unreadCount: 2 });
    expect(await idsOf(org.admin)).toEqual([]);
  });

  it('shows nobody else’s, and answers theirs like what is absent', async () => {
    await tell(org.rep, minute(1));
    const [id = ''] = await idsOf(org.rep);
    const absent = essence(await as(org.admin, 'POST /api/notifications/absent/read'), 'absent');
    for (const person of [org.admin, org.manager, org.colleague, elsewhere.admin]) {
      const answer = await as(person, `POST /api/notifications/${id}/read`);
      expect(essence(answer, id)).toBe(absent);
    }
    expect((await toldIn(org.orgId)).find((told) => told.id === id)?.readAt).toBeNull();
  });

  it('is read as a whole, or up to what the caller has seen', async () => {
    for (const n of [1, 2, 3]) await tell(org.rep2, minute(n));
    const until = { until: minute(2).toISOString() };
    const some = await as(org.rep2, 'POST /api/notifications/read-all', until);
    expect(some).toMatchObject({ status: 200, body: { marked: 2, more: false } });
    expect(await inbox(org.rep2)).toMatchObject({ unreadCount: 1 });
    const rest = await as(org.rep2, 'POST /api/notifications/read-all');
    expect(rest).toMatchObject({ status: 200, body: { marked: 1, more: false } });
    expect(await inbox(org.rep2)).toMatchObject({ unreadCount: 0 });
  });

  it('holds one of a cause, whatever it says, for 90 days', async () => {
    const { colleague } = org;
    const unit = openUnit(contextOf(colleague.principal), org.orgId);
    const notice = { id: 'run_1', uid: colleague.uid, kind: 'workflow', at: minute(0) } as const;
    notify(unit, { ...notice, title: 'two\nlines \u{1F600}'.repeat(40), body: 'x'.repeat(3000) });
    await unit.commit();
    const [told] = (await toldIn(org.orgId)).filter(({ ownerId }) => ownerId === colleague.uid);
    expect(told?.title).toMatch(/^two lines .*…$/);
    expect(told?.expiresAt).toEqual(new Date('2030-04-01T09:00:00Z'));
    const twice = openUnit(contextOf(colleague.principal), org.orgId);
    notify(twice, { ...notice, title: 'Again', body: '' });
    await expect(twice.commit()).rejects.toThrow();
  });

  it('costs one read a notification and one for the number, in one round trip', async () => {
    const ctx = contextOf(org.rep.principal);
    await listNotifications(ctx, { limit: 20 });
    expect(ctx.store.meter).toMatchObject({ reads: 2, writes: 0, roundTrips: 1 });
  });

  it.each([
    ['unread', 'unread=false'],
    ['limit', 'limit=0'],
    ['cursor', 'cursor=abc'],
  ])('is not listed by a bad %s', async (field, query) => {
    const answer = await as(org.rep, `GET /api/notifications?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });
});

describe('the settings', () => {
  it('are everything in the inbox and nothing by mail, until they are changed', async () => {
    const { otherManager } = org;
    const settings = async () => (await as(otherManager, 'GET /api/notifications/settings')).body;
    expect(await settings()).toMatchObject({
      kinds: { deal_won: { inbox: true, email: false }, workflow: { inbox: true, email: false } },
      ...{ digest: 'off', nextDigestAt: null },
    });
    const changed = await as(otherManager, 'PUT /api/notifications/settings', {
      kinds: { deal_won: { email: true }, task_assigned: { inbox: false } },
      digest: 'daily',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        kinds: {
          deal_won: { inbox: true, email: true },
          task_assigned: { inbox: false, email: false },
          deal_assigned: { inbox: true, email: false },
        },
        digest: 'daily',
        nextDigestAt: expect.stringMatching(/T07:00:00\.000Z$/),
      },
    });
    expect(await settings()).toEqual(changed.body);
    const back = await as(otherManager, 'PUT /api/notifications/settings', {
      ...{ kinds: { deal_won: { email: false } }, digest: 'off' },
    });
    expect(back.body).toMatchObject({
      kinds: { deal_won: { inbox: true, email: false }, task_assigned: { inbox: false } },
      ...{ digest: 'off', nextDigestAt: null },
    });
  });

  it('changed at once take all changes', async () => {
    const { deal_won, deal_assigned } = {
      deal_won: { email: true },
      deal_assigned: { email: true },
    };
    const put = (kinds: object) => as(org.admin, 'PUT /api/notifications/settings', { kinds });
    await Promise.all([put({ deal_won }), put({ deal_assigned })]);
    const { body } = await as(org.admin, 'GET /api/notifications/settings');
    expect(body).toMatchObject({ kinds: { deal_won, deal_assigned } });
  });

  it('are changed once for one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': newId() };
    const line = 'PUT /api/notifications/settings';
    const first = await as(org.rep, line, { digest: 'weekly' }, headers);
    await as(org.rep, line, { digest: 'off' });
    const second = await as(org.rep, line, { digest: 'weekly' }, headers);
    expect(second.body).toEqual(first.body);
    const { body } = await as(org.rep, 'GET /api/notifications/settings');
    expect(body).toMatchObject({ digest: 'off' });
  });

  it.each<[string, number, object]>([
    ['digest', 422, { digest: 'hourly' }],
    ['kinds.deal_won.email', 400, { kinds: { deal_won: { email: 'yes' } } }],
    ['other', 400, { other: true }],
  ])('with a bad %s are refused with %d', async (field, status, body) => {
    const answer = await as(org.rep, 'PUT /api/notifications/settings', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

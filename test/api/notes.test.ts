import { beforeAll, describe, expect, it } from '@jest/globals';
import { FieldValue } from 'firebase-admin/firestore';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, essence, idsIn, made } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let dealId: string;
let foreignDeal: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  dealId = await storeDeal(org.orgId, dealOf(org.rep.principal));
  foreignDeal = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
});

const about = (recordId: string, recordType = 'deal') => ({ recordType, recordId });
async function note(person: Member, fields: object = {}): Promise<string> {
  const body = { ...about(dealId), text: 'Called back', ...fields };
  const answer = await as(person, 'POST /api/notes', body);
  if (answer.status !== 201) throw new Error(`no note: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}
const listed = async (person: Member, query: string) =>
  idsIn(listIn((await as(person, `GET /api/notes?${query}`)).body, 'notes'));

describe('notes', () => {
  it.each(['deal', 'contact', 'company', 'lead'] as const)(
    'are written about a %s',
    async (type) => {
      const recordId = {
        deal: () => Promise.resolve(dealId),
        contact: () => made(org.rep, 'contacts', { firstName: 'Alice' }),
        company: () => made(org.rep, 'companies', { name: `Acme ${newId()}` }),
        lead: () => made(org.rep, 'leads', { businessName: 'Ocean View' }),
      };
      const body = {
        ...about(await recordId[type](), type),
        text: 'Line one\nline two',
        pinned: true,
      };
      const answer = await as(org.rep, 'POST /api/notes', body);
      expect(answer).toMatchObject({
        status: 201,
        body: { ...body, authorId: org.rep.uid, version: 1 },
      });
      const id = textIn(answer.body, 'id');
      expect((await as(org.rep, `GET /api/notes/${id}`)).body).toEqual(answer.body);
      const query = `recordType=${type}&recordId=${body.recordId}`;
      expect(await listed(org.rep, query)).toContain(id);
      expect(await stored(org.orgId, `notes/${id}`)).toMatchObject({
        ...{ ownerId: org.rep.uid, teamId: org.teams.east, deletedAt: null },
      });
    },
  );

  it('mention people who see what they are about, each once', async () => {
    const { rep, manager, admin } = org;
    const mentions = [manager.uid, admin.uid, manager.uid];
    const id = await note(rep, { mentions });
    expect((await as(rep, `GET /api/notes/${id}`)).body).toMatchObject({
      mentions: [manager.uid, admin.uid],
    });
    const deal = `recordType=deal&recordId=${dealId}&kind=note&limit=1`;
    expect((await as(rep, `GET /api/timeline?${deal}`)).body).toMatchObject({
      items: [{ note: { id, mentions: [manager.uid, admin.uid] } }],
    });
    for (const stranger of [org.rep2.uid, org.otherManager.uid, elsewhere.admin.uid, newId()]) {
      const body = { ...about(dealId), text: 'Look', mentions: [manager.uid, stranger] };
      expect(await as(rep, 'POST /api/notes', body)).toMatchObject({
        status: 422,
        body: { field: 'mentions' },
      });
    }
  });

  it('written before there were mentions have none', async () => {
    const id = await note(org.rep);
    const path = `orgs/${org.orgId}/notes/${id}`;
    await firestore().doc(path).update({ mentions: FieldValue.delete() });
    expect((await as(org.rep, `GET /api/notes/${id}`)).body).toMatchObject({ mentions: [] });
  });

  it('are changed, binned and restored', async () => {
    const id = await note(org.rep);
    const changed = await as(org.rep, `PATCH /api/notes/${id}`, { text: 'Better', version: 1 });
    expect(changed).toMatchObject({ status: 200, body: { text: 'Better', version: 2 } });
    expect((await as(org.rep, `PUT /api/notes/${id}`, { pinned: true })).body).toMatchObject({
      ...{ text: 'Better', pinned: true, version: 3 },
    });
    expect((await as(org.rep, `PUT /api/notes/${id}`, { pinned: true })).body).toMatchObject({
      version: 3,
    });
    expect(await as(org.rep, `PATCH /api/notes/${id}`, { text: 'Late', version: 1 })).toMatchObject(
      {
        ...{ status: 409, body: { field: 'version' } },
      },
    );
    expect(await as(org.rep, `DELETE /api/notes/${id}`)).toMatchObject({
      ...{ status: 200, body: { success: true } },
    });
    for (const line of [`GET /api/notes/${id}`, `DELETE /api/notes/${id}`]) {
      expect((await as(org.rep, line)).status).toBe(404);
    }
    expect(await listed(org.rep, `recordType=deal&recordId=${dealId}&limit=100`)).not.toContain(id);
    const back = await as(org.rep, `POST /api/notes/${id}/restore`);
    expect(back).toMatchObject({ status: 200, body: { text: 'Better', version: 5 } });
    expect((await as(org.rep, `POST /api/notes/${id}/restore`)).body).toMatchObject({ version: 5 });
  });

  it('are seen by whoever sees the record, and changed by the author and those above', async () => {
    const shared = await storeDeal(
      org.orgId,
      dealOf(org.rep.principal, { participantIds: [org.rep.uid, org.rep2.uid] }),
    );
    const id = await note(org.rep2, { recordId: shared });
    const get = async (person: Member) => (await as(person, `GET /api/notes/${id}`)).status;
    const change = async (person: Member) =>
      (await as(person, `PATCH /api/notes/${id}`, { text: person.uid })).status;
    // rep owns the deal, and the note is rep2's, of the west.
    expect([await get(org.rep), await change(org.rep)]).toEqual([200, 403]);
    expect([await get(org.manager), await change(org.manager)]).toEqual([200, 403]);
    expect([await get(org.rep2), await change(org.rep2)]).toEqual([200, 200]);
    expect([await get(org.otherManager), await change(org.otherManager)]).toEqual([200, 200]);
    expect([await get(org.admin), await change(org.admin)]).toEqual([200, 200]);
    expect([await get(org.colleague), await change(org.colleague)]).toEqual([404, 404]);
    expect([await get(elsewhere.admin), await change(elsewhere.admin)]).toEqual([404, 404]);
  });

  it('go with the record to its new owner', async () => {
    const mine = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const id = await note(org.rep, { recordId: mine });
    expect((await as(org.colleague, `GET /api/notes/${id}`)).status).toBe(404);
    await as(org.manager, `PATCH /api/deals/${mine}`, { ownerId: org.colleague.uid });
    expect((await as(org.colleague, `GET /api/notes/${id}`)).status).toBe(200);
    expect(await listed(org.colleague, `recordType=deal&recordId=${mine}`)).toEqual([id]);
    // The author still finds their own note, but not the others of the record.
    expect((await as(org.rep, `GET /api/notes/${id}`)).status).toBe(200);
    const lost = await as(org.rep, `GET /api/notes?recordType=deal&recordId=${mine}`);
    expect(lost.status).toBe(404);
  });

  it('are listed newest first, page by page, and by pin', async () => {
    const mine = await storeDeal(org.orgId, dealOf(org.rep.principal));
    const ids: string[] = [];
    for (const pinned of [false, true, false])
      ids.unshift(await note(org.rep, { recordId: mine, pinned }));
    const query = `recordType=deal&recordId=${mine}`;
    expect(await listed(org.rep, query)).toEqual(ids);
    const first = await as(org.rep, `GET /api/notes?${query}&limit=2`);
    const cursor = textIn(first.body, 'nextCursor');
    expect(idsIn(listIn(first.body, 'notes'))).toEqual(ids.slice(0, 2));
    expect(await listed(org.rep, `${query}&limit=2&cursor=${cursor}`)).toEqual(ids.slice(2));
    expect(await listed(org.rep, `${query}&pinned=true`)).toEqual([ids[1]]);
    expect(await listed(org.rep, `${query}&pinned=false`)).toEqual([ids[0], ids[2]]);
  });

  it('without a record are those of oneself and of the teams one manages', async () => {
    const other = await createOrganisation();
    const deal = await storeDeal(other.orgId, dealOf(other.rep.principal));
    const write = async (person: Member) =>
      textIn((await as(person, 'POST /api/notes', { ...about(deal), text: 'A' })).body, 'id');
    const [byRep, byAdmin] = [await write(other.rep), await write(other.admin)];
    expect(await listed(other.rep, 'limit=100')).toEqual([byRep]);
    expect(await listed(other.manager, 'limit=100')).toEqual([byRep]);
    expect(await listed(other.otherManager, 'limit=100')).toEqual([]);
    expect(await listed(other.admin, 'limit=100')).toEqual([byAdmin, byRep]);
    expect(await listed(other.admin, `ownerId=${other.rep.uid}`)).toEqual([byRep]);
    expect(await listed(other.colleague, `ownerId=${other.rep.uid}`)).toEqual([]);
  });

  it.each<[string, number, () => object]>([
    ['text', 400, () => ({ ...about(dealId) })],
    ['text', 422, () => ({ ...about(dealId), text: ' ' })],
    ['text', 422, () => ({ ...about(dealId), text: 'x'.repeat(20_001) })],
    ['text', 422, () => ({ ...about(dealId), text: '\ud800' })],
    ['recordId', 400, () => ({ recordType: 'deal', text: 'A' })],
    ['recordId', 422, () => ({ ...about('.'), text: 'A' })],
    ['recordType', 422, () => ({ ...about(dealId, 'user'), text: 'A' })],
    ['pinned', 400, () => ({ ...about(dealId), text: 'A', pinned: 'yes' })],
    ['ownerId', 400, () => ({ ...about(dealId), text: 'A', ownerId: org.admin.uid })],
  ])('with a bad %s are refused with %d', async (field, status, body) => {
    expect(await as(org.rep, 'POST /api/notes', body())).toMatchObject({ status, body: { field } });
  });

  it.each([
    ['recordId', `recordType=deal`],
    ['recordType', `recordId=abc`],
    ['pinned', 'pinned=1'],
    ['limit', 'limit=0'],
    ['cursor', 'cursor=abc'],
  ])('are not listed by a bad %s', async (field, query) => {
    const answer = await as(org.rep, `GET /api/notes?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });

  it('are not written about what is absent, foreign, binned, unseen or of another kind, alike', async () => {
    const [unseen, binned] = await Promise.all([
      storeDeal(org.orgId, dealOf(org.rep2.principal)),
      storeDeal(org.orgId, dealOf(org.rep.principal, { deletedAt: new Date() })),
    ]);
    const answers = await Promise.all(
      [newId(), foreignDeal, unseen, binned].map(async (id) => {
        const answer = await as(org.rep, 'POST /api/notes', { ...about(id), text: 'A' });
        expect(answer.status).toBe(404);
        const query = `recordType=deal&recordId=${id}`;
        expect((await as(org.rep, `GET /api/notes?${query}`)).status).toBe(404);
        return essence(answer, id);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    const asContact = { ...about(dealId, 'contact'), text: 'A' };
    expect((await as(org.rep, 'POST /api/notes', asContact)).status).toBe(404);
  });

  it('are written once with one key', async () => {
    const headers = { 'Idempotency-Key': newId() };
    const body = { ...about(dealId), text: 'Once' };
    const first = await as(org.rep, 'POST /api/notes', body, headers);
    expect((await as(org.rep, 'POST /api/notes', body, headers)).body).toEqual(first.body);
  });
});

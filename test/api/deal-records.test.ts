import { beforeAll, describe, expect, it } from '@jest/globals';
import { createContact } from '../../functions/src/modules/contacts/contacts.public.ts';
import type { Contact } from '../../functions/src/modules/contacts/contacts.schema.ts';
import { reportEvent } from '../../functions/src/modules/custom-events/custom-events.service.ts';
import {
  bulkUpdateDeals,
  dealKind,
  deleteDeal,
  followContact,
  followDeal,
  updateDeal,
} from '../../functions/src/modules/deals/deals.public.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { createNote } from '../../functions/src/modules/notes/notes.public.ts';
import { getTimeline } from '../../functions/src/modules/timeline/timeline.public.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { as, essence, idsIn, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, dealPath, storeDeal, storedDeal } from '../support/deals.ts';
import { eventsOf } from '../support/events.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

type Caller = Context<Principal>;

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const nextYear = new Date().getUTCFullYear() + 1;
const fresh = (fields: Parameters<typeof dealOf>[1] = {}) =>
  storeDeal(org.orgId, dealOf(org.rep.principal, fields));
const patch = (person: Member, id: string, body: unknown) =>
  as(person, `PATCH /api/deals/${id}`, body);
const contactOf = (person: Member, fields: object = {}) =>
  made(person, 'contacts', { firstName: 'Alice', lastName: 'Johnson', ...fields });

describe('POST /api/deals with contacts, company and fields of one’s own', () => {
  it('shows the contacts by name, as seed 001 does', async () => {
    const alice = await contactOf(org.rep);
    const bob = await contactOf(org.rep, { firstName: 'Bob', lastName: null });
    const answer = await as(org.rep, 'POST /api/deals', {
      ...{ title: 'Mobile App Development', value: 50_000, stage: 'QUALIFIED', probability: 40 },
      ...{ expectedCloseDate: `${nextYear}-02-01`, contactIds: [alice, bob, alice] },
    });
    const contacts = [
      { id: alice, firstName: 'Alice', lastName: 'Johnson' },
      { id: bob, firstName: 'Bob', lastName: '' },
    ];
    expect(answer).toMatchObject({ status: 201, body: { contacts } });
    const id = textIn(answer.body, 'id');
    expect((await as(org.rep, `GET /api/deals/${id}`)).body).toMatchObject({ contacts });
  });

  it('keeps what else is given', async () => {
    const companyId = await made(org.rep, 'companies', { name: `Acme ${newId()}` });
    const given = {
      ...{ companyId, description: 'Two\nlines', tags: ['VIP', 'Warm'] },
      ...{ customFields: { region: 'South' }, externalIds: [{ source: 'erp', id: newId() }] },
    };
    const { status, body } = await as(org.rep, 'POST /api/deals', {
      ...{ title: 'A', value: 1, ...given },
    });
    expect({ status, body }).toMatchObject({ status: 201, body: given });
    expect(await storedDeal(org.orgId, textIn(body, 'id'))).toMatchObject({
      ...{ ...given, lostReason: null, deletedAt: null, searchTokens: ['a'] },
    });
  });

  it('refuses contacts and companies that are absent, foreign, binned or not to be seen, alike', async () => {
    const [others, foreign, binned, foreignCompany] = await Promise.all([
      contactOf(org.rep2),
      contactOf(elsewhere.rep),
      contactOf(org.rep),
      made(elsewhere.rep, 'companies', { name: 'Elsewhere' }),
    ]);
    await as(org.rep, `DELETE /api/contacts/${binned}`);
    const answers = await Promise.all(
      [newId(), others, foreign, binned].map(async (id) => {
        const body = { title: 'A', value: 1, contactIds: [id] };
        const answer = await as(org.rep, 'POST /api/deals', body);
        expect(answer).toMatchObject({ status: 422, body: { field: 'contactIds' } });
        return essence(answer, id);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    const body = { title: 'A', value: 1, companyId: foreignCompany };
    expect(await as(org.rep, 'POST /api/deals', body)).toMatchObject({
      ...{ status: 422, body: { field: 'companyId' } },
    });
  });

  it('gives an external id to one deal alone, however many ask at once', async () => {
    const externalIds = [{ source: 'erp', id: newId() }];
    const body = { title: 'A', value: 1, externalIds };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => as(org.rep, 'POST /api/deals', body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      ...{ field: 'externalIds', code: 'ALREADY_EXISTS' },
    });
  });

  it.each<[string, number, object]>([
    ['tags', 400, { tags: 'VIP' }],
    ['tags.0', 422, { tags: [''] }],
    ['tags.0', 422, { tags: ['a,b'] }],
    ['contactIds.0', 422, { contactIds: ['a/b'] }],
    ['contactIds', 422, { contactIds: Array.from({ length: 51 }, newId) }],
    ['companyId', 422, { companyId: '..' }],
    ['description', 422, { description: 'x'.repeat(10_001) }],
    ['description', 422, { description: '\ud800' }],
    ['customFields.__proto__', 422, JSON.parse('{"customFields":{"__proto__":"x"}}')],
    ['lostReason', 400, { lostReason: 'Price' }],
    ['deletedAt', 400, { deletedAt: null }],
    ['searchTokens', 400, { searchTokens: [] }],
    ['contacts', 400, { contacts: [] }],
  ])('refuses a bad %s with %d: %j', async (field, status, fields) => {
    const answer = await as(org.rep, 'POST /api/deals', { title: 'A', value: 1, ...fields });
    expect(answer).toMatchObject({ status, body: { status, field } });
  });
});

describe('PATCH /api/deals/{id}', () => {
  it('changes the fields that are given and one version', async () => {
    const id = await fresh();
    const before = await storedDeal(org.orgId, id);
    const body = { title: 'New Title', value: 12.5, description: 'Why', tags: ['VIP'] };
    const answer = await patch(org.rep, id, { ...body, expectedCloseDate: `${nextYear}-03-01` });
    expect(answer).toMatchObject({ status: 200, body: { ...body, currency: 'USD', version: 2 } });
    expect(await storedDeal(org.orgId, id)).toEqual({
      ...before,
      ...{ title: 'New Title', valueMinor: 1250, description: 'Why', tags: ['VIP'], version: 2 },
      ...{ expectedCloseDate: new Date(`${nextYear}-03-01`), updatedBy: org.rep.uid },
      ...{ updatedAt: expect.any(Date), searchTokens: expect.arrayContaining(['new', 'title']) },
    });
  });

  it('is as partial by PUT', async () => {
    const id = await fresh({ description: 'Kept' });
    const answer = await as(org.rep, `PUT /api/deals/${id}`, { title: 'Put' });
    expect(answer.body).toMatchObject({ title: 'Put', description: 'Kept', version: 2 });
  });

  it('makes no version of nothing', async () => {
    const id = await fresh({ tags: ['VIP'] });
    for (const body of [{}, { title: 'Website Redesign' }, { tags: ['VIP'] }, { value: 15_000 }]) {
      expect(await patch(org.rep, id, body)).toMatchObject({ status: 200, body: { version: 1 } });
    }
  });

  it('refuses a change that is based on an outdated version', async () => {
    const id = await fresh();
    expect((await patch(org.rep, id, { title: 'First', version: 1 })).status).toBe(200);
    expect(await patch(org.rep, id, { title: 'Second', version: 1 })).toMatchObject({
      ...{ status: 409, body: { code: 'CONFLICT', field: 'version' } },
    });
    expect(await storedDeal(org.orgId, id)).toMatchObject({ title: 'First', version: 2 });
  });

  it('lets one of many with the same version through', async () => {
    const id = await fresh();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => patch(org.rep, id, { title: `T${n}`, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await storedDeal(org.orgId, id))?.version).toBe(2);
  });

  it('changes custom fields one by one and clears with null', async () => {
    const id = await fresh();
    await patch(org.rep, id, { customFields: { size: 'L', region: 'South' } });
    const answer = await patch(org.rep, id, { customFields: { region: null } });
    expect(answer.body).toMatchObject({ customFields: { size: 'L' } });
    expect(Object(Object(answer.body).customFields)).not.toHaveProperty('region');
  });

  it('changes title and stage in one commit', async () => {
    const id = await fresh();
    const body = { title: 'Won it', stage: 'CLOSED_WON' };
    expect((await patch(org.rep, id, body)).body).toMatchObject({ ...body, version: 2 });
  });

  it.each<[string, number, object]>([
    ['currency', 422, { currency: 'EUR' }],
    ['value', 422, { value: 1.005 }],
    ['value', 422, { value: -1 }],
    ['title', 422, { title: ' ' }],
    ['expectedCloseDate', 422, { expectedCloseDate: '2001-01-01' }],
    ['expectedCloseDate', 422, { expectedCloseDate: '2027-02-30' }],
    ['version', 422, { version: 0 }],
    ['version', 400, { version: '1' }],
    ['stage', 422, { stage: 'nowhere' }],
    ['lostReason', 422, { lostReason: 'Price' }],
    ['splits', 422, { splits: [{ uid: 'a', shareBps: 9_999 }] }],
    ['splits', 422, { splits: [1, 2].map(() => ({ uid: 'a', shareBps: 5_000 })) }],
    ['ownerId', 422, { ownerId: '.' }],
    ['id', 400, { id: 'other' }],
    ['participantIds', 400, { participantIds: [] }],
    ['stageKind', 400, { stageKind: 'won' }],
  ])('refuses a bad %s with %d: %j', async (field, status, body) => {
    const id = await fresh();
    expect(await patch(org.admin, id, body)).toMatchObject({ status, body: { status, field } });
    expect((await storedDeal(org.orgId, id))?.version).toBe(1);
  });

  it('takes a past expected close only where it was before', async () => {
    const past = new Date('2020-01-01');
    const id = await fresh({ expectedCloseDate: past });
    const answer = await patch(org.rep, id, { expectedCloseDate: '2020-01-01', title: 'Kept' });
    expect(answer).toMatchObject({ status: 200, body: { title: 'Kept' } });
  });

  it('is for those who may, and of another’s deal says no more than of none', async () => {
    const id = await fresh({ participantIds: [org.rep.uid, org.rep2.uid] });
    expect((await patch(org.rep2, id, { title: 'X' })).status).toBe(403);
    const absent = newId();
    const unknown = essence(await patch(org.colleague, absent, { title: 'X' }), absent);
    expect(essence(await patch(org.colleague, id, { title: 'X' }), id)).toBe(unknown);
    // Neither does a stage or an owner that is wrong besides.
    const wrong = { title: 'X', stage: 'nowhere', ownerId: newId() };
    expect(essence(await patch(org.colleague, id, wrong), id)).toBe(unknown);
    expect(essence(await patch(elsewhere.admin, id, wrong), id)).toBe(unknown);
    for (const person of [org.rep, org.manager, org.admin]) {
      expect((await patch(person, id, { title: person.uid })).status).toBe(200);
    }
  });

  it('keeps the names of contacts that the new editor cannot see', async () => {
    const contact = await contactOf(org.rep);
    const id = await fresh({
      ...{ contactIds: [contact], contacts: [{ id: contact, firstName: 'A', lastName: 'J' }] },
      ...{ ownerId: org.colleague.uid, participantIds: [org.colleague.uid] },
    });
    const mine = await contactOf(org.colleague, { firstName: 'Carol', lastName: 'King' });
    const answer = await patch(org.colleague, id, { contactIds: [contact, mine] });
    expect(answer).toMatchObject({
      status: 200,
      body: { contacts: [{ firstName: 'A' }, { firstName: 'Carol' }] },
    });
  });
});

describe('a lost reason', () => {
  it('comes with the loss, stays while it is lost and goes when it is not', async () => {
    const id = await fresh();
    const lost = await as(org.rep, `PATCH /api/deals/${id}/stage`, {
      ...{ stage: 'CLOSED_LOST', lostReason: 'Price' },
    });
    expect(lost).toMatchObject({ status: 200, body: { lostReason: 'Price' } });
    expect((await patch(org.rep, id, { title: 'B' })).body).toMatchObject({ lostReason: 'Price' });
    expect((await patch(org.rep, id, { lostReason: 'Timing' })).body).toMatchObject({
      lostReason: 'Timing',
    });
    const open = await as(org.rep, `PATCH /api/deals/${id}/stage`, { stage: 'PROPOSAL' });
    expect(open.body).toMatchObject({ lostReason: null, closedAt: null });
  });
});

describe('a new owner', () => {
  it('is for managers and admins to name', async () => {
    const id = await fresh();
    const body = { ownerId: org.colleague.uid };
    expect(await patch(org.rep, id, body)).toMatchObject({ status: 403 });
    // The same owner is no change, and needs no right to one.
    expect((await patch(org.rep, id, { ownerId: org.rep.uid, title: 'B' })).status).toBe(200);
    const answer = await patch(org.manager, id, body);
    expect(answer).toMatchObject({ status: 200, body: { ownerId: org.colleague.uid } });
    expect(await storedDeal(org.orgId, id)).toMatchObject({
      ...{ ownerId: org.colleague.uid, participantIds: [org.colleague.uid] },
      splits: [{ uid: org.colleague.uid, shareBps: 10_000 }],
    });
    expect((await as(org.rep, `GET /api/deals/${id}`)).status).toBe(404);
  });

  it('is of a team the manager has; an admin gives to all', async () => {
    const id = await fresh();
    const body = { ownerId: org.rep2.uid };
    expect(await patch(org.manager, id, body)).toMatchObject({
      ...{ status: 403, body: { field: 'ownerId' } },
    });
    expect((await patch(org.admin, id, body)).status).toBe(200);
    expect(await storedDeal(org.orgId, id)).toMatchObject({ teamId: org.teams.west });
  });

  it('is an active member of this organisation', async () => {
    const id = await fresh();
    for (const ownerId of [newId(), elsewhere.rep.uid, org.deactivated.uid]) {
      expect(await patch(org.admin, id, { ownerId })).toMatchObject({
        ...{ status: 422, body: { field: 'ownerId' } },
      });
    }
  });

  it('of a won deal leaves the earnings with who earned them', async () => {
    const id = await fresh();
    await as(org.rep, `PATCH /api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
    await patch(org.admin, id, { ownerId: org.colleague.uid });
    expect(await storedDeal(org.orgId, id)).toMatchObject({
      splits: [{ uid: org.rep.uid, shareBps: 10_000 }],
      participantIds: [org.colleague.uid, org.rep.uid],
    });
  });
});

describe('splits', () => {
  it('are for managers and admins, until the deal is won', async () => {
    const id = await fresh();
    const splits = [
      { uid: org.rep.uid, shareBps: 6_000 },
      { uid: org.rep2.uid, shareBps: 4_000 },
    ];
    expect((await patch(org.rep, id, { splits })).status).toBe(403);
    expect(await patch(org.manager, id, { splits })).toMatchObject({
      status: 200,
      body: { splits },
    });
    expect((await as(org.rep2, `GET /api/deals/${id}`)).status).toBe(200);
    await as(org.rep, `PATCH /api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
    const whole = [{ uid: org.rep.uid, shareBps: 10_000 }];
    expect(await patch(org.manager, id, { splits: whole })).toMatchObject({
      ...{ status: 422, body: { code: 'FAILED_PRECONDITION', field: 'splits' } },
    });
    expect((await patch(org.rep, id, { splits, title: 'Same splits' })).status).toBe(200);
  });

  it('are for members alone', async () => {
    const id = await fresh();
    for (const uid of [newId(), elsewhere.rep.uid, org.deactivated.uid]) {
      const splits = [{ uid, shareBps: 10_000 }];
      expect(await patch(org.manager, id, { splits })).toMatchObject({
        ...{ status: 422, body: { field: 'splits' } },
      });
    }
  });
});

describe('the bin', () => {
  it('takes a deal out of every list and read, and gives it back', async () => {
    const id = await fresh();
    const deleted = await as(org.rep, `DELETE /api/deals/${id}`);
    expect(deleted).toMatchObject({
      status: 200,
      body: { success: true, message: 'Deal deleted' },
    });
    for (const [line, body] of [
      [`GET /api/deals/${id}`],
      [`PATCH /api/deals/${id}`, { title: 'X' }],
      [`PATCH /api/deals/${id}/stage`, { stage: 'LEAD' }],
      [`DELETE /api/deals/${id}`],
    ] as const) {
      expect((await as(org.rep, line, body)).status).toBe(404);
    }
    const listed = await as(org.rep, 'GET /api/deals?limit=100');
    expect(idsIn(listIn(listed.body, 'deals'))).not.toContain(id);
    const binned = await as(org.rep, 'GET /api/deals?binned=true&limit=100');
    expect(idsIn(listIn(binned.body, 'deals'))).toContain(id);
    const back = await as(org.rep, `POST /api/deals/${id}/restore`);
    expect(back).toMatchObject({ status: 200, body: { id, version: 3, deletedAt: null } });
    const again = await as(org.rep, `POST /api/deals/${id}/restore`);
    expect(again).toMatchObject({ status: 200, body: { version: 3 } });
  });

  it('shows each person their own alone', async () => {
    const id = await fresh({ deletedAt: new Date() });
    const seenBy = async (person: Member) => {
      const { body } = await as(person, 'GET /api/deals?binned=true&limit=100');
      return idsIn(listIn(body, 'deals')).includes(id);
    };
    expect(await seenBy(org.manager)).toBe(true);
    expect(await seenBy(org.admin)).toBe(true);
    expect(await seenBy(org.colleague)).toBe(false);
    expect(await seenBy(org.otherManager)).toBe(false);
    expect(await seenBy(elsewhere.admin)).toBe(false);
  });

  it('is not for those with a split, nor for strangers', async () => {
    const id = await fresh({ participantIds: [org.rep.uid, org.rep2.uid] });
    expect((await as(org.rep2, `DELETE /api/deals/${id}`)).status).toBe(403);
    expect((await as(org.colleague, `DELETE /api/deals/${id}`)).status).toBe(404);
    expect((await as(elsewhere.admin, `DELETE /api/deals/${id}`)).status).toBe(404);
    expect((await as(org.rep, `DELETE /api/deals/${id}`)).status).toBe(200);
    expect((await as(org.rep2, `POST /api/deals/${id}/restore`)).status).toBe(403);
    expect((await as(elsewhere.admin, `POST /api/deals/${id}/restore`)).status).toBe(404);
  });
});

describe('POST /api/deals/bulk', () => {
  it('changes each deal by itself and reports each', async () => {
    const [mine, binned, others] = await Promise.all([
      fresh(),
      fresh({ deletedAt: new Date() }),
      storeDeal(org.orgId, dealOf(org.rep2.principal)),
    ]);
    const answer = await as(org.rep, 'POST /api/deals/bulk', {
      ids: [mine, binned, others],
      change: { stage: 'PROPOSAL', tags: ['Bulk'] },
    });
    const notThere = (id: string) => ({
      ...{ id, success: false },
      error: { code: 'NOT_FOUND', status: 404 },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ succeeded: 1, failed: 2 },
        results: [
          { id: mine, success: true, record: { stage: 'PROPOSAL', tags: ['Bulk'], version: 2 } },
          ...[notThere(binned), notThere(others)],
        ],
      },
    });
  });

  it('does with one key no deal twice', async () => {
    const ids = await Promise.all([fresh(), fresh()]);
    const headers = { 'Idempotency-Key': newId() };
    const body = { ids, change: { title: 'Once' } };
    const first = await as(org.rep, 'POST /api/deals/bulk', body, headers);
    await as(org.rep, `PATCH /api/deals/${ids[0]}`, { title: 'Since then' });
    const second = await as(org.rep, 'POST /api/deals/bulk', body, headers);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await storedDeal(org.orgId, ids[0] ?? '')).toMatchObject({ title: 'Since then' });
  });

  it('goes on where a killed request stopped', async () => {
    const ids = await Promise.all([fresh(), fresh()]);
    const headers = { 'Idempotency-Key': newId() };
    const ctx = contextOf(org.rep.principal);
    // The first run did only one of the two.
    await bulkUpdateDeals(ctx, { ids: [ids[0] ?? ''], change: { title: 'X' } });
    const body = { ids, change: { title: 'X' } };
    const answer = await as(org.rep, 'POST /api/deals/bulk', body, headers);
    expect(answer.body).toMatchObject({ succeeded: 2 });
    const versions = await Promise.all(ids.map((id) => storedDeal(org.orgId, id)));
    expect(versions.map((deal) => deal?.version)).toEqual([2, 2]);
  });

  it.each<[string, number, object]>([
    ['ids', 422, { ids: [], change: {} }],
    ['ids', 422, { ids: ['a', 'a'], change: {} }],
    ['ids', 422, { ids: Array.from({ length: 101 }, newId), change: {} }],
    ['ids.0', 422, { ids: ['a/b'], change: {} }],
    ['change', 400, { ids: ['a'] }],
    ['change.version', 400, { ids: ['a'], change: { version: 1 } }],
    ['change.title', 422, { ids: ['a'], change: { title: '' } }],
  ])('refuses a bad %s with %d', async (field, status, body) => {
    const answer = await as(org.rep, 'POST /api/deals/bulk', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});

describe('what it costs', () => {
  const note = { recordType: 'deal' as const, text: 'A', pinned: false };
  it.each<[string, [number, number, number], (ctx: Caller, id: string) => Promise<unknown>]>([
    ['to change a field', [1, 1, 2], (ctx, id) => updateDeal(ctx, { dealId: id, title: 'B' })],
    ['to change nothing', [1, 0, 1], (ctx, id) => updateDeal(ctx, { dealId: id })],
    [
      'to move and rename at once',
      [2, 1, 2],
      (ctx, id) => updateDeal(ctx, { dealId: id, title: 'B', stage: 'PROPOSAL' }),
    ],
    ['to delete', [1, 1, 2], (ctx, id) => deleteDeal(ctx, { dealId: id })],
    ['to write a note', [1, 1, 2], (ctx, id) => createNote(ctx, { ...note, recordId: id })],
    [
      // The deal, and the book of listeners.
      'to report an event',
      [2, 1, 3],
      (ctx, id) => reportEvent(ctx, { dealId: id, event: 'contract_signed' }),
    ],
    [
      // The record, and one read from each of five empty lists.
      'to read an empty timeline',
      [6, 0, 2],
      (ctx, id) => getTimeline(ctx, { recordType: 'deal', recordId: id, limit: 20 }),
    ],
  ])('%s: %j reads, writes and round trips', async (_what, [reads, writes, roundTrips], run) => {
    // Of an organisation without events, wherever triggers run.
    const id = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
    const ctx = contextOf(elsewhere.rep.principal);
    await run(ctx, id);
    expect(ctx.store.meter).toMatchObject({ reads, writes, roundTrips });
  });
});

describe('the names of a deal’s contacts', () => {
  const change = (fields: Partial<Contact>, recordId: string, contact: Contact) => ({
    ...{ orgId: org.orgId, recordId, before: contact, after: { ...contact, ...fields } },
  });

  it('follow the contact, without a new version of the deal', async () => {
    const ctx = contextOf(org.rep.principal);
    const contact = await createContact(ctx, { firstName: 'Old', lastName: 'Name' });
    const body = { title: 'A', value: 1, contactIds: [contact.id] };
    const id = await made(org.rep, 'deals', body);
    await as(org.rep, `PUT /api/contacts/${contact.id}`, { firstName: 'New' });
    await followContact(ctx, change({ firstName: 'New' }, contact.id, contact));
    expect(await storedDeal(org.orgId, id)).toMatchObject({
      ...{ version: 1, contacts: [{ id: contact.id, firstName: 'New', lastName: 'Name' }] },
    });
  });

  it('change in no event', async () => {
    const id = await fresh();
    const deal = await storedDeal(org.orgId, id);
    if (deal === undefined) throw new Error('the deal is stored');
    const ctx = contextOf(org.rep.principal);
    const after = { ...deal, contacts: [{ id: 'c', firstName: 'New', lastName: '' }] };
    await recordChange(ctx, dealKind, { orgId: org.orgId, recordId: id, before: deal, after });
    expect(await eventsOf(org.orgId)).not.toHaveProperty(`${id}_1`);
  });

  it('are put right when the contact was renamed while the deal was being written', async () => {
    const contact = await contactOf(org.rep, { firstName: 'Right' });
    const id = await fresh({
      contactIds: [contact],
      contacts: [{ id: contact, firstName: 'Stale', lastName: 'Johnson' }],
    });
    const after = await storedDeal(org.orgId, id);
    const recorded = { orgId: org.orgId, recordId: id, before: undefined, after };
    await followDeal(contextOf(org.rep.principal), recorded);
    expect((await storedDeal(org.orgId, id))?.contacts).toMatchObject([{ firstName: 'Right' }]);
  });

  it('and its search words follow a title that was written directly', async () => {
    const id = await fresh();
    await firestore().doc(dealPath(org.orgId, id)).update({ title: 'Zeppelin', version: 2 });
    const after = await storedDeal(org.orgId, id);
    await followDeal(contextOf(org.rep.principal), {
      ...{ orgId: org.orgId, recordId: id, before: undefined, after },
    });
    expect(await storedDeal(org.orgId, id)).toMatchObject({
      ...{ version: 2, searchTokens: expect.arrayContaining(['zeppelin', 'zep']) },
    });
  });
});

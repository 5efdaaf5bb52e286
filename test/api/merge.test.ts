import { beforeAll, describe, expect, it } from '@jest/globals';
import { contactKind } from '../../functions/src/modules/contacts/contacts.public.ts';
import { contactSchema } from '../../functions/src/modules/contacts/contacts.schema.ts';
import { describeChange } from '../../functions/src/modules/events/events.public.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, essence, made } from '../support/as.ts';
import { dealOf, storeDeal, storedDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

function emailOf(name: string): string {
  return `${name}.${newId().toLowerCase()}@example.com`;
}
const mergeInto = (id: string, body: object, person = org.rep) =>
  as(person, `POST /api/contacts/${id}/merge`, body);

describe('a merge of contacts', () => {
  it('keeps every link, address, tag and claim, and makes one event of each', async () => {
    const [mine, theirs] = [emailOf('mine'), emailOf('theirs')];
    const company = await made(org.rep, 'companies', { name: 'Acme' });
    const other = await made(org.rep, 'contacts', {
      ...{ firstName: 'Alicia', lastName: 'Johnson', email: theirs, phone: '+4930901830' },
      ...{ tags: ['b', 'c'], customFields: { one: 'theirs', two: 'theirs' }, title: 'CTO' },
      externalIds: [{ source: 'hubspot', id: theirs }],
    });
    const id = await made(org.rep, 'contacts', {
      ...{ firstName: 'Alice', email: mine, tags: ['a', 'b'], customFields: { one: 'mine' } },
    });
    await as(org.rep, `POST /api/contacts/${other}/companies`, { companyId: company });
    const deal = await made(org.rep, 'deals', { title: 'D', value: 1, contactIds: [other] });
    const both = await made(org.rep, 'deals', { title: 'D', value: 1, contactIds: [other, id] });
    const lead = await made(org.rep, 'leads', { businessName: 'L' });
    const note = await as(org.rep, 'POST /api/notes', {
      ...{ recordType: 'contact', recordId: other, text: 'Called twice' },
    });
    await firestore()
      .doc(`orgs/${org.orgId}/leads/${lead}`)
      .update({ convertedContactId: other, status: 'CONVERTED' });

    const before = await contactAt(id);
    const { status, body } = await mergeInto(id, {
      otherId: other,
      fields: { firstName: 'other' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id, firstName: 'Alicia', lastName: 'Johnson', email: mine, phone: '+4930901830' },
      ...{ otherEmails: [theirs], tags: ['a', 'b', 'c'], title: 'CTO', version: 2 },
      ...{ customFields: { one: 'mine', two: 'theirs' }, mergedFrom: [other] },
      ...{ externalIds: [{ source: 'hubspot', id: theirs }] },
      companies: [{ companyId: company, isPrimary: true }],
    });
    const named = { id, firstName: 'Alicia', lastName: 'Johnson' };
    expect(await storedDeal(org.orgId, deal)).toMatchObject({
      ...{ contactIds: [id], contacts: [named], version: 2 },
    });
    expect(await storedDeal(org.orgId, both)).toMatchObject({
      contactIds: [id],
      contacts: [named],
    });
    expect(await stored(org.orgId, `leads/${lead}`)).toMatchObject({
      ...{ convertedContactId: id, version: 2 },
    });
    expect(await stored(org.orgId, `notes/${textIn(note.body, 'id')}`)).toMatchObject({
      ...{ recordId: id, version: 2 },
    });
    const page = await as(org.rep, `GET /api/contacts/${id}`);
    expect(page.body).toMatchObject({ notes: [{ content: 'Called twice' }] });
    expect(await stored(org.orgId, `contacts/${other}`)).toMatchObject({
      ...{ mergedInto: id, deletedAt: expect.anything(), version: 3, email: theirs },
    });
    const event = describeChange(contactKind, id, before, await contactAt(id));
    expect(event.types).toContain('contact.merged');
    expect(event.after).not.toHaveProperty('searchTokens');
    const clash = await as(org.rep, 'POST /api/contacts', { firstName: 'A', email: theirs });
    expect(clash).toMatchObject({ status: 409, body: { field: 'email' } });
    expect(textIn(clash.body, 'error')).toContain(id);
    const found = await as(org.rep, `GET /api/contacts?search=${encodeURIComponent(theirs)}`);
    expect(listIn(found.body, 'contacts')).toMatchObject([{ id }]);
  });

  it('leaves the other one gone, and says where it went', async () => {
    const [id, other] = await Promise.all([
      made(org.rep, 'contacts', { firstName: 'Stays' }),
      made(org.rep, 'contacts', { firstName: 'Goes' }),
    ]);
    await mergeInto(id, { otherId: other });
    expect((await as(org.rep, `GET /api/contacts/${other}`)).status).toBe(404);
    const restored = await as(org.rep, `POST /api/contacts/${other}/restore`);
    expect(restored.status).toBe(422);
    expect(textIn(restored.body, 'error')).toContain(id);
    expect((await mergeInto(id, { otherId: other })).status).toBe(404);
  });

  it('frees an address that is given up afterwards', async () => {
    const [mine, theirs] = [emailOf('mine'), emailOf('theirs')];
    const id = await made(org.rep, 'contacts', { firstName: 'A', email: mine });
    const other = await made(org.rep, 'contacts', { firstName: 'B', email: theirs });
    const merged = await mergeInto(id, { otherId: other, fields: { email: 'other' } });
    expect(merged.body).toMatchObject({ email: theirs, otherEmails: [mine] });
    await as(org.rep, `PATCH /api/contacts/${id}`, { otherEmails: [] });
    await made(org.rep, 'contacts', { firstName: 'C', email: mine });
    const clash = await as(org.rep, 'POST /api/contacts', { firstName: 'D', email: theirs });
    expect(clash.status).toBe(409);
  });

  it.each([
    ['itself', (id: string) => ({ otherId: id }), 422, 'otherId'],
    ['nobody', () => ({}), 400, 'otherId'],
    [
      'an unknown field',
      () => ({ otherId: 'x', fields: { version: 'this' } }),
      400,
      'fields.version',
    ],
    ['a third value', () => ({ otherId: 'x', fields: { email: 'mine' } }), 422, 'fields.email'],
  ])('with %s is refused', async (_, bodyOf, status, field) => {
    const id = await made(org.rep, 'contacts', { firstName: 'A' });
    expect(await mergeInto(id, bodyOf(id))).toMatchObject({ status, body: { field } });
  });

  it('takes no contact that the caller cannot see, and none they may not delete', async () => {
    const id = await made(org.rep, 'contacts', { firstName: 'A' });
    const hidden = await made(org.rep2, 'contacts', { firstName: 'Hidden' });
    const foreign = await made(elsewhere.rep, 'contacts', { firstName: 'Foreign' });
    const answers = await Promise.all(
      [hidden, foreign, 'absent'].map(async (otherId) =>
        essence(await mergeInto(id, { otherId }), otherId),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
    expect((await mergeInto(id, { otherId: hidden }, org.admin)).status).toBe(200);
  });

  it('gives the owner of the other one only where the role allows it', async () => {
    const id = await made(org.rep, 'contacts', { firstName: 'A' });
    const other = await made(org.colleague, 'contacts', { firstName: 'B' });
    const body = { otherId: other, fields: { ownerId: 'other' } };
    const merged = await mergeInto(id, body, org.manager);
    expect(merged.body).toMatchObject({ ownerId: org.colleague.uid });
  });

  it('happens once, of many at once', async () => {
    const id = await made(org.rep, 'contacts', { firstName: 'A', tags: ['a'] });
    const other = await made(org.rep, 'contacts', { firstName: 'B', tags: ['b'] });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        index % 2 === 0 ? mergeInto(id, { otherId: other }) : mergeInto(other, { otherId: id }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
  });

  it('refuses more than one commit can carry, naming the number', async () => {
    const id = await made(org.rep, 'contacts', { firstName: 'A' });
    const other = await made(org.rep, 'contacts', { firstName: 'B' });
    const contacts = [{ id: other, firstName: 'B', lastName: '' }];
    const deal = dealOf(org.rep.principal, { contactIds: [other], contacts });
    await Promise.all(Array.from({ length: 401 }, () => storeDeal(org.orgId, deal)));
    const refused = await mergeInto(id, { otherId: other });
    expect(refused).toMatchObject({ status: 422, body: { code: 'FAILED_PRECONDITION' } });
    expect(textIn(refused.body, 'error')).toContain('401');
    const reverse = await mergeInto(other, { otherId: id });
    expect(reverse.status).toBe(200);
  }, 60_000);
});

describe('a merge of companies', () => {
  it('keeps people, deals, domains and claims', async () => {
    const names = [newId(), newId()].map((id) => id.toLowerCase().replace(/[^a-z0-9]/g, ''));
    const [mine, theirs] = names.map((name) => `${name}.example`);
    const other = await made(org.rep, 'companies', { name: 'Old', domain: theirs, size: 5 });
    const id = await made(org.rep, 'companies', { name: 'New', domain: mine });
    const contact = await made(org.rep, 'contacts', { firstName: 'A' });
    for (const [companyId, role] of [
      [other, 'CTO'],
      [id, null],
    ]) {
      await as(org.rep, `POST /api/contacts/${contact}/companies`, { companyId, role });
    }
    const deal = await made(org.rep, 'deals', { title: 'D', value: 1, companyId: other });
    const { status, body } = await as(org.rep, `POST /api/companies/${id}/merge`, {
      ...{ otherId: other, fields: { name: 'other' } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id, name: 'Old', domain: mine, otherDomains: [theirs], size: 5, mergedFrom: [other] },
    });
    expect(await stored(org.orgId, `contacts/${contact}`)).toMatchObject({
      ...{ companyIds: [id], memberships: [{ companyId: id, role: 'CTO', isPrimary: true }] },
    });
    expect(await storedDeal(org.orgId, deal)).toMatchObject({ companyId: id, version: 2 });
    const clash = await as(org.rep, 'POST /api/companies', { name: 'X', domain: theirs });
    expect(clash.status).toBe(409);
    expect(textIn(clash.body, 'error')).toContain(id);
  });

  it('is for those who may change both', async () => {
    const id = await made(org.rep, 'companies', { name: 'Mine' });
    const other = await made(org.rep2, 'companies', { name: 'Theirs' });
    const line = `POST /api/companies/${id}/merge`;
    expect((await as(org.rep, line, { otherId: other })).status).toBe(403);
    expect((await as(org.admin, line, { otherId: other })).status).toBe(200);
  });
});

async function contactAt(id: string) {
  return contactSchema.parse(timestampsToDates(await stored(org.orgId, `contacts/${id}`)));
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, essence, idsIn, made } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let strangersLead: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  strangersLead = await made(elsewhere.admin, 'leads', { businessName: 'Stranger Ltd' });
});

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** The request that seed 001 documents. */
const oceanView = {
  ...{ businessName: 'Ocean View Restaurant', address: '456 Beach Blvd', city: 'San Diego' },
  ...{ state: 'CA', zipCode: '92101', phone: '+16195551234' },
  ...{ website: 'https://oceanviewsd.com', category: 'restaurant', status: 'NEW' },
  source: 'manual',
};
/** The lead that seed 001 shows in a list. */
const sunshine = {
  ...{ businessName: 'Sunshine Dental', address: '123 Ocean Dr', city: 'Miami', state: 'FL' },
  ...{ zipCode: '33139', phone: '+13055551234', website: 'https://sunshinedental.com' },
  ...{ rating: 4.5, category: 'dentist', status: 'NEW', googlePlaceId: 'ChIJ123' },
  source: 'google_places',
};
/** The conversion that seed 001 documents, of another person each time. */
function maria() {
  const email = `${newId().toLowerCase()}@sunshinedental.com`;
  return { firstName: 'Maria', lastName: 'Garcia', email };
}

describe('seed 001', () => {
  let sunshineId: string;

  it('POST /api/leads answers as documented', async () => {
    const answer = await as(org.rep, 'POST /api/leads', oceanView);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ id: expect.any(String), businessName: 'Ocean View Restaurant', status: 'NEW' },
      createdAt: isoTime,
      ...oceanView,
    });
  });

  it('GET /api/leads with status, category and city answers as documented', async () => {
    sunshineId = await made(org.rep, 'leads', sunshine);
    await made(org.rep, 'leads', { ...sunshine, status: 'CONTACTED' });
    await made(org.rep, 'leads', { ...sunshine, city: 'Tampa' });
    const line = 'GET /api/leads?status=NEW&category=dentist&city=Miami';
    const { status, body } = await as(org.rep, line);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      leads: [{ id: sunshineId, ...sunshine, createdAt: isoTime }],
      total: 1,
    });
  });

  it('POST /api/leads/{id}/convert answers as documented', async () => {
    const contactData = { ...maria(), phone: '+13055551234' };
    const line = `POST /api/leads/${sunshineId}/convert`;
    const { status, body } = await as(org.rep, line, { contactData });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ success: true, contactId: expect.any(String), message: 'Lead converted to contact' },
    });
    const contactId = textIn(body, 'contactId');
    const contact = await as(org.rep, `GET /api/contacts/${contactId}`);
    expect(contact.body).toMatchObject({
      ...{ ...contactData, company: 'Sunshine Dental', source: 'google_places' },
      companies: [],
    });
    const lead = await as(org.rep, `GET /api/leads/${sunshineId}`);
    expect(lead.body).toMatchObject({
      ...{ status: 'CONVERTED', convertedContactId: contactId, convertedCompanyId: null },
      ...{ convertedAt: isoTime, version: 2 },
    });
  });
});

describe('a lead', () => {
  it('is changed, deleted and restored', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'Bakery' });
    for (const [index, method] of ['PUT', 'PATCH'].entries()) {
      const change = { status: 'CONTACTED', rating: index };
      const { body } = await as(org.rep, `${method} /api/leads/${id}`, change);
      expect(body).toMatchObject({ ...change, businessName: 'Bakery' });
    }
    const deleted = await as(org.rep, `DELETE /api/leads/${id}`);
    expect(deleted.body).toEqual({ success: true, message: 'Lead deleted' });
    expect((await as(org.rep, `GET /api/leads/${id}`)).status).toBe(404);
    expect((await as(org.rep, `POST /api/leads/${id}/restore`)).body).toMatchObject({ id });
  });

  it.each([
    ['no business name', { city: 'Miami' }, 400, 'businessName'],
    ['an unknown status', { businessName: 'A', status: 'OLD' }, 422, 'status'],
    ['the status CONVERTED', { businessName: 'A', status: 'CONVERTED' }, 422, 'status'],
    ['a status that is a number', { businessName: 'A', status: 1 }, 422, 'status'],
    ['six stars', { businessName: 'A', rating: 6 }, 422, 'rating'],
    ['stars in words', { businessName: 'A', rating: 'five' }, 400, 'rating'],
    ['an endless rating', '{"businessName":"A","rating":1e309}', 400, 'rating'],
    ['a national phone number', { businessName: 'A', phone: '305 555 1234' }, 422, 'phone'],
    ['no web address', { businessName: 'A', website: 'sunshine' }, 422, 'website'],
    ['no e-mail address', { businessName: 'A', email: 'x@' }, 422, 'email'],
    ['a long city', { businessName: 'A', city: 'x'.repeat(101) }, 422, 'city'],
    ['an unknown field', { businessName: 'A', name: 'B' }, 400, 'name'],
    ['a nobody as owner', { businessName: 'A', ownerId: 'nobody' }, 422, 'ownerId'],
  ])('with %s is refused', async (_, body, status, field) => {
    const answer = await as(org.admin, 'POST /api/leads', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it('keeps a name', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'A' });
    const { status, body } = await as(org.rep, `PATCH /api/leads/${id}`, { businessName: null });
    expect({ status, body }).toMatchObject({ status: 422, body: { field: 'businessName' } });
  });

  it('is the owner’s, the managing manager’s and the administrator’s', async () => {
    const businessName = `Seen ${newId()}`;
    const id = await made(org.rep, 'leads', { businessName, category: 'seen' });
    for (const [person, status] of [
      ...[org.rep, org.manager, org.admin].map((one) => [one, 200] as const),
      ...[org.colleague, org.otherManager, org.rep2].map((one) => [one, 404] as const),
    ]) {
      expect((await as(person, `GET /api/leads/${id}`)).status).toBe(status);
      const { body } = await as(person, 'GET /api/leads?category=seen');
      expect(idsIn(listIn(body, 'leads'))).toEqual(status === 200 ? [id] : []);
    }
  });

  it.each(['GET', 'PUT', 'DELETE', 'CONVERT'])(
    '%s answers a foreign id as an absent one',
    async (what) => {
      const ask = async (id: string) => {
        if (what === 'CONVERT') {
          const body = { contactData: { firstName: 'A' } };
          return essence(await as(org.admin, `POST /api/leads/${id}/convert`, body), id);
        }
        const body = what === 'PUT' ? { city: 'X' } : undefined;
        return essence(await as(org.admin, `${what} /api/leads/${id}`, body), id);
      };
      expect(await ask(strangersLead)).toBe(await ask('absent'));
      expect(await ask('absent')).toMatch(/^404 /);
    },
  );

  it.each(['status=OLD', 'category=', 'limit=0', 'cursor=!', 'state=FL'])(
    'is not listed by %s',
    async (query) => {
      expect([400, 422]).toContain((await as(org.rep, `GET /api/leads?${query}`)).status);
    },
  );
});

describe('a conversion', () => {
  const convert = (id: string, body: object, headers = {}) =>
    as(org.rep, `POST /api/leads/${id}/convert`, body, headers);
  const count = async (collection: string) =>
    (await firestore().collection(`orgs/${org.orgId}/${collection}`).count().get()).data().count;

  it('makes contact, company and deal in one commit', async () => {
    const domain = `${newId()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')}.example`;
    const id = await made(org.rep, 'leads', { ...sunshine, customFields: { chairs: '4' } });
    const { status, body } = await convert(id, {
      contactData: { ...maria(), customFields: { title: 'Dr' } },
      companyData: { domain },
      deal: { title: 'Website', value: 15_000.5, stage: 'QUALIFIED' },
    });
    expect(status).toBe(200);
    const [contactId, companyId, dealId] = ['contactId', 'companyId', 'dealId'].map((field) =>
      textIn(body, field),
    );
    expect(await stored(org.orgId, `contacts/${contactId}`)).toMatchObject({
      ...{ ownerId: org.rep.uid, customFields: { title: 'Dr' }, companyIds: [companyId] },
      memberships: [{ companyId, role: null, isPrimary: true }],
    });
    expect(await stored(org.orgId, `companies/${companyId}`)).toMatchObject({
      ...{ name: 'Sunshine Dental', domain, phone: '+13055551234', city: 'Miami' },
    });
    expect(await stored(org.orgId, `deals/${dealId}`)).toMatchObject({
      ...{ title: 'Website', valueMinor: 1_500_050, stageKey: 'QUALIFIED', companyId },
      ...{ contactIds: [contactId] },
      contacts: [{ id: contactId, firstName: 'Maria', lastName: 'Garcia' }],
    });
    expect(await stored(org.orgId, `leads/${id}`)).toMatchObject({
      ...{ convertedContactId: contactId, convertedCompanyId: companyId, convertedDealId: dealId },
    });
  });

  it('takes a company that is on record', async () => {
    const companyId = await made(org.rep2, 'companies', { name: 'On record' });
    const id = await made(org.rep, 'leads', { businessName: 'A' });
    const { body } = await convert(id, { contactData: maria(), companyId });
    expect(body).toMatchObject({ success: true, companyId, dealId: null });
  });

  it('belongs to the lead’s owner, whoever does it', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'A' });
    const line = `POST /api/leads/${id}/convert`;
    const { body } = await as(org.manager, line, { contactData: maria() });
    expect(await stored(org.orgId, `contacts/${textIn(body, 'contactId')}`)).toMatchObject({
      ownerId: org.rep.uid,
    });
  });

  it('happens once', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'Once' });
    const first = await convert(id, { contactData: maria() });
    const again = await convert(id, { contactData: maria() });
    expect(again.status).toBe(422);
    expect(textIn(again.body, 'error')).toContain(textIn(first.body, 'contactId'));
    const open = await as(org.rep, `PATCH /api/leads/${id}`, { status: 'NEW' });
    expect(open).toMatchObject({ status: 422, body: { field: 'status' } });
  });

  it('answers the same again under one Idempotency-Key', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'Once' });
    const headers = { 'Idempotency-Key': newId() };
    const body = { contactData: maria() };
    const first = await convert(id, body, headers);
    const again = await convert(id, body, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
  });

  it('is won by one of many at once', async () => {
    const id = await made(org.rep, 'leads', { businessName: 'Race' });
    const before = await count('contacts');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => convert(id, { contactData: maria() })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
    expect(await count('contacts')).toBe(before + 1);
  });

  it.each([
    ['no contact', {}, 400, 'contactData'],
    ['a bad e-mail', { contactData: { firstName: 'A', email: 'x' } }, 422, 'contactData.email'],
    ['a bad phone', { contactData: { firstName: 'A', phone: '1' } }, 422, 'contactData.phone'],
    [
      'a bad domain',
      { contactData: { firstName: 'A' }, companyData: { domain: 'x' } },
      422,
      'companyData.domain',
    ],
    [
      'both companies',
      { contactData: { firstName: 'A' }, companyData: {}, companyId: 'x' },
      422,
      'companyId',
    ],
    [
      'an absent company',
      { contactData: { firstName: 'A' }, companyId: 'absent' },
      422,
      'companyId',
    ],
    [
      'an unknown stage',
      { contactData: { firstName: 'A' }, deal: { title: 'D', value: 1, stage: 'X' } },
      422,
      'deal.stage',
    ],
    [
      'too many decimals',
      { contactData: { firstName: 'A' }, deal: { title: 'D', value: 1.001 } },
      422,
      'deal.value',
    ],
    [
      'a past date',
      {
        contactData: { firstName: 'A' },
        deal: { title: 'D', value: 1, expectedCloseDate: '2001-01-01' },
      },
      422,
      'deal.expectedCloseDate',
    ],
    [
      'a nobody as owner',
      { contactData: { firstName: 'A', ownerId: 'nobody' } },
      422,
      'contactData.ownerId',
    ],
  ])('with %s is refused and writes nothing', async (_, body, status, field) => {
    const id = await made(org.rep, 'leads', { businessName: 'Refused' });
    const kinds = ['contacts', 'companies', 'deals', 'claims'];
    const before = await Promise.all(kinds.map(count));
    const answer = await convert(id, body);
    expect(answer).toMatchObject({ status, body: { field } });
    expect(await Promise.all(kinds.map(count))).toEqual(before);
    expect(await stored(org.orgId, `leads/${id}`)).toMatchObject({ status: 'NEW', version: 1 });
  });

  it('names the contact who has the e-mail address', async () => {
    const person = maria();
    const known = await made(org.rep, 'contacts', person);
    const id = await made(org.rep, 'leads', { businessName: 'A' });
    const answer = await convert(id, { contactData: person });
    expect(answer).toMatchObject({ status: 409, body: { field: 'contactData.email' } });
    expect(textIn(answer.body, 'error')).toContain(known);
  });
});

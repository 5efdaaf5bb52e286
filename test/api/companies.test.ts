import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, essence, idsIn, made } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let strangersCompany: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  strangersCompany = await made(elsewhere.admin, 'companies', { name: 'Stranger Ltd' });
});

function domainOfItsOwn(): string {
  return `${newId()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')}.example`;
}

describe('a company', () => {
  it('is created, read, changed, listed, deleted and restored', async () => {
    const domain = domainOfItsOwn();
    const input = {
      ...{ name: 'Acme Corp', domain: `https://WWW.${domain.toUpperCase()}/about`, size: 250 },
      ...{ industry: 'Software', phone: '+44 20 7183 8750', website: 'https://acme.example' },
      ...{ address: '1 Road', city: 'London', zipCode: 'N1', country: 'UK', tags: ['Key'] },
      customFields: { founded: '1999' },
    };
    const created = await as(org.rep, 'POST /api/companies', input);
    expect(created).toMatchObject({
      status: 201,
      body: { ...input, domain, phone: '+442071838750', state: null, userId: org.rep.uid },
    });
    const id = textIn(created.body, 'id');
    const changed = await as(org.rep, `PUT /api/companies/${id}`, { size: null, city: 'Leeds' });
    expect(changed.body).toMatchObject({
      size: null,
      city: 'Leeds',
      name: 'Acme Corp',
      version: 2,
    });
    const list = await as(org.rep2, 'GET /api/companies?search=acme&tags=Key');
    expect(list.body).toMatchObject({ companies: [{ id }], total: 1, page: 1, totalPages: 1 });
    const deleted = await as(org.rep, `DELETE /api/companies/${id}`);
    expect(deleted.body).toEqual({ success: true, message: 'Company deleted' });
    expect((await as(org.rep, `GET /api/companies/${id}`)).status).toBe(404);
    const restored = await as(org.rep, `POST /api/companies/${id}/restore`);
    expect(restored).toMatchObject({ status: 200, body: { id, city: 'Leeds' } });
  });

  it.each([
    ['no name', {}, 400, 'name'],
    ['an empty name', { name: '' }, 422, 'name'],
    ['a domain without a dot', { name: 'A', domain: 'localhost' }, 422, 'domain'],
    ['a domain that is an address', { name: 'A', domain: '127.0.0.1' }, 422, 'domain'],
    ['a domain of spaces', { name: 'A', domain: 'a b.com' }, 422, 'domain'],
    ['a website that is none', { name: 'A', website: 'javascript:alert(1)' }, 422, 'website'],
    ['a negative size', { name: 'A', size: -1 }, 422, 'size'],
    ['half a person', { name: 'A', size: 1.5 }, 400, 'size'],
    ['a national phone number', { name: 'A', phone: '020 7183 8750' }, 422, 'phone'],
    ['an unknown field', { name: 'A', revenue: 5 }, 400, 'revenue'],
    ['a foreign owner', { name: 'A', ownerId: 'nobody' }, 422, 'ownerId'],
  ])('with %s is refused', async (_, body, status, field) => {
    const answer = await as(org.admin, 'POST /api/companies', body);
    expect(answer).toMatchObject({ status, body: { field } });
  });

  it('is seen by everybody and changed by its owner and those above', async () => {
    const id = await made(org.rep, 'companies', { name: 'Seen' });
    const people = [org.rep, org.manager, org.admin, org.colleague, org.rep2];
    const reads = people.map((person) => as(person, `GET /api/companies/${id}`));
    expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([
      ...[200, 200, 200, 200, 200],
    ]);
    const edit = async (person: typeof org.rep) =>
      (await as(person, `PATCH /api/companies/${id}`, { industry: person.uid })).status;
    const statuses = [];
    for (const person of people) statuses.push(await edit(person));
    expect(statuses).toEqual([200, 200, 200, 403, 403]);
  });

  it('of another organisation answers like an absent one', async () => {
    for (const line of ['GET', 'PATCH', 'DELETE']) {
      const ask = async (id: string) =>
        essence(
          await as(org.admin, `${line} /api/companies/${id}`, line === 'PATCH' ? {} : undefined),
          id,
        );
      expect(await ask(strangersCompany)).toBe(await ask('absent'));
    }
  });

  it('has its domain for itself, in whatever way it is written', async () => {
    const domain = domainOfItsOwn();
    const id = await made(org.rep, 'companies', { name: 'First', domain });
    const again = { name: 'Second', domain: `http://www.${domain}:8080/` };
    const clash = await as(org.rep2, 'POST /api/companies', again);
    expect(clash).toMatchObject({ status: 409, body: { field: 'domain' } });
    expect(textIn(clash.body, 'error')).toContain(id);
    expect((await as(elsewhere.rep, 'POST /api/companies', again)).status).toBe(201);
  });

  it('is made once, of many with one domain at the same time', async () => {
    const body = { name: 'Race', domain: domainOfItsOwn() };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => as(org.rep, 'POST /api/companies', body)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 29 }, () => 409)]);
  });

  it('stores a domain of another script as its registry does', async () => {
    const name = newId()
      .toLowerCase()
      .replace(/[^a-z]/g, '');
    const id = await made(org.rep, 'companies', { name: 'Müller', domain: `müller-${name}.de` });
    expect(await stored(org.orgId, `companies/${id}`)).toMatchObject({
      domain: expect.stringMatching(/^xn--mller-.*\.de$/),
    });
  });
});

describe('memberships', () => {
  let company: string;
  let other: string;
  let contact: string;
  beforeAll(async () => {
    [company, other] = await Promise.all([
      made(org.rep, 'companies', { name: 'One' }),
      made(org.rep2, 'companies', { name: 'Two' }),
    ]);
    contact = await made(org.rep, 'contacts', { firstName: 'Member' });
  });

  it('put a contact into companies, from either side', async () => {
    const first = await as(org.rep, `POST /api/contacts/${contact}/companies`, {
      ...{ companyId: company, role: 'CTO' },
    });
    expect(first).toMatchObject({
      status: 201,
      body: { companies: [{ companyId: company, role: 'CTO', isPrimary: true }], version: 2 },
    });
    const second = await as(org.rep, `POST /api/companies/${other}/contacts`, {
      ...{ contactId: contact, role: 'Adviser', isPrimary: true },
    });
    expect(second.body).toMatchObject({
      companies: [
        { companyId: company, role: 'CTO', isPrimary: false },
        { companyId: other, role: 'Adviser', isPrimary: true },
      ],
    });
    const ofContact = await as(org.rep, `GET /api/contacts/${contact}/companies`);
    expect(ofContact.body).toMatchObject({
      companies: [
        { id: company, name: 'One', role: 'CTO', isPrimary: false },
        { id: other, name: 'Two', role: 'Adviser', isPrimary: true },
      ],
    });
    const ofCompany = await as(org.rep, `GET /api/companies/${other}/contacts`);
    expect(ofCompany.body).toMatchObject({ contacts: [{ id: contact }], total: 1 });
  });

  it('show a company’s contacts to those who may see them', async () => {
    for (const [person, ids] of [
      [org.manager, [contact]],
      [org.rep2, []],
    ] as const) {
      const { body } = await as(person, `GET /api/companies/${other}/contacts`);
      expect(idsIn(listIn(body, 'contacts'))).toEqual(ids);
    }
  });

  it('change and end', async () => {
    const again = { companyId: company, role: null };
    await as(org.rep, `POST /api/contacts/${contact}/companies`, again);
    const left = await as(org.rep, `DELETE /api/companies/${other}/contacts/${contact}`);
    expect(left.body).toMatchObject({
      companies: [{ companyId: company, role: null, isPrimary: true }],
    });
    const gone = await as(org.rep, `DELETE /api/contacts/${contact}/companies/${other}`);
    expect(gone.status).toBe(404);
  });

  it('take no company that is not there', async () => {
    const binned = await made(org.rep, 'companies', { name: 'Binned' });
    await as(org.rep, `DELETE /api/companies/${binned}`);
    const answers = await Promise.all(
      [strangersCompany, binned, 'absent'].map(async (companyId) =>
        essence(
          await as(org.rep, `POST /api/contacts/${contact}/companies`, { companyId }),
          companyId,
        ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^422 .*companyId/);
  });

  it('are for those who may change the contact', async () => {
    const { status } = await as(org.rep2, `POST /api/companies/${other}/contacts`, {
      contactId: contact,
    });
    expect(status).toBe(404);
  });

  it('are at most 30', async () => {
    const full = await made(org.rep, 'contacts', { firstName: 'Full' });
    const ids = await Promise.all(
      Array.from({ length: 31 }, (_, index) => made(org.rep, 'companies', { name: `C${index}` })),
    );
    const statuses = [];
    for (const companyId of ids) {
      const path = `POST /api/contacts/${full}/companies`;
      statuses.push((await as(org.rep, path, { companyId })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 201), 422]);
  });
});

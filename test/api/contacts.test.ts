import { beforeAll, describe, expect, it } from '@jest/globals';
import { createContact } from '../../functions/src/modules/contacts/contacts.service.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, essence, idsIn, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, request, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
let strangersContact: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  strangersContact = await made(elsewhere.admin, 'contacts', { firstName: 'Stranger' });
});

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** The request that seed 001 documents. */
const alice = {
  firstName: 'Alice',
  lastName: 'Johnson',
  email: 'alice@example.com',
  phone: '+15559876543',
  company: 'Design Studio',
  tags: ['Prospect'],
  customFields: { birthday: '1990-05-20', preferredContact: 'email' },
};
/** Another person each time. */
function somebody(fields: object = {}) {
  const email = `${newId().toLowerCase()}@example.com`;
  return { firstName: 'Jane', lastName: 'Smith', email, ...fields };
}

describe('seed 001', () => {
  let aliceId: string;

  it('POST /api/contacts answers as documented', async () => {
    const answer = await as(org.rep, 'POST /api/contacts', alice);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: expect.any(String),
      ...alice,
      userId: org.rep.uid,
      createdAt: isoTime,
      updatedAt: isoTime,
    });
    aliceId = textIn(answer.body, 'id');
  });

  it('GET /api/contacts/{id} answers as documented', async () => {
    const { status, body } = await as(org.rep, `GET /api/contacts/${aliceId}`);
    expect(status).toBe(200);
    const { customFields, ...shown } = alice;
    expect(body).toMatchObject({
      id: aliceId,
      ...shown,
      ...{ messages: [], appointments: [], notes: [] },
    });
  });

  it('PUT /api/contacts/{id} answers as documented', async () => {
    const change = {
      tags: ['Prospect', 'Hot Lead'],
      customFields: { birthday: '1990-05-20', preferredContact: 'phone' },
    };
    const { status, body } = await as(org.rep, `PUT /api/contacts/${aliceId}`, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: aliceId, firstName: 'Alice', tags: ['Prospect', 'Hot Lead'], updatedAt: isoTime },
      ...change,
      ...{ lastName: 'Johnson', email: 'alice@example.com', version: 2 },
    });
  });

  it('GET /api/contacts with page, limit, search and tags answers as documented', async () => {
    const jane = await made(org.rep, 'contacts', {
      ...{ firstName: 'Jane', lastName: 'Smith', email: 'jane@example.com' },
      ...{ phone: '+15551234567', company: 'Tech Inc', tags: ['VIP', 'Customer'] },
      source: 'import',
    });
    await made(org.rep, 'contacts', somebody({ firstName: 'Janet', tags: ['Cold'] }));
    const line = 'GET /api/contacts?page=1&limit=20&search=jan&tags=VIP,%20Customer';
    const { status, body } = await as(org.rep, line);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      contacts: [
        {
          ...{ id: jane, firstName: 'Jane', lastName: 'Smith', email: 'jane@example.com' },
          ...{ phone: '+15551234567', company: 'Tech Inc', tags: ['VIP', 'Customer'] },
          ...{ source: 'import', createdAt: isoTime, updatedAt: isoTime },
        },
      ],
      ...{ total: 1, page: 1, totalPages: 1 },
    });
  });

  it('DELETE /api/contacts/{id} answers as documented', async () => {
    const answer = await as(org.rep, `DELETE /api/contacts/${aliceId}`);
    expect(answer).toMatchObject({
      ...{ status: 200, body: { success: true, message: 'Contact deleted' } },
    });
    expect((await as(org.rep, `GET /api/contacts/${aliceId}`)).status).toBe(404);
  });
});

describe('a new contact', () => {
  it('is stored in normal form, at its first version', async () => {
    const email = `Upper.${newId()}@Example.com`;
    const { uid } = org.rep;
    const id = await made(org.rep, 'contacts', {
      ...{ firstName: '  Ada  ', email: ` ${email} `, phone: '+1 (305) 555-0100' },
      tags: ['VIP', 'VIP'],
    });
    expect(await stored(org.orgId, `contacts/${id}`)).toMatchObject({
      ...{ version: 1, createdBy: uid, ownerId: uid, teamId: org.teams.east, deletedAt: null },
      ...{ firstName: 'Ada', lastName: null, email: email.toLowerCase(), phone: '+13055550100' },
      ...{ tags: ['VIP'], memberships: [], companyIds: [] },
    });
  });

  it.each([
    ['not JSON', '{', 400, undefined],
    ['no first name', { lastName: 'Smith' }, 400, 'firstName'],
    ['an empty first name', { firstName: ' ' }, 422, 'firstName'],
    ['a long first name', { firstName: 'x'.repeat(101) }, 422, 'firstName'],
    ['a first name of two lines', { firstName: 'A\nB' }, 422, 'firstName'],
    ['a lone surrogate', '{"firstName":"\\ud800"}', 422, 'firstName'],
    ['a last name that is a number', { firstName: 'A', lastName: 5 }, 400, 'lastName'],
    ['no e-mail address', { firstName: 'A', email: 'nobody' }, 422, 'email'],
    ['a phone number without country', { firstName: 'A', phone: '555 1234' }, 422, 'phone'],
    ['a phone number with words', { firstName: 'A', phone: '+15551234567 home' }, 422, 'phone'],
    ['a phone number that is a number', { firstName: 'A', phone: 15551234567 }, 400, 'phone'],
    ['tags that are a text', { firstName: 'A', tags: 'VIP' }, 400, 'tags'],
    ['a tag with a comma', { firstName: 'A', tags: ['a,b'] }, 422, 'tags.0'],
    ['51 tags', { firstName: 'A', tags: Array.from(Array(51), (_, i) => `t${i}`) }, 422, 'tags'],
    ['an owner who is nobody', { firstName: 'A', ownerId: 'nobody' }, 422, 'ownerId'],
    ['an owner that is no id', { firstName: 'A', ownerId: 'a/b' }, 422, 'ownerId'],
    [
      'an external id without source',
      { firstName: 'A', externalIds: [{ id: '1' }] },
      400,
      'externalIds.0.source',
    ],
    ['an unknown field', { firstName: 'A', nickname: 'B' }, 400, 'nickname'],
    ['__proto__', '{"firstName":"A","__proto__":{"x":1}}', 400, '__proto__'],
    ['a list of custom fields', { firstName: 'A', customFields: [] }, 400, 'customFields'],
    [
      'a custom field __proto__',
      '{"firstName":"A","customFields":{"__proto__":"x"}}',
      422,
      'customFields.__proto__',
    ],
    [
      'a custom field constructor',
      { firstName: 'A', customFields: { constructor: 'x' } },
      422,
      'customFields.constructor',
    ],
    [
      'a custom field with a dot',
      { firstName: 'A', customFields: { 'a.b': 'x' } },
      422,
      'customFields.a.b',
    ],
    [
      'an infinite custom field',
      '{"firstName":"A","customFields":{"big":1e309}}',
      422,
      'customFields.big',
    ],
  ])('with %s is refused', async (_, body, status, field) => {
    const before = (
      await firestore().collection(`orgs/${org.orgId}/contacts`).count().get()
    ).data();
    const answer = await as(org.rep, 'POST /api/contacts', body);
    expect(answer.status).toBe(status);
    if (field !== undefined) expect(answer.body).toMatchObject({ field });
    const after = (await firestore().collection(`orgs/${org.orgId}/contacts`).count().get()).data();
    expect(after).toEqual(before);
  });

  it('needs a token', async () => {
    expect((await request('POST /api/contacts', { body: alice })).status).toBe(401);
  });

  it("is the caller's to give to members only where the role allows it", async () => {
    const forColleague = somebody({ ownerId: org.colleague.uid });
    expect((await as(org.rep, 'POST /api/contacts', forColleague)).status).toBe(403);
    const byManager = await as(org.manager, 'POST /api/contacts', forColleague);
    expect(byManager).toMatchObject({ status: 201, body: { userId: org.colleague.uid } });
    const forStranger = somebody({ ownerId: elsewhere.rep.uid });
    const absent = await as(org.admin, 'POST /api/contacts', somebody({ ownerId: 'absent' }));
    const foreign = await as(org.admin, 'POST /api/contacts', forStranger);
    expect(essence(foreign, elsewhere.rep.uid)).toBe(essence(absent, 'absent'));
  });

  it('is made once for one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': newId() };
    const body = somebody();
    const first = await as(org.rep, 'POST /api/contacts', body, headers);
    const again = await as(org.rep, 'POST /api/contacts', body, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  });

  it('keeps its id when one is derived, however often it is created', async () => {
    const id = newId();
    const input = somebody();
    const contexts = [1, 2, 3].map(() => contextOf(org.rep.principal));
    const all = await Promise.all(contexts.map((ctx) => createContact(ctx, input, { id })));
    expect(new Set(all.map((contact) => contact.id))).toEqual(new Set([id]));
    expect(all.map(({ version }) => version)).toEqual([1, 1, 1]);
  });
});

describe('visibility', () => {
  let id: string;
  beforeAll(async () => {
    id = await made(org.rep, 'contacts', somebody({ firstName: 'Visible' }));
  });

  it('is the owner’s, the managing manager’s and the administrator’s', async () => {
    const people = [org.rep, org.manager, org.admin, org.colleague, org.otherManager, org.rep2];
    const seen = await Promise.all(
      people.map(async (person) => {
        const list = await as(person, 'GET /api/contacts?search=visible');
        const { status } = await as(person, `GET /api/contacts/${id}`);
        return [status, idsIn(listIn(list.body, 'contacts'))];
      }),
    );
    expect(seen).toEqual([...[1, 2, 3].map(() => [200, [id]]), ...[1, 2, 3].map(() => [404, []])]);
  });

  it('does not reach somebody who is no longer active', async () => {
    expect((await as(org.deactivated, `GET /api/contacts/${id}`)).status).toBe(403);
  });

  it.each([
    ['GET', '', undefined],
    ['PUT', '', { firstName: 'X' }],
    ['PATCH', '', { firstName: 'X' }],
    ['DELETE', '', undefined],
    ['POST', '/restore', undefined],
    ['POST', '/tags', { add: ['x'] }],
    ['POST', '/merge', { otherId: 'x' }],
    ['GET', '/companies', undefined],
    ['POST', '/companies', { companyId: 'x' }],
    ['DELETE', '/companies/x', undefined],
  ])(
    '%s /api/contacts/{id}%s answers a foreign id as an absent one',
    async (method, path, body) => {
      const answers = await Promise.all(
        [strangersContact, id, 'absent'].map(async (target) =>
          essence(await as(org.rep2, `${method} /api/contacts/${target}${path}`, body), target),
        ),
      );
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/^404 /);
    },
  );

  it.each(['.', 'a%2Fb', '__x__', 'x'.repeat(1501)])('refuses the id %s', async (bad) => {
    const { status } = await as(org.rep, `GET /api/contacts/${bad}`);
    expect([404, 422]).toContain(status);
  });
});

describe('a change', () => {
  it('touches what it names, clears what is null, and is no event when nothing changes', async () => {
    const id = await made(org.rep, 'contacts', somebody({ company: 'Acme', tags: ['a'] }));
    const first = await as(org.rep, `PATCH /api/contacts/${id}`, { company: null, tags: ['b'] });
    expect(first.body).toMatchObject({ company: null, tags: ['b'], lastName: 'Smith', version: 2 });
    const same = await as(org.rep, `PATCH /api/contacts/${id}`, { tags: ['b'], lastName: 'Smith' });
    expect(same.body).toMatchObject({ version: 2 });
  });

  it('of custom fields changes those it names', async () => {
    const customFields = { color: 'red', shoe: '42' };
    const id = await made(org.rep, 'contacts', somebody({ customFields }));
    const change = { customFields: { color: 'blue', shoe: null } };
    const { body } = await as(org.rep, `PUT /api/contacts/${id}`, change);
    expect(body).toMatchObject({ customFields: { color: 'blue' } });
    expect(JSON.stringify(body)).not.toContain('shoe');
  });

  it('of the owner needs somebody who may assign', async () => {
    const id = await made(org.rep, 'contacts', somebody());
    const give = (person: typeof org.rep, ownerId: string) =>
      as(person, `PATCH /api/contacts/${id}`, { ownerId });
    expect((await give(org.rep, org.colleague.uid)).status).toBe(403);
    expect((await give(org.manager, org.rep2.uid)).status).toBe(403);
    const given = await give(org.manager, org.colleague.uid);
    expect(given).toMatchObject({ status: 200, body: { userId: org.colleague.uid } });
    expect((await as(org.rep, `GET /api/contacts/${id}`)).status).toBe(404);
    const moved = await give(org.admin, org.rep2.uid);
    expect(moved.body).toMatchObject({ ownerId: org.rep2.uid, teamId: org.teams.west });
  });

  it('by two at once keeps both', async () => {
    const id = await made(org.rep, 'contacts', somebody());
    const tags = Array.from({ length: 8 }, (_, index) => `tag ${index}`);
    await Promise.all(
      tags.map((tag) => as(org.rep, `POST /api/contacts/${id}/tags`, { add: [tag] })),
    );
    const { body } = await as(org.rep, `GET /api/contacts/${id}`);
    expect([...listIn(body, 'tags')].sort()).toEqual(tags);
    expect(body).toMatchObject({ version: 9 });
  });
});

describe('tags', () => {
  it('are added and removed', async () => {
    const id = await made(org.rep, 'contacts', somebody({ tags: ['a', 'b'] }));
    const change = { add: ['c'], remove: ['a', 'missing'] };
    const { status, body } = await as(org.rep, `POST /api/contacts/${id}/tags`, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({ tags: ['b', 'c'] });
  });

  it('find the contacts that have any of them', async () => {
    const tag = `only ${newId()}`;
    const other = `other ${newId()}`;
    const tagged = await made(org.rep, 'contacts', somebody({ tags: [tag] }));
    const both = await made(org.rep, 'contacts', somebody({ tags: [tag, other] }));
    const find = async (...tags: string[]) => {
      const query = encodeURIComponent(tags.join(', '));
      const { body } = await as(org.manager, `GET /api/contacts?tags=${query}`);
      return idsIn(listIn(body, 'contacts'));
    };
    expect((await find(tag)).sort()).toEqual([tagged, both].sort());
    expect(await find(other)).toEqual([both]);
    expect((await find(other, tag)).sort()).toEqual([tagged, both].sort());
    expect(await find('none')).toEqual([]);
  });

  it('are refused when there are too many', async () => {
    const id = await made(org.rep, 'contacts', somebody({ tags: ['a'] }));
    const add = Array.from({ length: 50 }, (_, index) => `t${index}`);
    const { status, body } = await as(org.rep, `POST /api/contacts/${id}/tags`, { add });
    expect({ status, body }).toMatchObject({ status: 422, body: { field: 'add' } });
  });
});

describe('pages', () => {
  it('follow one another by number and by cursor, and count', async () => {
    const { rep } = await createOrganisation();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await made(rep, 'contacts', somebody()));
    const numbered = await as(rep, 'GET /api/contacts?page=2&limit=2');
    expect(numbered.body).toMatchObject({ total: 5, page: 2, totalPages: 3 });
    const newestFirst = ids.toReversed();
    expect(idsIn(listIn(numbered.body, 'contacts'))).toEqual(newestFirst.slice(2, 4));
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await as(rep, `GET /api/contacts?limit=2${cursor}`);
      seen.push(...idsIn(listIn(body, 'contacts')));
      if (page < 2) cursor = `&cursor=${textIn(body, 'nextCursor')}`;
    }
    expect(seen).toEqual(newestFirst);
  });

  it.each(['page=0', 'page=x', 'limit=101', 'limit=1.5', 'cursor=x', 'sort=name', 'page=1e309'])(
    'refuse %s',
    async (query) => {
      const { status } = await as(org.rep, `GET /api/contacts?${query}`);
      expect([400, 422]).toContain(status);
    },
  );
});

describe('the bin', () => {
  it('holds what was deleted until it is restored', async () => {
    const person = somebody({ firstName: 'Binned' });
    const id = await made(org.rep, 'contacts', person);
    await as(org.rep, `DELETE /api/contacts/${id}`);
    const gone = await Promise.all([
      as(org.rep, `GET /api/contacts/${id}`),
      as(org.rep, `PATCH /api/contacts/${id}`, { firstName: 'X' }),
      as(org.rep, `DELETE /api/contacts/${id}`),
    ]);
    expect(gone.map(({ status }) => status)).toEqual([404, 404, 404]);
    const list = await as(org.rep, 'GET /api/contacts?search=binned');
    expect(listIn(list.body, 'contacts')).toEqual([]);
    const clash = await as(org.rep, 'POST /api/contacts', person);
    expect(clash).toMatchObject({ status: 409, body: { field: 'email' } });
    expect(textIn(clash.body, 'error')).toContain(`'${id}' has it; it is in the bin; restore it`);
    const back = await as(org.rep, `POST /api/contacts/${id}/restore`);
    expect(back).toMatchObject({ status: 200, body: { id, firstName: 'Binned', version: 3 } });
    expect((await as(org.rep, `POST /api/contacts/${id}/restore`)).body).toMatchObject({
      version: 3,
    });
  });
});

describe('uniqueness', () => {
  it('names the field and the other contact to those who can see it', async () => {
    const person = somebody({ phone: '+4930901820' });
    const id = await made(org.rep, 'contacts', person);
    const byEmail = await as(org.manager, 'POST /api/contacts', somebody({ email: person.email }));
    expect(byEmail).toMatchObject({
      ...{ status: 409, body: { code: 'ALREADY_EXISTS', field: 'email' } },
    });
    expect(textIn(byEmail.body, 'error')).toContain(id);
    const byPhone = await as(org.rep2, 'POST /api/contacts', somebody({ phone: '+49 30 901820' }));
    expect(byPhone).toMatchObject({ status: 409, body: { field: 'phone' } });
    expect(JSON.stringify(byPhone.body)).not.toContain(id);
  });

  it('does not reach other organisations', async () => {
    const person = somebody({ phone: '+4930901821' });
    await made(org.rep, 'contacts', person);
    expect((await as(elsewhere.rep, 'POST /api/contacts', person)).status).toBe(201);
  });

  it('frees what a contact gives up', async () => {
    const person = somebody({ phone: '+4930901822' });
    const id = await made(org.rep, 'contacts', person);
    const newEmail = somebody().email;
    await as(org.rep, `PATCH /api/contacts/${id}`, { email: newEmail, phone: null });
    await made(org.rep, 'contacts', person);
    const back = await as(org.rep, `PATCH /api/contacts/${id}`, { email: person.email });
    expect(back).toMatchObject({ status: 409, body: { field: 'email' } });
    expect((await as(org.rep, `GET /api/contacts/${id}`)).body).toMatchObject({ email: newEmail });
  });

  it('covers other addresses and external ids', async () => {
    const { email } = somebody();
    const externalIds = [{ source: 'hubspot', id: newId() }];
    await made(org.rep, 'contacts', somebody({ otherEmails: [email], externalIds }));
    const answers = await Promise.all([
      as(org.rep, 'POST /api/contacts', somebody({ email })),
      as(org.rep, 'POST /api/contacts', somebody({ externalIds })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
    expect(answers[0]?.body).toMatchObject({ field: 'email' });
    expect(answers[1]?.body).toMatchObject({ field: 'externalIds' });
  });

  it('lets one person in once, of 200 who come at the same time by two doors', async () => {
    const person = { ...somebody(), phone: '+4930901823' };
    const doors = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0
        ? as(org.rep, 'POST /api/contacts', person).then(({ status }) => status)
        : createContact(contextOf(org.rep2.principal), person).then(
            () => 201,
            (error: unknown) =>
              error instanceof Error && 'status' in error ? error.status : error,
          ),
    );
    const outcomes = await Promise.all(doors);
    expect(outcomes.filter((outcome) => outcome === 201)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 409)).toHaveLength(199);
    const found = await firestore()
      .collection(`orgs/${org.orgId}/contacts`)
      .where('email', '==', person.email)
      .get();
    expect(found.size).toBe(1);
  }, 60_000);
});

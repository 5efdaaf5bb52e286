import { beforeAll, describe, expect, it } from '@jest/globals';
import { createContact } from '../../functions/src/modules/contacts/contacts.service.ts';
import { createDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { convertLead } from '../../functions/src/workflows/convert-lead.ts';
import { as, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const FIELDS = '/api/settings/fields';
const define = (recordType: string, field: object) =>
  as(org.admin, `POST ${FIELDS}?recordType=${recordType}`, field);
const fieldsOf = async (recordType: string) =>
  listIn((await as(org.rep, `GET ${FIELDS}?recordType=${recordType}`)).body, 'fields');

describe('definitions', () => {
  it('are made, listed, changed, archived and restored by administrators', async () => {
    const field = { key: 'size', type: 'picklist', options: ['S', 'L'], label: 'Shirt size' };
    const created = await define('company', field);
    const stored = { ...field, required: false, archived: false };
    expect(created).toMatchObject({ status: 201, body: stored });
    expect(await fieldsOf('company')).toEqual([stored]);
    const path = `${FIELDS}/size?recordType=company`;
    const change = { options: ['S', 'M', 'L'], required: true };
    const changed = await as(org.admin, `PATCH ${path}`, change);
    expect(changed.body).toEqual({ ...stored, ...change });
    const archived = await as(org.admin, `DELETE ${path}`);
    expect(archived.body).toMatchObject({ archived: true });
    const restored = await as(org.admin, `PATCH ${path}`, { archived: false, required: false });
    expect(restored.body).toMatchObject({ archived: false });
    expect(await as(org.admin, `PATCH ${FIELDS}/absent?recordType=company`, {})).toMatchObject({
      ...{ status: 404, body: { field: 'key' } },
    });
  });

  it('are one for each kind of record and organisation', async () => {
    await define('lead', { key: 'budget', type: 'number' });
    const again = await define('lead', { key: 'budget', type: 'text' });
    expect(again).toMatchObject({ status: 409, body: { field: 'key' } });
    expect((await define('contact', { key: 'budget', type: 'text' })).status).toBe(201);
    const theirs = await as(elsewhere.admin, `GET ${FIELDS}?recordType=lead`);
    expect(theirs.body).toEqual({ fields: [] });
  });

  it('are read by everybody and changed by administrators alone', async () => {
    for (const person of [org.rep, org.manager]) {
      const line = `POST ${FIELDS}?recordType=lead`;
      const answers = await Promise.all([
        as(person, line, { key: 'mine', type: 'text' }),
        as(person, `PATCH ${FIELDS}/budget?recordType=lead`, { label: 'Mine' }),
        as(person, `DELETE ${FIELDS}/budget?recordType=lead`),
        as(person, `GET ${FIELDS}?recordType=lead`),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 200]);
    }
  });

  it.each([
    ['no key', { type: 'text' }, 400, 'key'],
    ['no type', { key: 'a' }, 400, 'type'],
    ['the key __proto__', { key: '__proto__', type: 'text' }, 422, 'key'],
    ['the key constructor', { key: 'constructor', type: 'text' }, 422, 'key'],
    ['the key toString', { key: 'toString', type: 'text' }, 422, 'key'],
    ['a key with a dot', { key: 'a.b', type: 'text' }, 422, 'key'],
    ['an unknown type', { key: 'a', type: 'colour' }, 422, 'type'],
    ['a picklist without options', { key: 'a', type: 'picklist' }, 422, 'options'],
    ['a text with options', { key: 'a', type: 'text', options: ['x'] }, 422, 'options'],
    ['an option twice', { key: 'a', type: 'picklist', options: ['x', 'x'] }, 422, 'options'],
    ['an unknown property', { key: 'a', type: 'text', colour: 'red' }, 400, 'colour'],
  ])('with %s are refused', async (_, field, status, name) => {
    expect(await define('deal', field)).toMatchObject({ status, body: { field: name } });
  });

  it('are of four kinds of record', async () => {
    const unknown = await as(org.admin, `GET ${FIELDS}?recordType=invoice`);
    expect(unknown).toMatchObject({ status: 422, body: { field: 'recordType' } });
    const missing = await as(org.admin, `GET ${FIELDS}`);
    expect(missing).toMatchObject({ status: 400, body: { field: 'recordType' } });
  });

  it('do not change when a type is no longer a choice', async () => {
    await define('company', { key: 'colour', type: 'picklist', options: ['red'] });
    const change = { options: [] };
    const answer = await as(org.admin, `PATCH ${FIELDS}/colour?recordType=company`, change);
    expect(answer).toMatchObject({ status: 422, body: { field: 'options' } });
  });
});

describe('values', () => {
  const definitions = [
    { key: 'nick', type: 'text' },
    { key: 'age', type: 'number' },
    { key: 'spend', type: 'money' },
    { key: 'born', type: 'date' },
    { key: 'plan', type: 'picklist', options: ['Free', 'Pro'] },
    { key: 'likes', type: 'multiSelect', options: ['Tea', 'Coffee'] },
    { key: 'vip', type: 'checkbox' },
    { key: 'buddy', type: 'user' },
  ];
  beforeAll(async () => {
    for (const definition of definitions) await define('contact', definition);
  });
  const withField = (key: string, value: unknown) =>
    as(org.rep, 'POST /api/contacts', { firstName: 'A', customFields: { [key]: value } });

  it.each([
    ['nick', 'Zoë 🚀'],
    ['nick', ''],
    ['age', -1.5],
    ['spend', { amountMinor: 150_000, currency: 'JPY' }],
    ['born', '2024-02-29'],
    ['plan', 'Pro'],
    ['likes', ['Coffee', 'Tea']],
    ['likes', []],
    ['vip', false],
  ])('%s takes %j', async (key, value) => {
    const answer = await withField(key, value);
    expect(answer).toMatchObject({ status: 201, body: { customFields: { [key]: value } } });
  });

  it.each([
    ['nick', 5],
    ['nick', 'x'.repeat(5001)],
    ['age', '5'],
    ['spend', 5],
    ['spend', { amountMinor: 1.5, currency: 'USD' }],
    ['spend', { amountMinor: 1, currency: 'XYZ' }],
    ['born', '2023-02-29'],
    ['born', '20.5.1990'],
    ['plan', 'pro'],
    ['plan', ['Pro']],
    ['likes', 'Tea'],
    ['likes', ['Water']],
    ['likes', ['Tea', 'Tea']],
    ['vip', 'yes'],
    ['buddy', 'nobody'],
    ['buddy', 'a/b'],
    ['undefinedByAnybody', 5],
    ['undefinedByAnybody', { a: 1 }],
  ])('%s refuses %j', async (key, value) => {
    const answer = await withField(key, value);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain(`customFields.${key}`);
  });

  it('of a user are active members', async () => {
    const statuses = [];
    for (const { uid } of [org.rep2, org.deactivated, elsewhere.rep]) {
      statuses.push((await withField('buddy', uid)).status);
    }
    expect(statuses).toEqual([201, 422, 422]);
  });

  it('stay when their field is archived, and none is taken any more', async () => {
    await define('contact', { key: 'old', type: 'text' });
    const id = await made(org.rep, 'contacts', { firstName: 'A', customFields: { old: 'kept' } });
    await as(org.admin, `DELETE ${FIELDS}/old?recordType=contact`);
    const patch = (customFields: object) =>
      as(org.rep, `PATCH /api/contacts/${id}`, { customFields });
    expect((await patch({ old: 'new' })).status).toBe(422);
    const other = await patch({ nick: 'N' });
    expect(other.body).toMatchObject({ customFields: { old: 'kept', nick: 'N' } });
    expect((await patch({ old: null })).body).toMatchObject({ customFields: { nick: 'N' } });
  });

  it('of required fields are there from the start and stay', async () => {
    const { admin } = org;
    await define('lead', { key: 'region', type: 'text', required: true });
    const without = await as(admin, 'POST /api/leads', { businessName: 'A' });
    expect(without).toMatchObject({ status: 422, body: { field: 'customFields.region' } });
    const id = await made(admin, 'leads', { businessName: 'A', customFields: { region: 'N' } });
    const cleared = await as(admin, `PATCH /api/leads/${id}`, { customFields: { region: null } });
    expect(cleared).toMatchObject({ status: 422, body: { field: 'customFields.region' } });
    expect((await as(admin, `PATCH /api/leads/${id}`, { city: 'X' })).status).toBe(200);
  });

  it('of required fields are asked for by every door that makes deals', async () => {
    const { admin, rep, orgId } = await createOrganisation();
    const { principal } = rep;
    const at = (line: string, body?: object) => as(rep, line, body);
    const field = { key: 'region', type: 'text', required: true };
    const lead = await made(rep, 'leads', { businessName: 'Cy Inc' });
    const deal = { title: 'D', value: { amountMinor: 1, currency: 'USD' } };
    const newDeal = { title: 'D', value: 1 };
    expect((await at('POST /api/deals', newDeal)).status).toBe(201);

    await as(admin, `POST ${FIELDS}?recordType=deal`, field);
    const refused = { status: 422, body: { field: 'customFields.region' } };
    expect(await at('POST /api/deals', newDeal)).toMatchObject(refused);
    expect(await at('POST /api/deals', { ...newDeal, stage: 'PROPOSAL' })).toMatchObject(refused);
    expect(await at('POST /api/deals', { ...newDeal, customFields: {} })).toMatchObject(refused);
    const refusal = { code: 'invalid-argument', field: 'customFields.region' };
    await expect(createDeal(contextOf(principal), deal)).rejects.toMatchObject(refusal);
    const past = { history: { closedAt: undefined } };
    await expect(createDeal(contextOf(principal), deal, past)).rejects.toMatchObject(refusal);
    const conversion = { contactData: { firstName: 'Cy' }, deal };
    const convert = convertLead(contextOf(principal), lead, conversion);
    await expect(convert).rejects.toMatchObject({ code: 'invalid-argument' });
    const more = await as(admin, 'POST /api/stages', { name: 'More', kind: 'open' });
    const stage = textIn(more.body, 'id');
    expect(await at('POST /api/deals', { ...newDeal, stage })).toMatchObject(refused);
    const whole = { ...newDeal, stage, customFields: { region: 'North' } };
    expect((await at('POST /api/deals', whole)).status).toBe(201);

    await as(admin, `DELETE ${FIELDS}/region?recordType=deal`);
    expect((await at('POST /api/deals', newDeal)).status).toBe(201);
    await as(admin, `PATCH ${FIELDS}/region?recordType=deal`, { archived: false });
    expect(await at('POST /api/deals', newDeal)).toMatchObject(refused);
    expect(await stored(orgId, 'stages/intake')).toMatchObject({ version: 4 });
  });

  it.each([
    ['contacts', 'contact', { firstName: 'A' }],
    ['companies', 'company', { name: 'A' }],
  ] as const)('of required fields are asked for on new %s', async (plural, recordType, body) => {
    const { admin, rep } = await createOrganisation();
    const field = { key: 'region', type: 'text', required: true };
    await as(admin, `POST ${FIELDS}?recordType=${recordType}`, field);
    expect(await as(rep, `POST /api/${plural}`, body)).toMatchObject({
      ...{ status: 422, body: { field: 'customFields.region' } },
    });
    await made(rep, plural, { ...body, customFields: { region: 'N' } });
  });

  it('are checked on deals and companies too', async () => {
    await define('deal', { key: 'seats', type: 'number' });
    await define('company', { key: 'seats', type: 'number' });
    const customFields = { seats: 'many' };
    const answers = await Promise.all([
      as(org.rep, 'POST /api/deals', { title: 'D', value: 1, customFields }),
      as(org.rep, 'POST /api/companies', { name: 'C', customFields }),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 422, body: { field: 'customFields.seats' } });
    }
  });

  it('that together are too long are refused', async () => {
    const long = Object.fromEntries(
      Array.from(Array(45), (_, i) => [`long${i}`, 'x'.repeat(5000)]),
    );
    const answer = await as(org.rep, 'POST /api/contacts', { firstName: 'A', customFields: long });
    expect(answer).toMatchObject({ status: 422, body: { field: 'customFields' } });
  });
});

describe('fields that nobody defined', () => {
  it('become texts at the door whose clients send them', async () => {
    const key = `k${newId().replace(/\W/g, '')}`;
    await made(org.rep, 'contacts', { firstName: 'A', customFields: { [key]: 'x' } });
    expect(await fieldsOf('contact')).toContainEqual({
      ...{ key, label: key, type: 'text', options: [], required: false, archived: false },
    });
  });

  it('are refused elsewhere', async () => {
    const input = { firstName: 'A', customFields: { nobodysField: 'x' } };
    await expect(createContact(contextOf(org.rep.principal), input)).rejects.toMatchObject({
      ...{ code: 'invalid-argument', field: 'customFields.nobodysField' },
    });
  });

  it('are defined once, by 20 requests at once, one version each time', async () => {
    const fresh = await createOrganisation();
    const bodies = Array.from({ length: 20 }, (_, index) => ({
      firstName: `P${index}`,
      customFields: { shared: `${index}` },
    }));
    await Promise.all(bodies.map((body) => made(fresh.rep, 'contacts', body)));
    const set = await stored(fresh.orgId, 'fieldSets/contact');
    expect(set?.fields).toEqual([expect.objectContaining({ key: 'shared', type: 'text' })]);
    expect(set?.version).toBe(1);
  });

  it('are all kept when 20 requests at once bring one each', async () => {
    const fresh = await createOrganisation();
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    await Promise.all(
      keys.map((key) =>
        made(fresh.rep, 'contacts', { firstName: 'A', customFields: { [key]: 'x' } }),
      ),
    );
    const { body } = await as(fresh.rep, `GET ${FIELDS}?recordType=contact`);
    const defined = listIn(body, 'fields').map((field) => JSON.stringify(field));
    expect(defined).toHaveLength(20);
    expect(await stored(fresh.orgId, 'fieldSets/contact')).toMatchObject({ version: 20 });
  });

  it('end at a hundred', async () => {
    const fresh = await createOrganisation();
    const many = Object.fromEntries(Array.from(Array(101), (_, i) => [`f${i}`, 'x']));
    const body = { firstName: 'A', customFields: many };
    const answer = await as(fresh.rep, 'POST /api/contacts', body);
    expect(answer).toMatchObject({ status: 422, body: { field: 'customFields' } });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import functionsTest from 'firebase-functions-test';
import {
  convertLead,
  createCompany,
  createContact,
  createLead,
  updateCompany,
  updateContact,
  updateLead,
} from '../../functions/src/app/callables.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { textIn } from '../support/request.ts';

const { wrap, cleanup } = functionsTest();
afterAll(cleanup);
const wrapped = {
  createContact: wrap(createContact),
  updateContact: wrap(updateContact),
  createCompany: wrap(createCompany),
  updateCompany: wrap(updateCompany),
  createLead: wrap(createLead),
  updateLead: wrap(updateLead),
  convertLead: wrap(convertLead),
};

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

async function call(person: Member, name: keyof typeof wrapped, data: unknown): Promise<unknown> {
  const token = { orgId: person.principal.orgId };
  const auth: unknown = { uid: person.uid, token, rawToken: '' };
  return Reflect.apply(wrapped[name], undefined, [{ data, auth }]);
}

describe('the callables of the web client', () => {
  it.each([
    ['Contact', 'contactId', 'contacts', { firstName: 'Ada' }, { firstName: 'Bea' }],
    ['Company', 'companyId', 'companies', { name: 'Acme' }, { name: 'Apex' }],
    ['Lead', 'leadId', 'leads', { businessName: 'Bakery' }, { businessName: 'Brewery' }],
  ] as const)('create and update a %s', async (noun, idField, collection, input, change) => {
    const created = await call(org.rep, `create${noun}`, input);
    const id = textIn(created, 'id');
    expect(created).toEqual({ id, version: 1 });
    const updated = await call(org.rep, `update${noun}`, { [idField]: id, ...change });
    expect(updated).toEqual({ id, version: 2 });
    expect(await stored(org.orgId, `${collection}/${id}`)).toMatchObject(change);
    const foreign = call(org.colleague, `update${noun}`, { [idField]: id, ...change });
    const isSeen = noun === 'Company';
    await expect(foreign).rejects.toMatchObject({
      code: isSeen ? 'permission-denied' : 'not-found',
    });
  });

  it('convert a lead', async () => {
    const lead = textIn(await call(org.rep, 'createLead', { contactName: 'Cy Lee' }), 'id');
    const converted = await call(org.rep, 'convertLead', {
      ...{ leadId: lead, contactData: { firstName: 'Cy' }, companyData: { name: 'Cy Inc' } },
      deal: { title: 'First', value: { amountMinor: 500 } },
    });
    expect(converted).toEqual({
      ...{ contactId: expect.any(String), companyId: expect.any(String) },
      dealId: expect.any(String),
    });
    expect(await stored(org.orgId, `deals/${textIn(converted, 'dealId')}`)).toMatchObject({
      ...{ valueMinor: 500, companyId: textIn(converted, 'companyId') },
    });
  });

  it.each([
    ['createContact', { firstName: 'A', email: 'x' }, 'email'],
    ['createContact', { firstName: 'A', customFields: { nobodys: 'x' } }, 'customFields.nobodys'],
    ['updateContact', { contactId: 'a/b', firstName: 'A' }, 'contactId'],
    ['createCompany', { name: 'A', domain: 'x' }, 'domain'],
    ['createLead', {}, 'businessName'],
    ['convertLead', { leadId: 'x', contactData: {} }, 'contactData.firstName'],
  ] as const)('%s names what is wrong with %j', async (name, data, field) => {
    await expect(call(org.rep, name, data)).rejects.toMatchObject({
      ...{ code: 'invalid-argument', details: { field } },
    });
  });
});

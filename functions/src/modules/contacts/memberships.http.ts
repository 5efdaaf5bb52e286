import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { companyViewSchema, toCompanyView } from '../companies/companies-http.public.ts';
import { listShape, toListView } from '../owned-records/owned-http.public.ts';
import { pageQueryShape, recordParamsSchema } from '../owned-records/owned-records.schema.ts';
import { membershipInputSchema } from './contacts.schema.ts';
import { contactViewSchema, toContactView } from './contacts.view.ts';
import {
  joinCompany,
  leaveCompany,
  listCompaniesOf,
  listContactsOf,
} from './memberships.service.ts';

const OF_CONTACT = '/api/contacts/{id}/companies';
const OF_COMPANY = '/api/companies/{id}/contacts';

const placeSchema = companyViewSchema.extend({
  role: z.string().nullable(),
  isPrimary: z.boolean(),
});

/** Adds the routes that put contacts into companies, from either side. */
export function registerMembershipRoutes(api: Api): void {
  registerLists(api);
  registerJoin(api);
  registerLeave(api);
}

function registerLists(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: OF_CONTACT,
      request: { params: recordParamsSchema },
      responses: answers(
        200,
        z.object({ companies: z.array(placeSchema) }),
        'The companies of a contact, with what they do there',
      ),
    }),
    async (c) => {
      const found = await listCompaniesOf(c.var.caller, c.req.valid('param').id);
      const companies = found.map(({ company, role, isPrimary }) => ({
        ...toCompanyView(company),
        ...{ role, isPrimary },
      }));
      return c.json({ companies }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: OF_COMPANY,
      request: { params: recordParamsSchema, query: z.strictObject(pageQueryShape) },
      responses: answers(
        200,
        z.object({ contacts: z.array(contactViewSchema), ...listShape }),
        'The contacts of a company that are visible to the caller',
      ),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const found = await listContactsOf(c.var.caller, c.req.valid('param').id, query);
      const contacts = found.records.map(toContactView);
      return c.json({ contacts, ...toListView(found, query) }, 200);
    },
  );
}

function registerJoin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: OF_CONTACT,
      request: {
        params: recordParamsSchema,
        body: jsonBody(membershipInputSchema.omit({ contactId: true })),
      },
      responses: answers(201, contactViewSchema, 'The contact, in the company'),
    }),
    async (c) => {
      const membership = { ...c.req.valid('json'), contactId: c.req.valid('param').id };
      return c.json(toContactView(await joinCompany(c.var.caller, membership)), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: OF_COMPANY,
      request: {
        params: recordParamsSchema,
        body: jsonBody(membershipInputSchema.omit({ companyId: true })),
      },
      responses: answers(201, contactViewSchema, 'The contact, in the company'),
    }),
    async (c) => {
      const membership = { ...c.req.valid('json'), companyId: c.req.valid('param').id };
      return c.json(toContactView(await joinCompany(c.var.caller, membership)), 201);
    },
  );
}

function registerLeave(api: Api): void {
  const left = answers(200, contactViewSchema, 'The contact, no longer in the company');
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${OF_CONTACT}/{companyId}`,
      request: { params: z.strictObject({ id: idSchema, companyId: idSchema }) },
      responses: left,
    }),
    async (c) => {
      const { id: contactId, companyId } = c.req.valid('param');
      return c.json(toContactView(await leaveCompany(c.var.caller, { contactId, companyId })), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${OF_COMPANY}/{contactId}`,
      request: { params: z.strictObject({ id: idSchema, contactId: idSchema }) },
      responses: left,
    }),
    async (c) => {
      const { id: companyId, contactId } = c.req.valid('param');
      return c.json(toContactView(await leaveCompany(c.var.caller, { contactId, companyId })), 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { mergeCompanies } from '../../workflows/merge-companies.ts';
import { listShape, registerOwnedRoutes, toListView } from '../owned-records/owned-http.public.ts';
import { recordParamsSchema } from '../owned-records/owned-records.schema.ts';
import {
  companyChangeSchema,
  listCompaniesSchema,
  mergeCompaniesSchema,
  newCompanySchema,
} from './companies.schema.ts';
import { createCompany, getCompany, listCompanies, updateCompany } from './companies.service.ts';
import { companyType } from './companies.type.ts';
import { companyViewSchema, toCompanyView } from './companies.view.ts';

const PATH = '/api/companies';
/** This door's clients name custom fields that nobody defined; they become texts. */
const DEFINING = { unknownFields: 'define' } as const;

/** Adds the company routes of the `/api` door. */
export function registerCompanyRoutes(api: Api): void {
  registerListAndCreate(api);
  registerReadAndUpdate(api);
  registerMerge(api);
  registerOwnedRoutes(api, {
    path: PATH,
    noun: 'Company',
    type: companyType,
    viewSchema: companyViewSchema,
    toView: toCompanyView,
  });
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listCompaniesSchema },
      responses: answers(
        200,
        z.object({ companies: z.array(companyViewSchema), ...listShape }),
        'The companies with any of the tags, latest change first',
      ),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const found = await listCompanies(c.var.caller, query);
      const companies = found.records.map(toCompanyView);
      return c.json({ companies, ...toListView(found, query) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newCompanySchema) },
      responses: answers(201, companyViewSchema, 'The new company'),
    }),
    async (c) => {
      const company = await createCompany(c.var.caller, c.req.valid('json'), DEFINING);
      return c.json(toCompanyView(company), 201);
    },
  );
}

function registerReadAndUpdate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{id}`,
      request: { params: recordParamsSchema },
      responses: answers(200, companyViewSchema, 'The company'),
    }),
    async (c) =>
      c.json(toCompanyView(await getCompany(c.var.caller, c.req.valid('param').id)), 200),
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: `${PATH}/{id}`,
        request: { params: recordParamsSchema, body: jsonBody(companyChangeSchema) },
        responses: answers(200, companyViewSchema, 'The company with the given fields changed'),
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const company = await updateCompany(c.var.caller, id, c.req.valid('json'), DEFINING);
        return c.json(toCompanyView(company), 200);
      },
    );
  }
}

function registerMerge(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{id}/merge`,
      request: { params: recordParamsSchema, body: jsonBody(mergeCompaniesSchema) },
      responses: answers(200, companyViewSchema, 'The company that the other was merged into'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const merged = await mergeCompanies(c.var.caller, id, c.req.valid('json'));
      return c.json(toCompanyView(merged), 200);
    },
  );
}

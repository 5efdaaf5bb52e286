import { createRoute, z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { type Org, orgChangeSchema, orgViewSchema } from './orgs.schema.ts';
import { changeOrg, readOrg } from './orgs.service.ts';

const PATH = '/api/settings/organisation';
const orgAnswerSchema = z.object(orgViewSchema.shape).openapi('Organisation');

/** Adds the routes of the caller's own organisation. */
export function registerOrgRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      responses: answers(200, orgAnswerSchema, 'The organisation of whoever asks'),
    }),
    async (c) => c.json(toView(await readOrg(c.var.caller)), 200),
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: PATH,
      request: { body: jsonBody(orgChangeSchema.clone().openapi('OrganisationChange')) },
      responses: answers(200, orgAnswerSchema, 'The changed organisation'),
    }),
    async (c) => c.json(toView(await changeOrg(c.var.caller, c.req.valid('json'))), 200),
  );
}

function toView(org: Stored<Org>): z.infer<typeof orgViewSchema> {
  const { id, name, industry, currency, timeZone, version } = org;
  return {
    ...{ id, name, industry, currency, timeZone, version },
    createdAt: org.createdAt.toISOString(),
    updatedAt: org.updatedAt.toISOString(),
  };
}

import { createRoute } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { reportedSchema, reportSchema } from './custom-events.schema.ts';
import { reportEvent } from './custom-events.service.ts';

/** Adds `POST /api/events`, where integrators report what happened to a record. */
export function registerEventReportRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/events',
      request: { body: jsonBody(reportSchema) },
      responses: answers(200, reportedSchema, 'The report was applied, or stored as an event'),
    }),
    async (c) => c.json(await reportEvent(c.var.caller, c.req.valid('json')), 200),
  );
}

import { createRoute } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { overviewQuerySchema, overviewSchema } from './analytics.schema.ts';
import { getOverview } from './overview.service.ts';

/** Adds the analytics routes of the `/api` door. */
export function registerAnalyticsRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/analytics/overview',
      request: { query: overviewQuerySchema },
      responses: answers(
        200,
        overviewSchema.clone().openapi('Overview'),
        'The figures of what the caller may see',
      ),
    }),
    async (c) => c.json(await getOverview(c.var.caller, c.req.valid('query')), 200),
  );
}

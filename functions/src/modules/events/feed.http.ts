import { createRoute } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { feedQuerySchema, feedSchema } from './feed.schema.ts';
import { readFeed } from './feed.service.ts';

/** Adds `GET /api/events/feed`, where managers follow what happens on their teams. */
export function registerEventFeedRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/events/feed',
      request: { query: feedQuerySchema },
      responses: answers(
        200,
        feedSchema,
        'What happened to the records that the caller oversees, the latest first',
      ),
    }),
    async (c) => c.json(await readFeed(c.var.caller, c.req.valid('query')), 200),
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { timelineItemSchema, timelineQuerySchema } from './timeline.schema.ts';
import { getTimeline } from './timeline.service.ts';

const timelineSchema = z.object({
  items: z.array(timelineItemSchema),
  nextCursor: z.string().nullable(),
});

/** Adds the timeline of the `/api` door. */
export function registerTimelineRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/timeline',
      request: { query: timelineQuerySchema },
      responses: answers(200, timelineSchema, 'What happened around a record, newest first'),
    }),
    async (c) => c.json(await getTimeline(c.var.caller, c.req.valid('query')), 200),
  );
}

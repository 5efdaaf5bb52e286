import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { searchRecords } from '../../workflows/search-records.ts';
import { searchResultSchema, searchSchema } from './search.schema.ts';

/** Adds the route that searches all kinds of record at once. */
export function registerSearchRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/search',
      request: { query: searchSchema },
      responses: answers(
        200,
        z.object({ results: z.array(searchResultSchema) }),
        'The records visible to the caller with all the words, kind by kind',
      ),
    }),
    async (c) => {
      const results = await searchRecords(c.var.caller, c.req.valid('query'));
      return c.json({ results }, 200);
    },
  );
}

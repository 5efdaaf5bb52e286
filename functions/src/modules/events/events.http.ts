import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers } from '../../platform/http/responses.ts';
import { type DocumentedKind, documentType, listTypes } from './describe-types.ts';
import { streamPageSchema, streamQuerySchema } from './event-payload.schema.ts';
import { readStream } from './stream.service.ts';

/** Adds `GET /api/events`, from which a consumer pulls what it was not sent. */
export function registerEventStreamRoute(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/events',
      summary: 'The stream of events',
      description:
        'All events that the caller may see, in the order in which they were recorded, from the first one on: events are kept and never deleted. An event is here some 30 seconds after it was recorded. Ask again with the last answer’s cursor as `after`.',
      request: { query: streamQuerySchema },
      responses: answers(200, streamPageSchema.clone().openapi('EventPage'), 'A page of events'),
    }),
    async (c) => c.json(await readStream(c.var.caller, c.req.valid('query')), 200),
  );
}

const typeLineSchema = z.object({
  type: z.string(),
  recordType: z.string(),
  description: z.string(),
});
const typeListSchema = z.object({ types: z.array(typeLineSchema) });
const typeDocumentSchema = typeLineSchema
  .extend({
    schema: z.looseObject({}).openapi({ description: 'The JSON Schema of such an event' }),
    example: z.unknown(),
  })
  .openapi('EventType');
const typeParamsSchema = z.strictObject({
  type: z.string().regex(/^[a-z][A-Za-z]{0,63}\.[a-z][a-z_]{0,63}$/, {
    error: 'must be a type of event such as deal.won',
  }),
});

/** Adds the documentation of events, which is for everybody. */
export function registerEventTypeRoutes(api: Api, kinds: readonly DocumentedKind[]): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/events/types',
      summary: 'All types of events',
      description:
        'What can happen to each type of record. What integrators report under names of their own is `custom.<name>`, about the record that it is reported of, with version 0.',
      responses: answers(200, typeListSchema, 'The types'),
    }),
    (c) => c.json({ types: listTypes(kinds) }, 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/events/types/{type}',
      summary: 'What events of a type look like',
      request: { params: typeParamsSchema },
      responses: answers(200, typeDocumentSchema, 'Its JSON Schema, with an example'),
    }),
    (c) => c.json(typeDocumentSchema.parse(documentType(kinds, c.req.valid('param').type)), 200),
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { previewRestatement, restateDeal } from '../../workflows/restate-deal.ts';
import {
  previewRestatementSchema,
  restatementSchema,
  restatementViewSchema,
} from './restatements.schema.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const viewSchema = z.object(restatementViewSchema.shape).openapi('Restatement');

/** Adds the routes by which what a won deal earns is restated. */
export function registerRestatementRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals/{id}/restatement/preview',
      request: {
        params: paramsSchema,
        body: jsonBody(previewRestatementSchema.clone().openapi('RestatementToPreview')),
      },
      responses: answers(200, viewSchema, 'Who would gain and who would lose how much'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await previewRestatement(c.var.caller, id, c.req.valid('json')), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals/{id}/restatement',
      request: {
        params: paramsSchema,
        body: jsonBody(restatementSchema.clone().openapi('NewRestatement')),
      },
      responses: answers(200, viewSchema, 'What has changed; it is posted with the event'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await restateDeal(c.var.caller, id, c.req.valid('json')), 200);
    },
  );
}

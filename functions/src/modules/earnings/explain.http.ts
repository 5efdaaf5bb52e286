import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { getDealEarnings, previewDealEarnings } from './deal-earnings.ts';
import {
  dealEarningsSchema,
  entryExplanationSchema,
  explainQuerySchema,
  previewAnswerSchema,
  previewSchema,
} from './explain.schema.ts';
import { explainEntry } from './explain-entry.ts';

/** The ids of entries follow from their causes, and are longer than others. */
const entryParamsSchema = z.strictObject({
  id: z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,500}$/, { error: 'must be the id of an entry' }),
});
const dealParamsSchema = z.strictObject({ id: idSchema });

/** Adds the routes that tell what is earned, and why that much. */
export function registerExplainRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/earnings/entries/{id}/explain',
      request: { params: entryParamsSchema, query: explainQuerySchema },
      responses: answers(200, entryExplanationSchema, 'Why an entry was posted, and that much'),
    }),
    async (c) => {
      const { locale } = c.req.valid('query');
      return c.json(await explainEntry(c.var.caller, c.req.valid('param').id, locale), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/deals/{id}/earnings',
      request: { params: dealParamsSchema, query: explainQuerySchema },
      responses: answers(200, dealEarningsSchema, 'What the deal earns, or would if won now'),
    }),
    async (c) => {
      const { locale } = c.req.valid('query');
      return c.json(await getDealEarnings(c.var.caller, c.req.valid('param').id, locale), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals/{id}/earnings/preview',
      request: {
        params: dealParamsSchema,
        body: jsonBody(previewSchema.clone().openapi('EarningsPreview')),
      },
      responses: answers(200, previewAnswerSchema, 'What the deal would earn, changed like this'),
    }),
    async (c) => {
      const { id: dealId } = c.req.valid('param');
      const preview = await previewDealEarnings(c.var.caller, dealId, c.req.valid('json'));
      return c.json({ dealId, preview }, 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody, optionalJsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  adjustmentViewSchema,
  decisionSchema,
  listAdjustmentsSchema,
  newAdjustmentSchema,
  toAdjustmentView,
} from './adjustments.schema.ts';
import {
  approveAdjustment,
  getAdjustment,
  listAdjustments,
  rejectAdjustment,
  requestAdjustment,
} from './adjustments.service.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const viewSchema = z.object(adjustmentViewSchema.shape).openapi('Adjustment');
const listSchema = z.object({
  adjustments: z.array(viewSchema),
  nextCursor: z.string().nullable(),
});

/** Adds the routes of manual adjustments of the `/api` door. */
export function registerAdjustmentRoutes(api: Api): void {
  registerListAndRequest(api);
  registerSingle(api);
  registerDecisions(api);
}

function registerListAndRequest(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/adjustments',
      request: { query: listAdjustmentsSchema },
      responses: answers(200, listSchema, 'The adjustments visible to the caller, newest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listAdjustments(c.var.caller, c.req.valid('query'));
      return c.json({ adjustments: records.map(toAdjustmentView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/adjustments',
      request: { body: jsonBody(newAdjustmentSchema.clone().openapi('NewAdjustment')) },
      responses: answers(201, viewSchema, 'The adjustment, which waits for its approval'),
    }),
    async (c) => {
      const requested = await requestAdjustment(c.var.caller, c.req.valid('json'));
      return c.json(toAdjustmentView(requested), 201);
    },
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/adjustments/{id}',
      request: { params: paramsSchema },
      responses: answers(200, viewSchema, 'The adjustment'),
    }),
    async (c) => {
      const found = await getAdjustment(c.var.caller, c.req.valid('param').id);
      return c.json(toAdjustmentView(found), 200);
    },
  );
}

function registerDecisions(api: Api): void {
  const decisions = { approve: approveAdjustment, reject: rejectAdjustment } as const;
  for (const step of ['approve', 'reject'] as const) {
    api.openapi(
      createRoute({
        method: 'post',
        path: `/api/adjustments/{id}/${step}`,
        request: {
          params: paramsSchema,
          body: optionalJsonBody(decisionSchema.clone().openapi('AdjustmentDecision')),
        },
        responses: answers(200, viewSchema, 'The adjustment, decided'),
      }),
      async (c) => {
        const adjustmentId = c.req.valid('param').id;
        const { note } = c.req.valid('json') ?? {};
        const decided = await decisions[step](c.var.caller, { adjustmentId, note });
        return c.json(toAdjustmentView(decided), 200);
      },
    );
  }
}

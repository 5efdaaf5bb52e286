import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { resolveDispute, withdrawDispute } from '../../workflows/close-dispute.ts';
import { openDispute } from '../../workflows/open-dispute.ts';
import {
  disputeDetailSchema,
  disputeViewSchema,
  listDisputesSchema,
  newCommentSchema,
  newDisputeSchema,
  resolutionSchema,
} from './disputes.schema.ts';
import { commentOnDispute, getDispute, listDisputes } from './disputes.service.ts';
import { toDisputeView } from './disputes.view.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const viewSchema = z.object(disputeViewSchema.shape).openapi('Dispute');
const detailSchema = z.object(disputeDetailSchema.shape).openapi('DisputeWithLedger');
const listSchema = z.object({ disputes: z.array(viewSchema), nextCursor: z.string().nullable() });

/** Adds the routes of disputes of the `/api` door. */
export function registerDisputeRoutes(api: Api): void {
  registerListAndOpen(api);
  registerReadAndComment(api);
  registerEnds(api);
}

function registerListAndOpen(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/disputes',
      request: { query: listDisputesSchema },
      responses: answers(200, listSchema, 'The disputes visible to the caller, newest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listDisputes(c.var.caller, c.req.valid('query'));
      return c.json({ disputes: records.map(toDisputeView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/disputes',
      request: { body: jsonBody(newDisputeSchema.clone().openapi('NewDispute')) },
      responses: answers(201, viewSchema, 'The new dispute, with what is held for it'),
    }),
    async (c) => c.json(toDisputeView(await openDispute(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerReadAndComment(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/disputes/{id}',
      request: { params: paramsSchema },
      responses: answers(200, detailSchema, 'The dispute and the postings it is about'),
    }),
    async (c) => c.json(await getDispute(c.var.caller, c.req.valid('param').id), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/disputes/{id}/comments',
      request: {
        params: paramsSchema,
        body: jsonBody(newCommentSchema.clone().openapi('NewDisputeComment')),
      },
      responses: answers(201, viewSchema, 'The dispute with the comment'),
    }),
    async (c) => {
      const comment = { disputeId: c.req.valid('param').id, ...c.req.valid('json') };
      return c.json(toDisputeView(await commentOnDispute(c.var.caller, comment)), 201);
    },
  );
}

function registerEnds(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/disputes/{id}/withdraw',
      request: { params: paramsSchema },
      responses: answers(200, viewSchema, 'The dispute, taken back by its payee'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(toDisputeView(await withdrawDispute(c.var.caller, id)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/disputes/{id}/resolve',
      request: {
        params: paramsSchema,
        body: jsonBody(resolutionSchema.clone().openapi('DisputeResolution')),
      },
      responses: answers(200, viewSchema, 'The dispute, resolved'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const resolved = await resolveDispute(c.var.caller, id, c.req.valid('json'));
      return c.json(toDisputeView(resolved), 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { batchAnswerSchema, toBatchAnswer } from '../../platform/http/batch-answer.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { approvePayout, approvePayouts, voidPayout } from './approve-payouts.ts';
import { exportPayouts, getPayout, listPayouts } from './list-payouts.ts';
import { markPaid } from './pay-payouts.ts';
import {
  approvePayoutsSchema,
  listPayoutsSchema,
  markPaidSchema,
  voidPayoutSchema,
} from './payouts.schema.ts';
import {
  payoutDetailSchema,
  payoutListSchema,
  payoutViewSchema,
  toPayoutDetail,
  toPayoutView,
} from './payouts.view.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const exportQuerySchema = z.strictObject({ periodId: idSchema });

/** Adds the routes about payouts. */
export function registerPayoutRoutes(api: Api): void {
  registerExport(api);
  registerReads(api);
  registerApproval(api);
  registerSteps(api);
}

function registerReads(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payouts',
      request: { query: listPayoutsSchema },
      responses: answers(200, payoutListSchema, 'The payouts you may see, the latest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listPayouts(c.var.caller, c.req.valid('query'));
      return c.json({ payouts: records.map(toPayoutView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payouts/{id}',
      request: { params: paramsSchema },
      responses: answers(200, payoutDetailSchema, 'The payout, and what it is made of'),
    }),
    async (c) => {
      const detail = await getPayout(c.var.caller, c.req.valid('param').id);
      return c.json(toPayoutDetail(detail), 200);
    },
  );
}

function registerApproval(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/approve',
      request: { body: jsonBody(approvePayoutsSchema.extend({}).openapi('PayoutApprovals')) },
      responses: answers(200, batchAnswerSchema(payoutViewSchema), 'How each payout fared'),
    }),
    async (c) => {
      const rows = await approvePayouts(c.var.caller, c.req.valid('json'));
      return c.json(toBatchAnswer(rows, toPayoutView), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/{id}/approve',
      request: { params: paramsSchema },
      responses: answers(
        200,
        payoutViewSchema,
        'Approved, or voided when nothing is owed any more',
      ),
    }),
    async (c) => {
      const payout = await approvePayout(c.var.caller, c.req.valid('param').id);
      return c.json(toPayoutView(payout), 200);
    },
  );
}

function registerSteps(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/{id}/void',
      request: {
        params: paramsSchema,
        body: jsonBody(voidPayoutSchema.omit({ payoutId: true }).openapi('PayoutVoiding')),
      },
      responses: answers(200, payoutViewSchema, 'Voided; its money is pending again'),
    }),
    async (c) => {
      const input = { ...c.req.valid('json'), payoutId: c.req.valid('param').id };
      return c.json(toPayoutView(await voidPayout(c.var.caller, input)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/payouts/{id}/mark-paid',
      request: {
        params: paramsSchema,
        body: jsonBody(markPaidSchema.omit({ payoutId: true }).openapi('PayoutPayment')),
      },
      responses: answers(200, payoutViewSchema, 'Paid, or voided when nothing is owed any more'),
    }),
    async (c) => {
      const input = { ...c.req.valid('json'), payoutId: c.req.valid('param').id };
      return c.json(toPayoutView(await markPaid(c.var.caller, input)), 200);
    },
  );
}

function registerExport(api: Api): void {
  const { 200: _json, ...refusals } = answers(200, z.string(), '');
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payouts.csv',
      request: { query: exportQuerySchema },
      responses: {
        200: {
          description: 'The payouts of the period, for paying them at a bank',
          content: { 'text/csv': { schema: z.string() } },
        },
        ...refusals,
      },
    }),
    async (c) => {
      const { periodId } = c.req.valid('query');
      const csv = await exportPayouts(c.var.caller, periodId);
      return c.body(csv, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="payouts-${periodId}.csv"`,
      });
    },
  );
}

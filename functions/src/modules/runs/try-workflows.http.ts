import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { backtestWorkflow } from '../../workflows/backtest-workflow.ts';
import { startByHand } from '../../workflows/start-runs.ts';
import { dryRunWorkflow } from '../../workflows/try-workflow.ts';
import { runAnswerSchema } from './runs.http.ts';
import { toRunView } from './runs.view.ts';
import {
  backtestSchema,
  backtestViewSchema,
  dryRunSchema,
  dryRunViewSchema,
  runOnSchema,
} from './trials.schema.ts';

const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes that start a workflow by hand and that try one without any effect. */
export function registerTryRoutes(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/{id}/runs',
      request: {
        params: paramsSchema,
        body: jsonBody(runOnSchema.clone().openapi('NewRun')),
      },
      responses: answers(201, runAnswerSchema, 'The run, which begins'),
    }),
    async (c) => {
      const run = await startByHand(c.var.caller, c.req.valid('param').id, c.req.valid('json'));
      return c.json(toRunView(run), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/{id}/dry-run',
      request: {
        params: paramsSchema,
        body: jsonBody(dryRunSchema.clone().openapi('DryRunRequest')),
      },
      responses: answers(
        200,
        z.object(dryRunViewSchema.shape).openapi('DryRun'),
        'What it would do with the record; nothing is done',
      ),
    }),
    async (c) =>
      c.json(await dryRunWorkflow(c.var.caller, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/workflows/{id}/backtest',
      request: {
        params: paramsSchema,
        body: jsonBody(backtestSchema.clone().openapi('BacktestRequest')),
      },
      responses: answers(
        200,
        z.object(backtestViewSchema.shape).openapi('Backtest'),
        'What it would have done in that span; nothing is done',
      ),
    }),
    async (c) =>
      c.json(
        await backtestWorkflow(c.var.caller, c.req.valid('param').id, c.req.valid('json')),
        200,
      ),
  );
}

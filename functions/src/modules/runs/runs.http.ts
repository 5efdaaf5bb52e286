import { createRoute, z } from '@hono/zod-openapi';
import type { BatchRow } from '../../platform/batch.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { replayRun } from '../../workflows/replay-run.ts';
import {
  listRunsSchema,
  type Run,
  redriveManySchema,
  redriveSchema,
  replaySchema,
  runDetailSchema,
  runIdSchema,
  runViewSchema,
} from './runs.schema.ts';
import { getRun, listRuns, redriveRun, redriveRuns } from './runs.service.ts';
import { toRunDetail, toRunView } from './runs.view.ts';

const paramsSchema = z.strictObject({ id: runIdSchema });
/** A run in an answer. */
export const runAnswerSchema = z.object(runViewSchema.shape).openapi('Run');
const detailSchema = z.object(runDetailSchema.shape).openapi('RunWithLog');
const listSchema = z.object({ runs: z.array(runAnswerSchema), nextCursor: z.string().nullable() });
const batchSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['redriven', 'failed']),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});

/** Adds the routes of the runs of workflows. */
export function registerRunRoutes(api: Api): void {
  registerReads(api);
  registerRedrives(api);
}

function registerReads(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/runs',
      request: { query: listRunsSchema },
      responses: answers(200, listSchema, 'The runs visible to the caller, newest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listRuns(c.var.caller, c.req.valid('query'));
      return c.json({ runs: records.map(toRunView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}',
      request: { params: paramsSchema },
      responses: answers(200, detailSchema, 'The run with what each of its steps did'),
    }),
    async (c) => c.json(toRunDetail(await getRun(c.var.caller, c.req.valid('param').id)), 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}/replay',
      request: { params: paramsSchema },
      responses: answers(
        200,
        z.object(replaySchema.shape).openapi('RunReplay'),
        'The decisions of the run, made again on what they were made on; nothing is written',
      ),
    }),
    async (c) => c.json(await replayRun(c.var.caller, c.req.valid('param').id), 200),
  );
}

function registerRedrives(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/runs/redrive',
      request: { body: jsonBody(redriveManySchema.clone().openapi('RedriveRuns')) },
      responses: answers(200, batchSchema, 'What became of each of the runs'),
    }),
    async (c) => {
      const rows = await redriveRuns(c.var.caller, c.req.valid('json'));
      return c.json({ results: rows.map(toResult) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/runs/{id}/redrive',
      request: {
        params: paramsSchema,
        body: jsonBody(redriveSchema.clone().openapi('RedriveRun')),
      },
      responses: answers(200, runAnswerSchema, 'The run, which goes on from the step that failed'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(toRunView(await redriveRun(c.var.caller, id, c.req.valid('json'))), 200);
    },
  );
}

function toResult(row: BatchRow<Stored<Run>>) {
  if ('value' in row) return { id: row.id, status: 'redriven' as const, error: null };
  const { code, message } = row.error;
  return { id: row.id, status: 'failed' as const, error: { code, message } };
}

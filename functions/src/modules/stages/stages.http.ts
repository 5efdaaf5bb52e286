import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { deleteStage } from '../../workflows/delete-stage.ts';
import {
  deleteStageSchema,
  newStageSchema,
  reorderStagesSchema,
  stageViewSchema,
  toStageView,
  updateStageSchema,
} from './stages.schema.ts';
import { createStage, listStages, reorderStages, updateStage } from './stages.service.ts';

const stageAnswerSchema = z.object(stageViewSchema.shape).openapi('Stage');
const stageListSchema = z.object({ stages: z.array(stageAnswerSchema) });
const stageDeletedSchema = deletedSchema.extend({ jobId: z.string() });
const stageParamsSchema = z.strictObject({ id: idSchema });

/** Adds the stage routes of the `/api` door. */
export function registerStageRoutes(api: Api): void {
  registerPipeline(api);
  registerSingle(api);
}

function registerPipeline(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/stages',
      responses: answers(200, stageListSchema, 'The pipeline from its first stage to its last'),
    }),
    async (c) => c.json({ stages: (await listStages(c.var.caller)).map(toStageView) }, 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/stages',
      request: { body: jsonBody(newStageSchema.extend({}).openapi('NewStage')) },
      responses: answers(201, stageAnswerSchema, 'The new stage, after the others'),
    }),
    async (c) => c.json(toStageView(await createStage(c.var.caller, c.req.valid('json'))), 201),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/stages/reorder',
      request: { body: jsonBody(reorderStagesSchema.extend({}).openapi('StageOrder')) },
      responses: answers(200, stageListSchema, 'The pipeline in its new order'),
    }),
    async (c) => {
      const stages = await reorderStages(c.var.caller, c.req.valid('json'));
      return c.json({ stages: stages.map(toStageView) }, 200);
    },
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/api/stages/{id}',
      request: {
        params: stageParamsSchema,
        body: jsonBody(updateStageSchema.omit({ stageId: true }).openapi('StageChange')),
      },
      responses: answers(200, stageAnswerSchema, 'The changed stage'),
    }),
    async (c) => {
      const change = { ...c.req.valid('json'), stageId: c.req.valid('param').id };
      return c.json(toStageView(await updateStage(c.var.caller, change)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/stages/{id}',
      request: {
        params: stageParamsSchema,
        body: jsonBody(deleteStageSchema.omit({ stageId: true }).openapi('StageDeletion')),
      },
      responses: answers(
        200,
        stageDeletedSchema,
        'The stage takes no more deals, and a job moves those in it; some minutes later it is gone',
      ),
    }),
    async (c) => {
      const { moveToStageId } = c.req.valid('json');
      const { id: stageId } = c.req.valid('param');
      const { jobId } = await deleteStage(c.var.caller, { stageId, moveToStageId });
      const message = 'Stage is being deleted; its deals are on their way';
      return c.json({ success: true as const, message, jobId }, 200);
    },
  );
}

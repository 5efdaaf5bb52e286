import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  activityViewSchema,
  listActivitiesSchema,
  newActivitySchema,
  toActivityView,
  updateActivitySchema,
} from './activities.schema.ts';
import {
  deleteActivity,
  getActivity,
  listActivities,
  logActivity,
  restoreActivity,
  updateActivity,
} from './activities.service.ts';

const activityAnswerSchema = z.object(activityViewSchema.shape).openapi('Activity');
const activityListSchema = z.object({
  activities: z.array(activityAnswerSchema),
  nextCursor: z.string().nullable(),
});
const activityParamsSchema = z.strictObject({ id: idSchema });

/** Adds the routes of activities of the `/api` door. */
export function registerActivityRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerBin(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/activities',
      request: { query: listActivitiesSchema },
      responses: answers(200, activityListSchema, 'Activities, latest first'),
    }),
    async (c) => {
      const { records, nextCursor } = await listActivities(c.var.caller, c.req.valid('query'));
      return c.json({ activities: records.map(toActivityView), nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/activities',
      request: { body: jsonBody(newActivitySchema.extend({}).openapi('NewActivity')) },
      responses: answers(201, activityAnswerSchema, 'The new activity'),
    }),
    async (c) => c.json(toActivityView(await logActivity(c.var.caller, c.req.valid('json'))), 201),
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/activities/{id}',
      request: { params: activityParamsSchema },
      responses: answers(200, activityAnswerSchema, 'The activity'),
    }),
    async (c) => {
      const found = await getActivity(c.var.caller, { activityId: c.req.valid('param').id });
      return c.json(toActivityView(found), 200);
    },
  );
  const change = updateActivitySchema.omit({ activityId: true }).openapi('ActivityChange');
  for (const method of ['patch', 'put'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/activities/{id}',
        request: { params: activityParamsSchema, body: jsonBody(change) },
        responses: answers(
          200,
          activityAnswerSchema,
          'The activity after the change of the given fields',
        ),
      }),
      async (c) => {
        const activityId = c.req.valid('param').id;
        const changed = await updateActivity(c.var.caller, { ...c.req.valid('json'), activityId });
        return c.json(toActivityView(changed), 200);
      },
    );
  }
}

function registerBin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/activities/{id}',
      request: { params: activityParamsSchema },
      responses: answers(200, deletedSchema, 'The activity is in the bin for 30 days'),
    }),
    async (c) => {
      await deleteActivity(c.var.caller, { activityId: c.req.valid('param').id });
      return c.json({ success: true as const, message: 'Activity deleted' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/activities/{id}/restore',
      request: { params: activityParamsSchema },
      responses: answers(200, activityAnswerSchema, 'The activity'),
    }),
    async (c) => {
      const restored = await restoreActivity(c.var.caller, { activityId: c.req.valid('param').id });
      return c.json(toActivityView(restored), 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  newSavedViewSchema,
  savedViewChangeSchema,
  savedViewViewSchema,
  toSavedViewView,
} from './saved-views.schema.ts';
import {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  listSavedViews,
} from './saved-views.service.ts';

const PATH = '/api/views';

const viewAnswerSchema = z.object(savedViewViewSchema.shape).openapi('SavedView');
const viewListSchema = z.object({ views: z.array(viewAnswerSchema) });
const viewParamsSchema = z.strictObject({ id: idSchema });

/** Adds the caller's own views of the pipeline to the `/api` door. */
export function registerSavedViewRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      responses: answers(200, viewListSchema, 'The views that the caller saved, at most 50'),
    }),
    async (c) => c.json({ views: (await listSavedViews(c.var.caller)).map(toSavedViewView) }, 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newSavedViewSchema.clone().openapi('NewSavedView')) },
      responses: answers(201, viewAnswerSchema, 'The new view'),
    }),
    async (c) => {
      const view = await createSavedView(c.var.caller, c.req.valid('json'));
      return c.json(toSavedViewView(view), 201);
    },
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'patch',
      path: `${PATH}/{id}`,
      request: {
        params: viewParamsSchema,
        body: jsonBody(savedViewChangeSchema.clone().openapi('SavedViewChange')),
      },
      responses: answers(200, viewAnswerSchema, 'The view after the change of the given fields'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const view = await changeSavedView(c.var.caller, id, c.req.valid('json'));
      return c.json(toSavedViewView(view), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${PATH}/{id}`,
      request: { params: viewParamsSchema },
      responses: answers(200, deletedSchema, 'The view is gone; no deal is touched'),
    }),
    async (c) => {
      await deleteSavedView(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, message: 'View deleted' }, 200);
    },
  );
}

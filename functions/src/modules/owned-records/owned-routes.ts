import { createRoute, type z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { tagChangeSchema } from '../tags/tags.schema.ts';
import { recordParamsSchema } from './owned-records.schema.ts';
import { binOwned, changeTagsOfOwned, restoreOwned } from './owned-records.service.ts';
import type { OwnedRecord, OwnedType } from './owned-type.ts';

type Caller = Context<Principal>;

/** What the routes that all owned kinds have alike need to know of one. */
interface OwnedRoutes<T extends OwnedRecord, V extends z.ZodObject> {
  /** `/api/contacts`. */
  readonly path: string;
  /** `Contact`. */
  readonly noun: string;
  readonly type: OwnedType<T>;
  readonly viewSchema: V;
  readonly toView: (record: Stored<T>) => z.infer<V>;
}

/** Adds the routes that delete, restore and tag records of one owned kind. */
export function registerOwnedRoutes<T extends OwnedRecord, V extends z.ZodObject>(
  api: Api,
  { path, noun, type, viewSchema, toView }: OwnedRoutes<T, V>,
): void {
  const restore = (ctx: Caller, id: string) => restoreOwned(ctx, type, id);
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${path}/{id}`,
      request: { params: recordParamsSchema },
      responses: answers(200, deletedSchema, `The ${noun} is in the bin, for 30 days`),
    }),
    async (c) => {
      await binOwned(c.var.caller, type, c.req.valid('param').id);
      return c.json({ success: true as const, message: `${noun} deleted` }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${path}/{id}/restore`,
      request: { params: recordParamsSchema },
      responses: answers(200, viewSchema, `The ${noun}, out of the bin`),
    }),
    async (c) => c.json(toView(await restore(c.var.caller, c.req.valid('param').id)), 200),
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${path}/{id}/tags`,
      request: {
        params: recordParamsSchema,
        body: jsonBody(tagChangeSchema.clone().openapi('TagChange')),
      },
      responses: answers(200, viewSchema, `The ${noun} with its tags changed`),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const changed = await changeTagsOfOwned(c.var.caller, type, id, c.req.valid('json'));
      return c.json(toView(changed), 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { jsonBody } from '../../platform/http/responses.ts';
import { v1Answers, v1ListAnswers } from '../../platform/http/v1.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  changeSubscriptionSchema,
  listSubscriptionsSchema,
  newSubscriptionSchema,
  subscriptionViewSchema,
} from './subscriptions.schema.ts';
import {
  changeSubscription,
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
} from './subscriptions.service.ts';
import { toSubscriptionView, toViewWithSecret } from './subscriptions.view.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const viewSchema = subscriptionViewSchema.clone();
const withSecretSchema = subscriptionViewSchema.extend({ secret: z.string().optional() });

/** Adds the subscriptions of the `/v1` door: the same ones as those of `/api`. */
export function registerV1SubscriptionRoutes(api: Api): void {
  registerReading(api);
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/webhooks',
      request: { body: jsonBody(newSubscriptionSchema.clone()) },
      responses: v1Answers(201, withSecretSchema, 'The subscription, with its secret this once'),
    }),
    async (c) => {
      const created = await createSubscription(c.var.caller, c.req.valid('json'));
      return c.json({ success: true as const, data: toViewWithSecret(created) }, 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/webhooks/{id}',
      request: { params: paramsSchema, body: jsonBody(changeSubscriptionSchema.clone()) },
      responses: v1Answers(200, viewSchema, 'The changed subscription'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const changed = await changeSubscription(c.var.caller, id, c.req.valid('json'));
      return c.json({ success: true as const, data: toSubscriptionView(changed) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/webhooks/{id}',
      request: { params: paramsSchema },
      responses: v1Answers(200, z.object({ id: z.string() }), 'It is deleted'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      await deleteSubscription(c.var.caller, id);
      return c.json({ success: true as const, data: { id } }, 200);
    },
  );
}

function registerReading(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/webhooks',
      request: { query: listSubscriptionsSchema },
      responses: v1ListAnswers(viewSchema, 'The subscriptions, the newest first'),
    }),
    async (c) => {
      const { subscriptions, nextCursor } = await listSubscriptions(
        c.var.caller,
        c.req.valid('query'),
      );
      const data = subscriptions.map(toSubscriptionView);
      return c.json({ success: true as const, data, nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/webhooks/{id}',
      request: { params: paramsSchema },
      responses: v1Answers(200, viewSchema, 'The subscription'),
    }),
    async (c) => {
      const found = await getSubscription(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, data: toSubscriptionView(found) }, 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import {
  answers,
  deletedSchema,
  jsonBody,
  optionalJsonBody,
} from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  changeSubscriptionSchema,
  listSubscriptionsSchema,
  newSubscriptionSchema,
  rotateSecretSchema,
  subscriptionViewSchema,
} from './subscriptions.schema.ts';
import {
  changeSubscription,
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  rotateSecret,
} from './subscriptions.service.ts';
import { toSubscriptionView, toViewWithSecret } from './subscriptions.view.ts';

const paramsSchema = z.strictObject({ id: idSchema });
const viewSchema = subscriptionViewSchema.clone().openapi('Webhook');
const withSecretSchema = subscriptionViewSchema
  .extend({
    secret: z.string().optional().openapi({
      description:
        'whsec_…, shown this once; a repeated request is answered without it: rotate it then',
    }),
  })
  .openapi('WebhookWithSecret');
const listSchema = z.object({
  webhooks: z.array(viewSchema),
  nextCursor: z.string().nullable(),
});

/** Adds the routes by which administrators and integrators subscribe to events. */
export function registerSubscriptionRoutes(api: Api): void {
  registerReading(api);
  registerWriting(api);
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/webhooks/{id}/rotate-secret',
      request: {
        params: paramsSchema,
        body: optionalJsonBody(rotateSecretSchema.clone().openapi('RotateWebhookSecret')),
      },
      responses: answers(200, withSecretSchema, 'The subscription, with its new secret this once'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const rotated = await rotateSecret(c.var.caller, id, c.req.valid('json'));
      return c.json(toViewWithSecret(rotated), 200);
    },
  );
}

function registerReading(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/webhooks',
      request: { query: listSubscriptionsSchema },
      responses: answers(200, listSchema, 'The subscriptions, the newest first'),
    }),
    async (c) => {
      const page = await listSubscriptions(c.var.caller, c.req.valid('query'));
      const webhooks = page.subscriptions.map(toSubscriptionView);
      return c.json({ webhooks, nextCursor: page.nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/webhooks/{id}',
      request: { params: paramsSchema },
      responses: answers(200, viewSchema, 'The subscription'),
    }),
    async (c) =>
      c.json(toSubscriptionView(await getSubscription(c.var.caller, c.req.valid('param').id)), 200),
  );
}

function registerWriting(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/webhooks',
      request: { body: jsonBody(newSubscriptionSchema.clone().openapi('NewWebhook')) },
      responses: answers(201, withSecretSchema, 'The subscription, with its secret this once'),
    }),
    async (c) => {
      const created = await createSubscription(c.var.caller, c.req.valid('json'));
      return c.json(toViewWithSecret(created), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/api/webhooks/{id}',
      request: {
        params: paramsSchema,
        body: jsonBody(changeSubscriptionSchema.clone().openapi('WebhookChange')),
      },
      responses: answers(200, viewSchema, 'The changed subscription'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const changed = await changeSubscription(c.var.caller, id, c.req.valid('json'));
      return c.json(toSubscriptionView(changed), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/webhooks/{id}',
      request: { params: paramsSchema },
      responses: answers(200, deletedSchema, 'It is deleted'),
    }),
    async (c) => {
      await deleteSubscription(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, message: 'The webhook is deleted' }, 200);
    },
  );
}

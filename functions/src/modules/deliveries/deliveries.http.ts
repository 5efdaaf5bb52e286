import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, optionalJsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  deliveryDetailSchema,
  deliveryIdSchema,
  deliveryViewSchema,
  listDeliveriesSchema,
  redeliverManySchema,
} from './deliveries.schema.ts';
import {
  getDelivery,
  listDeliveries,
  redeliver,
  redeliverMany,
  sendTest,
} from './deliveries.service.ts';

const ofSubscription = z.strictObject({ id: idSchema });
const ofDelivery = z.strictObject({ id: idSchema, deliveryId: deliveryIdSchema });
const viewSchema = deliveryViewSchema.clone().openapi('WebhookDelivery');
const detailSchema = deliveryDetailSchema.clone().openapi('WebhookDeliveryDetail');
const listSchema = z.object({
  deliveries: z.array(viewSchema),
  nextCursor: z.string().nullable(),
});
const redeliveredSchema = z.object({
  redelivered: z.array(z.string()),
  nextCursor: z.string().nullable(),
});

/** Adds the routes by which administrators see what was sent, and send it again. */
export function registerDeliveryRoutes(api: Api): void {
  registerReading(api);
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/webhooks/{id}/deliveries/{deliveryId}/redeliver',
      request: { params: ofDelivery },
      responses: answers(200, viewSchema, 'It is sent once more, under the same id'),
    }),
    async (c) => {
      const { id, deliveryId } = c.req.valid('param');
      return c.json(await redeliver(c.var.caller, id, deliveryId), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/webhooks/{id}/redeliver',
      request: {
        params: ofSubscription,
        body: optionalJsonBody(redeliverManySchema.clone().openapi('Redeliver')),
      },
      responses: answers(200, redeliveredSchema, 'Up to 200 of them are sent again, oldest first'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await redeliverMany(c.var.caller, id, c.req.valid('json')), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/webhooks/{id}/test',
      request: { params: ofSubscription },
      responses: answers(201, viewSchema, 'A made-up event is on its way'),
    }),
    async (c) => c.json(await sendTest(c.var.caller, c.req.valid('param').id), 201),
  );
}

function registerReading(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/webhooks/{id}/deliveries',
      request: { params: ofSubscription, query: listDeliveriesSchema },
      responses: answers(200, listSchema, 'What was or will be sent, the newest first'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await listDeliveries(c.var.caller, id, c.req.valid('query')), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/webhooks/{id}/deliveries/{deliveryId}',
      request: { params: ofDelivery },
      responses: answers(200, detailSchema, 'The delivery with its body and its attempts'),
    }),
    async (c) => {
      const { id, deliveryId } = c.req.valid('param');
      return c.json(await getDelivery(c.var.caller, id, deliveryId), 200);
    },
  );
}

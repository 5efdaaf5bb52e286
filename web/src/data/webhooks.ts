import {
  deliveryDetailSchema,
  deliveryViewSchema,
  subscriptionViewSchema,
} from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Query } from './port.ts';

/** What the page reads of the answers about webhooks. */
export { deliveryDetailSchema };

export const webhookSchema = subscriptionViewSchema;
export type Webhook = z.infer<typeof webhookSchema>;
export type Delivery = z.infer<typeof deliveryViewSchema>;
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

/** The secret is in the answer that makes it, and in no other. */
export const withSecretSchema = webhookSchema.extend({ secret: z.string().optional() });

const nextCursor = z.string().nullable();

function after(cursor: string | null): Query | undefined {
  return cursor === null ? undefined : { cursor };
}

export const webhookListSchema = z
  .object({ webhooks: z.array(webhookSchema), nextCursor })
  .transform(({ webhooks, nextCursor: next }) => ({ records: webhooks, next: after(next) }));

export const deliveryListSchema = z
  .object({ deliveries: z.array(deliveryViewSchema), nextCursor })
  .transform(({ deliveries, nextCursor: next }) => ({ records: deliveries, next: after(next) }));

export const redeliveredSchema = z.object({ redelivered: z.array(z.string()), nextCursor });

export const eventTypesSchema = z.object({
  types: z.array(z.object({ type: z.string(), recordType: z.string(), description: z.string() })),
});
export type EventType = z.infer<typeof eventTypesSchema>['types'][number];

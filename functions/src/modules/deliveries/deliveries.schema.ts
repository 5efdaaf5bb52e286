import { z } from 'zod';

/** Attempts of one delivery that are kept, the newest ones: a whole round and some. */
export const MAX_ATTEMPTS_KEPT = 50;

/**
 * `pending`: an attempt is to come. `failed`: its attempts are used up, or the endpoint is gone.
 * `skipped`: its subscription was paused, disabled or deleted before it could be sent.
 */
export const deliveryStatusSchema = z.enum(['pending', 'delivered', 'failed', 'skipped']);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** One attempt: what the endpoint answered, or why there was no answer. */
const attemptSchema = z.strictObject({
  at: z.date(),
  status: z.int().nullable(),
  latencyMs: z.int().min(0),
  /** The beginning of the answer, at most a kilobyte. */
  response: z.string(),
  error: z.string().nullable(),
});

/** What is sent for an event to a subscription: the event holds it. */
const eventMessageSchema = z.strictObject({
  kind: z.literal('event'),
  eventId: z.string(),
  recordType: z.string(),
  recordId: z.string(),
});
/** What is sent to try a subscription out. */
const testMessageSchema = z.strictObject({ kind: z.literal('test'), body: z.string() });
/** What an automation sends to an address of its own. */
const callMessageSchema = z.strictObject({
  kind: z.literal('call'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/**
 * Something to be sent, `orgs/{orgId}/deliveries/{deliveryId}`; of an event the id is
 * `{subscriptionId}_{eventId}`, so that there is one. The id is also what the receiver is told, the
 * same with every attempt.
 */
export const deliverySchema = z.strictObject({
  subscriptionId: z.string().nullable(),
  types: z.array(z.string()).min(1),
  message: z.discriminatedUnion('kind', [eventMessageSchema, testMessageSchema, callMessageSchema]),
  status: deliveryStatusSchema,
  createdAt: z.date(),
  /** When to try next; while one is trying, when another may. Null when nothing is left to do. */
  nextSendAt: z.date().nullable(),
  /** Since when, and how often, it was tried since it was last asked for. */
  roundStartedAt: z.date(),
  tries: z.int().min(0),
  attempts: z.array(attemptSchema).max(MAX_ATTEMPTS_KEPT),
  deliveredAt: z.date().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** The id of a delivery: longer than others, for it holds two of them. */
export const deliveryIdSchema = z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,400}$/, {
  error: 'must be the id of a delivery: letters, digits, hyphens and underscores',
});

export const listDeliveriesSchema = z.strictObject({
  status: deliveryStatusSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListDeliveries = z.infer<typeof listDeliveriesSchema>;

const instantTextSchema = z.iso.datetime({ offset: true });

/**
 * Which deliveries to send again: those of one status that were made in a span of time. One request
 * takes a bounded number of them; `nextCursor` of its answer goes on.
 */
export const redeliverManySchema = z.strictObject({
  /** Unless given, all that were not delivered: those that failed, and those that were skipped. */
  status: z.enum(['failed', 'skipped', 'delivered']).optional(),
  createdFrom: instantTextSchema.optional(),
  createdUntil: instantTextSchema.optional(),
  cursor: z.string().max(4000).optional(),
});
export type RedeliverMany = z.infer<typeof redeliverManySchema>;

/** What doors show of a delivery. */
export const deliveryViewSchema = z.object({
  id: z.string(),
  subscriptionId: z.string().nullable(),
  kind: z.enum(['event', 'test', 'call']),
  types: z.array(z.string()),
  eventId: z.string().nullable(),
  recordType: z.string().nullable(),
  recordId: z.string().nullable(),
  status: deliveryStatusSchema,
  createdAt: z.string(),
  nextAttemptAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  attempts: z.array(
    z.object({
      at: z.string(),
      status: z.int().nullable(),
      latencyMs: z.int(),
      response: z.string(),
      error: z.string().nullable(),
    }),
  ),
});
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

/** One delivery by itself, with what is sent; null when its event is there no more. */
export const deliveryDetailSchema = deliveryViewSchema.extend({ body: z.string().nullable() });
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

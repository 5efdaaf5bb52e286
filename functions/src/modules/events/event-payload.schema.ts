import { z } from 'zod';

/** What others are told of an event, in the form of Standard Webhooks. */
export const eventPayloadSchema = z.object({
  /** The same however often it is told. */
  id: z.string(),
  /** The most telling of the types. */
  type: z.string(),
  types: z.array(z.string()).min(1),
  /** When the change was made. */
  timestamp: z.iso.datetime(),
  data: z.object({
    record: z.object({ type: z.string(), id: z.string() }),
    /**
     * The record's version that the change made. The events of a record have all versions without a
     * gap, so a consumer orders them by it and finds by subtraction what is missing. 0 for what was
     * reported and changed nothing.
     */
    version: z.int().min(0),
    actor: z.string(),
    ownerId: z.string().nullable(),
    teamId: z.string().nullable(),
    /** The changed fields as they were, and as they are; one that was or is absent is left out. */
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
    /** The event that made an automation make this change. */
    cause: z.object({ eventId: z.string(), depth: z.int().min(1) }).nullable(),
    /** True when a lost trigger was made up for: changes that lay close together may be told as one. */
    recovered: z.boolean(),
  }),
});

export const streamQuerySchema = z.strictObject({
  after: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(100),
});
export type StreamQuery = z.infer<typeof streamQuerySchema>;

export const streamPageSchema = z.object({
  events: z.array(eventPayloadSchema),
  /** Where to go on; what was given as `after` when nothing has come. */
  cursor: z.string().nullable(),
  /** True when there may be more already. */
  hasMore: z.boolean(),
});
export type StreamPage = z.infer<typeof streamPageSchema>;

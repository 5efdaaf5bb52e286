import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, textSchema } from '../../platform/text.schema.ts';
import { recordTypeSchema } from '../access/access.schema.ts';
import { eventPatternSchema } from '../listeners/listeners.schema.ts';

const MAX_URL_LENGTH = 2000;
const MAX_HEADERS = 20;
const DAY_HOURS = 24;
const MAX_OVERLAP_HOURS = 7 * DAY_HOURS;

/** `disabled`: by us, because the endpoint is gone or has failed for days. */
const subscriptionStatusSchema = z.enum(['active', 'paused', 'disabled']);

/** Which of the events of the types are sent; what is left out or null does not matter. */
export const subscriptionFiltersSchema = z.strictObject({
  recordType: recordTypeSchema.nullish(),
  teamId: idSchema.nullish(),
  ownerId: idSchema.nullish(),
});
export type SubscriptionFilters = z.infer<typeof subscriptionFiltersSchema>;

/**
 * Somebody's wish to be sent events, `orgs/{orgId}/subscriptions/{subscriptionId}`. What is secret
 * about it is in a document of its own, which no door shows.
 */
export const subscriptionSchema = z.strictObject({
  ...recordShape,
  url: z.string().max(MAX_URL_LENGTH),
  types: z.array(eventPatternSchema).min(1).max(100),
  filters: subscriptionFiltersSchema,
  /** The names of its own headers; their values may be secret. */
  headerNames: z.array(z.string()).max(MAX_HEADERS),
  description: textSchema(500),
  status: subscriptionStatusSchema,
  /** Why it was disabled: `gone` when the endpoint said so, `failing` after days of failure. */
  disabledReason: z.enum(['gone', 'failing']).nullable(),
  disabledAt: z.date().nullable(),
  /** Names the secret that is valid from now on. */
  secretId: z.string(),
  /** Until when what is sent is signed with the secret before as well. */
  previousSecretUntil: z.date().nullable(),
  deletedAt: z.date().nullable(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** `orgs/{orgId}/subscriptionSecrets/{subscriptionId}`: read when something is sent, and never shown. */
export const subscriptionSecretsSchema = z.strictObject({
  current: z.string(),
  previous: z.strictObject({ secret: z.string(), until: z.date() }).nullable(),
  headers: z.record(z.string(), z.string()),
});
export type SubscriptionSecrets = z.infer<typeof subscriptionSecretsSchema>;

const urlSchema = z.string().min(1).max(MAX_URL_LENGTH);
const typesSchema = z
  .array(eventPatternSchema)
  .min(1)
  .max(100)
  .transform((types) => [...new Set(types)]);
const headersSchema = z
  .record(
    z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, {
      error: 'must be the name of an HTTP header such as X-Api-Key',
    }),
    // Visible ASCII with single blanks inside, so that no line can be smuggled in.
    z.string().regex(/^[!-~]([ -~]{0,998}[!-~])?$/, {
      error: 'must be 1 to 1000 visible ASCII characters',
    }),
  )
  .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, {
    error: `must have at most ${MAX_HEADERS} headers`,
  });

export const newSubscriptionSchema = z.strictObject({
  url: urlSchema,
  types: typesSchema,
  filters: subscriptionFiltersSchema.optional(),
  headers: headersSchema.optional(),
  description: subscriptionSchema.shape.description.optional(),
});
export type NewSubscription = z.infer<typeof newSubscriptionSchema>;

/** What can be changed; headers and filters are replaced as a whole. */
export const changeSubscriptionSchema = z.strictObject({
  version: z.int().min(1).optional(),
  url: urlSchema.optional(),
  types: typesSchema.optional(),
  filters: subscriptionFiltersSchema.optional(),
  headers: headersSchema.optional(),
  description: subscriptionSchema.shape.description.optional(),
  status: z.enum(['active', 'paused']).optional(),
});
export type ChangeSubscription = z.infer<typeof changeSubscriptionSchema>;

/** For how long the secret before stays valid; 0 ends it at once. */
export const rotateSecretSchema = z.strictObject({
  overlapHours: z.number().min(0).max(MAX_OVERLAP_HOURS).default(DAY_HOURS),
});
export type RotateSecret = z.infer<typeof rotateSecretSchema>;

export const listSubscriptionsSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListSubscriptions = z.infer<typeof listSubscriptionsSchema>;

/** What doors show of a subscription. */
export const subscriptionViewSchema = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  filters: z.object({
    recordType: z.string().nullable(),
    teamId: z.string().nullable(),
    ownerId: z.string().nullable(),
  }),
  headerNames: z.array(z.string()),
  description: z.string(),
  status: subscriptionStatusSchema,
  disabledReason: z.string().nullable(),
  disabledAt: z.string().nullable(),
  previousSecretUntil: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.int(),
});
export type SubscriptionView = z.infer<typeof subscriptionViewSchema>;

import { z } from 'zod';
import { currencySchema } from '../../platform/money.schema.ts';
import { recordShape } from '../../platform/record.schema.ts';
import { emailSchema, lineSchema, passwordTextSchema } from '../../platform/text.schema.ts';

const timeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** An IANA time zone name such as `Europe/Berlin`. */
export const timeZoneSchema = z.string().refine((zone) => timeZones.has(zone), {
  error: 'must be an IANA time zone such as Europe/Berlin',
});

/** An organisation, `orgs/{orgId}`: the tenant that owns everything below it. */
export const orgSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(200),
  industry: lineSchema(100).nullable(),
  currency: currencySchema,
  timeZone: timeZoneSchema,
});
export type Org = z.infer<typeof orgSchema>;

/**
 * A change of the organisation. Its currency stays: amounts that name none are in it. `version` is the
 * one the change is based on; an outdated one is refused.
 */
export const orgChangeSchema = z.strictObject({
  version: orgSchema.shape.version.optional(),
  name: orgSchema.shape.name.optional(),
  industry: orgSchema.shape.industry.optional(),
  timeZone: timeZoneSchema.optional(),
});
export type OrgChange = z.infer<typeof orgChangeSchema>;

/** What the doors show of an organisation. */
export const orgViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  industry: z.string().nullable(),
  currency: z.string(),
  timeZone: z.string(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A new organisation and its first administrator. Without a currency it is USD, without a zone UTC. */
export const signUpSchema = z.strictObject({
  name: lineSchema(200),
  email: emailSchema,
  password: passwordTextSchema(8),
  businessName: lineSchema(200),
  industry: lineSchema(100).optional(),
  currency: currencySchema.default('USD'),
  timeZone: timeZoneSchema.default('UTC'),
});
export type SignUp = z.infer<typeof signUpSchema>;

export const signedUpSchema = z.object({
  success: z.literal(true),
  userId: z.string(),
  orgId: z.string(),
  message: z.string(),
});

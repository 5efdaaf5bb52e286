import { z } from 'zod';
import { scopeSchema } from '../../platform/principal.schema.ts';
import { recordShape } from '../../platform/record.schema.ts';
import { lineSchema } from '../../platform/text.schema.ts';

const scopesSchema = z
  .array(scopeSchema)
  .min(1)
  .transform((scopes) => [...new Set(scopes)]);

/**
 * An API key, `orgs/{orgId}/apiKeys/{apiKeyId}`. The id is made of the SHA-256 of the secret, which
 * itself is stored nowhere; `prefix` is what a person recognises the key by.
 */
export const apiKeySchema = z.strictObject({
  ...recordShape,
  name: lineSchema(100),
  scopes: z.array(scopeSchema).min(1),
  prefix: z.string(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  /** Written at most once an hour. */
  lastUsedAt: z.date().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** A new key; without `expiresAt` it is valid until it is revoked. */
export const newApiKeySchema = z.strictObject({
  name: apiKeySchema.shape.name,
  scopes: scopesSchema,
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

export const listApiKeysSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export type ListApiKeys = z.infer<typeof listApiKeysSchema>;

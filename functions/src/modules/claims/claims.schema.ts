import { z } from 'zod';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

/** The kinds of record that claim values for themselves. */
export const claimantTypeSchema = z.enum(['contact', 'company', 'lead', 'deal']);
export type ClaimantType = z.infer<typeof claimantTypeSchema>;

/**
 * A value that one record has and no other of its kind may have, `orgs/{orgId}/claims/{hash}`. It
 * is written in the record's own commit, so two records can never both get it.
 */
export const claimSchema = z.strictObject({
  recordType: claimantTypeSchema,
  recordId: idSchema,
  kind: z.string(),
});
export type Claim = z.infer<typeof claimSchema>;

/** The id that a record has in another system; no two records of a kind share one. */
export const externalIdSchema = z.strictObject({
  source: lineSchema(50),
  id: lineSchema(200),
});
export type ExternalId = z.infer<typeof externalIdSchema>;

export const storedExternalIdsSchema = z.array(externalIdSchema).max(20);
export const externalIdsSchema = storedExternalIdsSchema.refine(
  (ids) => new Set(ids.map(({ source, id }) => `${source}\n${id}`)).size === ids.length,
  { error: 'must not repeat an external id' },
);

import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { externalIdsSchema, storedExternalIdsSchema } from '../claims/claims.schema.ts';
import { customFieldsInputSchema, customFieldsSchema } from '../fields/fields.schema.ts';
import { storedTagsSchema, tagsQuerySchema, tagsSchema } from '../tags/tags.schema.ts';

/** A phone number as it is stored. */
export const e164Schema = z.string().regex(/^\+[1-9]\d{4,14}$/);

/** A web address. */
export const websiteSchema = lineSchema(2000).pipe(
  z.url({ protocol: /^https?$/, error: 'must be a web address such as https://example.com' }),
);

/** What contacts, companies and leads have in common as they are stored. */
export const ownedShape = {
  ...recordShape,
  ownerId: idSchema,
  teamId: idSchema.nullable(),
  tags: storedTagsSchema,
  customFields: customFieldsSchema,
  externalIds: storedExternalIdsSchema,
  /** What the record is found by, derived from its other fields. */
  searchTokens: z.array(z.string()).max(100),
  /** When it was put into the bin; null while it is in use. */
  deletedAt: z.date().nullable(),
};

/** What a request may give of it. */
export const ownedInputShape = {
  tags: tagsSchema.optional(),
  customFields: customFieldsInputSchema.optional(),
  externalIds: externalIdsSchema.optional(),
  ownerId: idSchema.optional(),
};

const MAX_PAGE = 1000;

/** Which page of a list: by number, or after the `nextCursor` of an earlier answer. */
export const pageQueryShape = {
  page: z.coerce.number().pipe(z.int().min(1).max(MAX_PAGE)).default(1),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
  cursor: z.string().max(4000).optional(),
};

/** Which records of a kind to list. */
export const listQueryShape = {
  ...pageQueryShape,
  search: z.string().max(200).optional(),
  tags: tagsQuerySchema.optional(),
};

export const recordParamsSchema = z.strictObject({ id: idSchema });

/** What a door decides beside the input. */
export interface WriteOptions {
  /** What a custom field that nobody defined leads to: a text field, or a refusal (the default). */
  readonly unknownFields?: 'define' | 'refuse';
}

import { z } from 'zod';
import { lineSchema } from '../../platform/text.schema.ts';

export const MAX_TAGS = 50;

/** A tag; `VIP` and `vip` are two tags. Commas separate tags in queries, so no tag contains one. */
export const tagSchema = lineSchema(50).refine((tag) => !tag.includes(','), {
  error: 'must not contain a comma',
});

/** The tags of a record as they are stored. */
export const storedTagsSchema = z.array(tagSchema).max(MAX_TAGS);

/** Tags as they are given: one given twice counts once. */
export const tagsSchema = storedTagsSchema.transform((tags) => [...new Set(tags)]);

/** Tags to put on a record and tags to take off it. */
export const tagChangeSchema = z.strictObject({
  add: tagsSchema.optional(),
  remove: tagsSchema.optional(),
});
export type TagChange = z.infer<typeof tagChangeSchema>;

/** A comma-separated list of tags in a query. */
export const tagsQuerySchema = z
  .string()
  .max(2000)
  .transform((text) =>
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  )
  .pipe(tagsSchema);

import { z } from 'zod';

/** The kinds of record that can be searched for. */
export const searchTypeSchema = z.enum(['contact', 'company', 'lead', 'deal']);
export type SearchType = z.infer<typeof searchTypeSchema>;

/** A search of several kinds of record; `limit` is for each kind. */
export const searchSchema = z.strictObject({
  q: z.string().trim().min(1).max(200),
  types: z
    .string()
    .max(100)
    .optional()
    .transform((text) => text?.split(',').map((type) => type.trim()) ?? searchTypeSchema.options)
    .pipe(z.array(searchTypeSchema).min(1)),
  limit: z.coerce.number().pipe(z.int().min(1).max(50)).default(10),
});
export type Search = z.infer<typeof searchSchema>;

/** One record that a search found. */
export const searchResultSchema = z.object({
  type: searchTypeSchema,
  id: z.string(),
  /** What the record is called. */
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** A contact's company, a company's domain, a lead's city. */
  detail: z.string().nullable(),
  updatedAt: z.string(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';

/** The kinds of record that notes, tasks and activities can be about, and that have a timeline. */
export const subjectTypeSchema = z.enum(['deal', 'contact', 'company', 'lead']);
export type SubjectType = z.infer<typeof subjectTypeSchema>;

/** A record named by its kind and id. */
export const subjectRefShape = { recordType: subjectTypeSchema, recordId: idSchema };
export const subjectRefSchema = z.strictObject(subjectRefShape);
export type SubjectRef = z.infer<typeof subjectRefSchema>;

/** What notes, tasks and activities have in common as they are stored. */
export const aboutShape = {
  ...recordShape,
  ...subjectRefShape,
  ownerId: idSchema,
  teamId: idSchema.nullable(),
  deletedAt: z.date().nullable(),
};

/** Which of them to list: those about one record, or all that the caller or their team wrote. */
export const listAboutShape = {
  recordType: subjectTypeSchema.optional(),
  recordId: idSchema.optional(),
  ownerId: idSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
};

/** What the callables answer. */
export const aboutStateSchema = z.object({ id: z.string(), version: z.int() });

/** What the doors show of each of them. */
export const aboutViewShape = {
  id: z.string(),
  recordType: subjectTypeSchema,
  recordId: z.string(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

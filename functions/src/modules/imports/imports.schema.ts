import { z } from 'zod';
import { currencySchema } from '../../platform/money.schema.ts';
import { audienceShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { tagSchema } from '../tags/tags.schema.ts';

/** Where files are uploaded. */
export const IMPORTS_PATH = '/api/imports';
export const MAX_COLUMNS = 500;
export const MAX_ROWS = 200_000;
const MAX_COLUMN_NAME = 300;

/** The kinds of record that can be imported. */
export const importTypeSchema = z.enum(['contact', 'company', 'lead', 'deal']);
export type ImportType = z.infer<typeof importTypeSchema>;

/** Which column of the file fills which field of the record; a column may fill several fields. */
export const columnMappingSchema = z.strictObject({
  column: z.string().min(1).max(MAX_COLUMN_NAME),
  field: z.string().min(1).max(200),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;
const mappingSchema = z.array(columnMappingSchema).min(1).max(MAX_COLUMNS);

/** Text that is read as another text wherever it stands in a field, as if the file had said so. */
const replacementSchema = z.strictObject({
  field: z.string().min(1).max(200),
  from: z.string().min(1).max(1000),
  to: z.string().max(1000),
});

/** What to do with a row whose record is there already, by e-mail, phone, domain or external id. */
const onDuplicateSchema = z.enum(['skip', 'update', 'error']);

export const importOptionsSchema = z.strictObject({
  tagAll: z.array(tagSchema).max(20).default([]),
  onDuplicate: onDuplicateSchema.default('skip'),
  /** Who owns the records of rows that name no owner; the caller unless given. */
  ownerId: idSchema.optional(),
  /** The currency of amounts whose row names none; the organisation's unless given. */
  currency: currencySchema.optional(),
  /** How 03/04/2026 is read. Without it only ISO dates, 2026-04-03, are accepted. */
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  /** The system whose ids a column `externalId` holds. */
  externalSource: lineSchema(50).default('import'),
  replace: z.array(replacementSchema).max(200).default([]),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** How an uploaded file is to be read. Without a mapping the guess of the upload is taken. */
export const importPlanSchema = z.strictObject({
  mapping: mappingSchema.optional(),
  options: importOptionsSchema.prefault({}),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** A file in JSON; the other way is multipart/form-data with `file` and `recordType`. */
export const uploadSchema = z.strictObject({
  recordType: importTypeSchema,
  csv: z
    .string()
    .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode text' }),
  fileName: lineSchema(300).optional(),
});
export interface Upload {
  readonly recordType: ImportType;
  readonly csv: string;
  readonly fileName?: string | undefined;
}

/** What an import is to do, fixed when it is committed. */
const committedPlanSchema = z.strictObject({
  mapping: z.array(columnMappingSchema),
  options: importOptionsSchema,
});
export type CommittedPlan = z.infer<typeof committedPlanSchema>;

/** An uploaded file, `orgs/{orgId}/imports/{importId}`; its rows are in `chunks` below it. */
export const importSchema = z.strictObject({
  ...audienceShape,
  ownerId: idSchema,
  recordType: importTypeSchema,
  fileName: z.string().nullable(),
  columns: z.array(z.string()).max(MAX_COLUMNS),
  guess: z.array(columnMappingSchema),
  rows: z.int().min(0).max(MAX_ROWS),
  /** The number of the first row of each chunk; rows count from 1. */
  chunkStarts: z.array(z.int().min(1)).max(1000),
  plan: committedPlanSchema.nullable(),
  jobId: z.string().nullable(),
  undoJobId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type Import = z.infer<typeof importSchema>;

/** Rows of an upload, `…/imports/{importId}/chunks/{n}`: at most 900 kB, gone after 30 days. */
export const importChunkSchema = z.strictObject({
  firstRow: z.int().min(1),
  /** JSON of a list of rows, each a list of cells: Firestore has no list of lists. */
  rows: z.string(),
  expiresAt: z.date(),
});
export type ImportChunk = z.infer<typeof importChunkSchema>;

export const listImportsSchema = z.strictObject({
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListImports = z.infer<typeof listImportsSchema>;

/** What doors show of an import: with the mapping it was committed with, or else the guessed one. */
export const importViewSchema = z.object({
  id: z.string(),
  recordType: importTypeSchema,
  fileName: z.string().nullable(),
  rows: z.int(),
  columns: z.array(z.string()),
  mapping: z.array(columnMappingSchema),
  jobId: z.string().nullable(),
  undoJobId: z.string().nullable(),
  createdAt: z.string(),
});
export type ImportView = z.infer<typeof importViewSchema>;

/** The same with the first rows as they stand in the file; none once the file is gone. */
export const importDetailSchema = importViewSchema.extend({
  sampleRows: z.array(z.array(z.string())),
});
export type ImportDetail = z.infer<typeof importDetailSchema>;

/** What is wrong with one row. */
export interface RowProblem {
  readonly row: number;
  readonly field: string | null;
  readonly error: string;
}

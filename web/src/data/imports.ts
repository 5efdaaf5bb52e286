import { importDetailSchema, importViewSchema, jobSchema } from '@splitline/functions/contracts';
import { z } from 'zod';

/** What the wizard reads of the answers about imports. */
export { importDetailSchema };
export type ImportView = z.infer<typeof importViewSchema>;
export type ImportDetail = z.infer<typeof importDetailSchema>;

export const uploadedSchema = z.object({ importId: z.string() });
export const orderedSchema = z.object({ jobId: z.string() });

export const importListSchema = z
  .object({ imports: z.array(importViewSchema), nextCursor: z.string().nullable() })
  .transform(({ imports, nextCursor }) => ({
    records: imports,
    next: nextCursor === null ? undefined : { cursor: nextCursor },
  }));

export const dryRunSchema = z.object({
  rows: z.int(),
  checkedRows: z.int(),
  failed: z.int(),
  counts: z.record(z.string(), z.int()),
  errors: z.array(z.object({ row: z.int(), field: z.string().nullable(), error: z.string() })),
});
export type DryRun = z.infer<typeof dryRunSchema>;
export type RowProblem = DryRun['errors'][number];
export type Counts = DryRun['counts'];

export const jobTypeSchema = jobSchema.pick({ type: true }).strip();

/** A job that imports, or undoes that, as it is stored. */
export const importJobSchema = z.object({
  ...jobSchema.pick({
    type: true,
    status: true,
    processed: true,
    total: true,
    failed: true,
    counts: true,
    errors: true,
    error: true,
  }).shape,
  input: z.object({ importId: z.string() }),
});
export type ImportJob = z.infer<typeof importJobSchema>;

import { z } from 'zod';
import { audienceShape } from '../../platform/record.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';

/** The kinds of job. Each has its handler in app/job-handlers.ts: a new one goes into both. */
export const jobTypeSchema = z.enum([
  'importRecords',
  'undoImport',
  'handOver',
  'followTeam',
  'deleteStage',
  'closePeriod',
]);
export type JobType = z.infer<typeof jobTypeSchema>;

export const jobStatusSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** True while there is something left to do. */
export function isOpenStatus(status: JobStatus): boolean {
  return status === 'queued' || status === 'running';
}

/** A job keeps the first errors of its items; `failed` counts all of them. */
export const MAX_JOB_ERRORS = 100;

/** What kept one item (a row of a file, a record) from being done. */
export const jobErrorSchema = z.strictObject({
  item: z.string(),
  field: z.string().nullable(),
  error: z.string(),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/**
 * Long work in steps, `orgs/{orgId}/jobs/{jobId}`: who ordered it, how far it is, and who is at it.
 * Its audience is whoever ordered it; a client may watch it. It is no versioned record, because its
 * progress is no change of the organisation's data.
 */
export const jobSchema = z.strictObject({
  ...audienceShape,
  ownerId: idSchema,
  type: jobTypeSchema,
  status: jobStatusSchema,
  /** What was ordered, as the job type's handler reads it. */
  input: z.record(z.string(), z.unknown()),
  /** Where the next step begins; null at the start. Only the handler reads it. */
  cursor: z.string().nullable(),
  /** How many steps have been committed. */
  chunk: z.int().min(0),
  processed: z.int().min(0),
  total: z.int().min(0).nullable(),
  failed: z.int().min(0),
  /** What was done, in the handler's words, for example `created` and `skipped`. */
  counts: z.record(z.string(), z.int()),
  errors: z.array(jobErrorSchema).max(MAX_JOB_ERRORS),
  /** Why the job as a whole ended before its time. */
  error: z.string().nullable(),
  /** How often the present step has been tried. */
  attempts: z.int().min(0),
  /** Whose run holds the job; null between steps. */
  leaseId: z.string().nullable(),
  /** From when on a sweep may take the job up again; null when it has ended. */
  leaseUntil: z.date().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  type ColumnMapping,
  type ImportOptions,
  type ImportType,
  importOptionsSchema,
} from '../../functions/src/modules/imports/imports.schema.ts';
import { jobErrorSchema, jobStatusSchema } from '../../functions/src/modules/jobs/jobs.schema.ts';
import type { Door } from './door.ts';

/** A file to import, and how. */
export interface FileImport {
  readonly recordType: ImportType;
  readonly csv: string;
  readonly fileName?: string;
  /** Which column fills which field; taken on top of the guess, whose columns it replaces. */
  readonly mapping?: readonly ColumnMapping[];
  /** Leaves the guess alone: only `mapping` counts. */
  readonly exactMapping?: boolean;
  readonly options?: z.input<typeof importOptionsSchema>;
}

const uploadedSchema = z.object({
  importId: z.string(),
  rows: z.int(),
  columns: z.array(z.string()),
  mapping: z.array(z.object({ column: z.string(), field: z.string() })),
});

const jobSchema = z.object({
  id: z.string(),
  status: jobStatusSchema,
  processed: z.int(),
  total: z.int().nullable(),
  failed: z.int(),
  counts: z.record(z.string(), z.int()),
  errors: z.array(jobErrorSchema),
  error: z.string().nullable(),
});
export type JobProgress = z.infer<typeof jobSchema>;

const dryRunSchema = z.object({
  rows: z.int(),
  checkedRows: z.int(),
  failed: z.int(),
  counts: z.record(z.string(), z.int()),
  errors: z.array(z.object({ row: z.int(), field: z.string().nullable(), error: z.string() })),
});
export type DryRunReport = z.infer<typeof dryRunSchema>;

/** An uploaded file with the plan by which it is to be read. */
export interface Uploaded {
  readonly importId: string;
  readonly rows: number;
  readonly unmapped: readonly string[];
  readonly plan: { mapping: readonly ColumnMapping[]; options: ImportOptions };
}

/** Uploads a file and settles its mapping. */
export async function uploadFile(door: Door, file: FileImport): Promise<Uploaded> {
  const { recordType, csv, fileName, mapping = [], exactMapping = false } = file;
  const body = { recordType, csv, ...(fileName === undefined ? {} : { fileName }) };
  const uploaded = uploadedSchema.parse(await door.request('POST /api/imports', body));
  const given = new Set(mapping.flatMap(({ column, field }) => [`c:${column}`, `f:${field}`]));
  const guessed = uploaded.mapping.filter(
    ({ column, field }) => !given.has(`c:${column}`) && !given.has(`f:${field}`),
  );
  const settled = exactMapping ? mapping : [...mapping, ...guessed];
  const mapped = new Set(settled.map(({ column }) => column));
  return {
    importId: uploaded.importId,
    rows: uploaded.rows,
    unmapped: uploaded.columns.filter((column) => !mapped.has(column)),
    plan: { mapping: settled, options: importOptionsSchema.parse(file.options ?? {}) },
  };
}

/** What an uploaded file would do. */
export async function dryRun(door: Door, { importId, plan }: Uploaded): Promise<DryRunReport> {
  return dryRunSchema.parse(await door.request(`POST /api/imports/${importId}/dry-run`, plan));
}

/** Orders an import; answers its job. */
export async function commit(door: Door, { importId, plan }: Uploaded): Promise<string> {
  return jobIdIn(await door.request(`POST /api/imports/${importId}/commit`, plan));
}

/** Orders that an import is undone; answers the job of that. */
export async function undo(door: Door, importId: string): Promise<string> {
  return jobIdIn(await door.request(`POST /api/imports/${importId}/undo`));
}

function jobIdIn(answer: unknown): string {
  return z.object({ jobId: z.string() }).parse(answer).jobId;
}

const POLL_MS = 1000;

/** Waits for a job to end, telling how far it is. */
export async function watchJob(
  door: Door,
  jobId: string,
  onProgress: (job: JobProgress) => void,
): Promise<JobProgress> {
  for (;;) {
    const job = jobSchema.parse(await door.request(`GET /api/jobs/${jobId}`));
    onProgress(job);
    if (job.status !== 'queued' && job.status !== 'running') return job;
    await sleep(POLL_MS);
  }
}

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { listFields } from '../modules/fields/fields.public.ts';
import {
  getImport,
  imports,
  planOf,
  type StoredUpload,
  storeUpload,
} from '../modules/imports/imports.public.ts';
import type { ImportPlan, RowProblem, Upload } from '../modules/imports/imports.schema.ts';
import { addJob, enqueueJob, jobs, type StepResult } from '../modules/jobs/jobs.public.ts';
import { type Job, MAX_JOB_ERRORS } from '../modules/jobs/jobs.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { idSchema } from '../platform/text.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';
import { importRows, type RowsResult } from './import-rows.ts';

type Caller = Context<Principal>;

/** A dry run is one request, so it looks at no more rows than that has time for. */
const MAX_DRY_RUN_ROWS = 10_000;
const DRY_RUN_STEP = 1000;

export const importJobInputSchema = z.strictObject({ importId: idSchema });

/** Stores an uploaded file and guesses its mapping. @throws AppError invalid-argument: field file */
export async function uploadImport(ctx: Caller, upload: Upload): Promise<StoredUpload> {
  const fields = await listFields(ctx, upload.recordType);
  return storeUpload(
    ctx,
    upload,
    fields.filter(({ archived }) => !archived),
  );
}

/** What a dry run found: counts of everything, and the first problems. */
export interface DryRun {
  readonly rows: number;
  readonly checkedRows: number;
  readonly failed: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly RowProblem[];
}

/**
 * Checks an import row by row, as its commit would, and writes nothing.
 * @throws AppError not-found, invalid-argument: field mapping
 */
export async function dryRunImport(
  ctx: Caller,
  importId: string,
  input: ImportPlan,
): Promise<DryRun> {
  const source = await getImport(ctx, openUnit(ctx, ctx.principal.orgId), importId);
  const plan = planOf(source, input);
  const done = new Map<string, number>();
  const counts = new Map<string, number>();
  const problems: RowProblem[] = [];
  let failed = 0;
  let nextRow: number | undefined = 1;
  while (nextRow !== undefined && nextRow <= MAX_DRY_RUN_ROWS) {
    const range = { firstRow: nextRow, limit: DRY_RUN_STEP, dryRun: done };
    const result: RowsResult = await importRows(ctx, source, plan, range);
    failed += result.problems.length;
    problems.push(...result.problems.slice(0, MAX_JOB_ERRORS - problems.length));
    for (const [name, count] of Object.entries(result.counts)) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
    nextRow = result.nextRow;
  }
  const checkedRows = nextRow === undefined ? source.rows : nextRow - 1;
  return { rows: source.rows, checkedRows, failed, counts: Object.fromEntries(counts), problems };
}

/**
 * Orders the job that does an import. An import is done once: ordering it again in the same way
 * answers the same job. `enqueue: false` leaves it to the caller to run or enqueue it.
 * @throws AppError not-found, permission-denied, invalid-argument (mapping), failed-precondition
 */
export async function commitImport(
  ctx: Caller,
  importId: string,
  input: ImportPlan,
  { enqueue = true }: { enqueue?: boolean } = {},
): Promise<Stored<Job>> {
  const job = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const source = await getImport(ctx, unit, importId, 'update');
    const plan = planOf(source, input);
    if (source.jobId !== null) {
      if (isDeepStrictEqual(source.plan, plan)) return unit.get(jobs, source.jobId);
      throw new AppError(
        'failed-precondition',
        'This import was committed in another way; upload the file again to import it once more',
      );
    }
    const order = { type: 'importRecords', input: { importId }, total: source.rows } as const;
    const added = addJob(ctx, unit, { ...order, id: ctx.newId() });
    unit.update(imports, source, { plan, jobId: added.id });
    return added;
  });
  if (enqueue) await enqueueJob(ctx, job.id, job.chunk);
  return job;
}

/** One step of an import: some of its rows. */
export async function importStep(
  ctx: Caller,
  { input, cursor, limit }: JobStep,
): Promise<StepResult> {
  const source = await openUnit(ctx, ctx.principal.orgId).get(imports, input.importId);
  if (source.plan === null) throw new Error(`import ${source.id} has a job but no plan`);
  const firstRow = Number(cursor ?? 1);
  const range = { firstRow, limit, dryRun: undefined };
  const result = await importRows(ctx, source, source.plan, range);
  return {
    cursor: String(firstRow + result.taken),
    processed: result.taken,
    failed: result.problems.length,
    errors: result.problems.slice(0, MAX_JOB_ERRORS).map(toJobError),
    counts: result.counts,
    done: result.nextRow === undefined,
  };
}

interface JobStep {
  readonly input: z.infer<typeof importJobInputSchema>;
  readonly cursor: string | null;
  readonly limit: number;
}

function toJobError({ row, field, error }: RowProblem) {
  return { item: String(row), field, error };
}

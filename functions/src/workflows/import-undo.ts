import pMap from 'p-map';
import { getImport, importedId, imports } from '../modules/imports/imports.public.ts';
import type { Import } from '../modules/imports/imports.schema.ts';
import { addJob, enqueueJob, jobs, type StepResult } from '../modules/jobs/jobs.public.ts';
import { isOpenStatus, type Job, type JobError } from '../modules/jobs/jobs.schema.ts';
import { bulkStore } from '../platform/bulk.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { importers } from './import-kinds.ts';
import type { ImportedFields, Importer } from './import-row.ts';

type Caller = Context<Principal>;

const CONCURRENCY = 200;
/** A record that was imported and put into the bin, and to which nothing else has happened. */
const BINNED_VERSION = 2;

/**
 * Orders the job that puts what an import created into the bin. Undoing it again answers the same
 * job, unless that one failed or was cancelled: then there is a new one for the rest.
 * @throws AppError not-found, permission-denied, failed-precondition
 */
export async function undoImport(ctx: Caller, importId: string): Promise<Stored<Job>> {
  const job = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const source = await getImport(ctx, unit, importId, 'update');
    await requireEnded(unit, source);
    const earlier = source.undoJobId === null ? undefined : await unit.find(jobs, source.undoJobId);
    if (earlier && (isOpenStatus(earlier.status) || earlier.status === 'done')) return earlier;
    const order = { type: 'undoImport', input: { importId }, total: source.rows } as const;
    const added = addJob(ctx, unit, { ...order, id: ctx.newId() });
    unit.update(imports, source, { undoJobId: added.id });
    return added;
  });
  await enqueueJob(ctx, job.id, job.chunk);
  return job;
}

async function requireEnded(unit: UnitOfWork, source: Import): Promise<void> {
  if (source.jobId === null) {
    throw new AppError('failed-precondition', 'This import was never committed; nothing to undo');
  }
  const job = await unit.find(jobs, source.jobId);
  if (job === undefined || !isOpenStatus(job.status)) return;
  throw new AppError(
    'failed-precondition',
    `This import is still under way; wait for job '${job.id}', or cancel it, before undoing it`,
  );
}

/**
 * One step of undoing: what these rows created goes into the bin. A record that was changed since
 * stays, and is reported; so do changes that the import made to records which were there before.
 */
export async function undoStep(
  ctx: Caller,
  step: {
    readonly input: { readonly importId: string };
    readonly cursor: string | null;
    readonly limit: number;
  },
): Promise<StepResult> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const source = await unit.get(imports, step.input.importId);
  const importer = importers[source.recordType];
  const firstRow = Number(step.cursor ?? 1);
  const lastRow = Math.min(source.rows, firstRow + step.limit - 1);
  const rows = Array.from({ length: lastRow - firstRow + 1 }, (_, index) => firstRow + index);
  const idOf = (row: number) => importedId(source.id, row);
  const found = await unit.findMany(importer.collection, rows.map(idOf));
  const created = rows.flatMap((row) => {
    const record = found.get(idOf(row));
    return record === undefined ? [] : [{ row, record }];
  });
  const bulk = { ...ctx, store: bulkStore(ctx.store) };
  const outcomes = await pMap(created, (entry) => undoRow(bulk, importer, entry), {
    concurrency: CONCURRENCY,
  });
  const errors = outcomes.filter((outcome) => outcome !== undefined);
  return {
    cursor: String(lastRow + 1),
    processed: rows.length,
    errors,
    counts: { removed: created.length - errors.length, left: errors.length },
    done: lastRow >= source.rows,
  };
}

async function undoRow(
  ctx: Caller,
  importer: Importer,
  { row, record }: { row: number; record: Stored<ImportedFields> },
): Promise<JobError | undefined> {
  const left = (error: string) => ({ item: String(row), field: null, error });
  if (record.deletedAt !== null && record.version === BINNED_VERSION) return undefined;
  if (record.version > 1) {
    const { recordType } = importer;
    return left(`${recordType} '${record.id}' was changed since the import and stays as it is`);
  }
  try {
    await importer.bin(ctx, record.id);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'conflict')
      throw error;
    return left(error.message);
  }
}

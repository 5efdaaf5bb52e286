import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed, requireAccess } from '../access/access.public.ts';
import { parseCsv } from './csv.ts';
import { type CustomFieldName, guessMapping } from './guess-mapping.ts';
import { importChunks, imports } from './imports.repository.ts';
import type {
  CommittedPlan,
  Import,
  ImportDetail,
  ImportPlan,
  ImportView,
  ListImports,
  Upload,
} from './imports.schema.ts';
import { type MappedRows, mapRows, requireMapping } from './map-rows.ts';
import { packRows, unpackRows } from './pack-rows.ts';

type Caller = Context<Principal>;

const SAMPLE_ROWS = 5;
/** Uploads are not kept for ever; what an import created can be undone without its file. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** A stored file. */
export interface StoredUpload {
  readonly source: Stored<Import>;
  /** The first rows, as they stand in the file. */
  readonly sampleRows: readonly (readonly string[])[];
}

/**
 * Stores an uploaded file in documents of bounded size, and guesses how its columns are meant. The
 * import itself is stored last, so that there is no import with half a file.
 * @throws AppError invalid-argument: field file
 */
export async function storeUpload(
  ctx: Caller,
  { recordType, csv, fileName }: Upload,
  customFields: readonly CustomFieldName[],
): Promise<StoredUpload> {
  const table = parseCsv(csv);
  const { orgId, uid, teamId } = ctx.principal;
  const importId = ctx.newId();
  const chunks = packRows(table.rows);
  const expiresAt = new Date(ctx.now.getTime() + KEPT_MS);
  for (const [index, { firstRow, rows }] of chunks.entries()) {
    const unit = openUnit(ctx, orgId);
    unit.create(importChunks(importId), String(index), { firstRow, rows, expiresAt });
    await unit.commit();
  }
  const source = await runUnitOfWork(ctx, orgId, async (unit) =>
    unit.create(imports, importId, {
      ...{ ownerId: uid, teamId, participantIds: [] },
      recordType,
      fileName: fileName ?? null,
      columns: [...table.columns],
      guess: guessMapping(recordType, table.columns, customFields),
      rows: table.rows.length,
      chunkStarts: chunks.map(({ firstRow }) => firstRow),
      ...{ plan: null, jobId: null, undoJobId: null },
      createdBy: uid,
      createdAt: ctx.now,
    }),
  );
  return { source, sampleRows: table.rows.slice(0, SAMPLE_ROWS) };
}

/**
 * The import with this id; who may see and change it is decided as for a job.
 * @throws AppError not-found, permission-denied
 */
export async function getImport(
  ctx: Caller,
  unit: UnitOfWork,
  importId: string,
  operation: 'read' | 'update' = 'read',
): Promise<Stored<Import>> {
  const found = await unit.get(imports, importId);
  if (!isAllowed(ctx.principal, 'read', 'job', found)) throw notFound(imports.label, importId);
  requireAccess(ctx.principal, operation, 'job', found);
  return found;
}

/** A page of what the caller has uploaded, the newest first. */
export async function listImports(
  ctx: Caller,
  { cursor, limit }: ListImports,
): Promise<{ imports: ImportView[]; nextCursor: string | null }> {
  const { orgId, uid } = ctx.principal;
  const { records, nextCursor } = await openUnit(ctx, orgId).page(
    imports,
    (all) => all.where('ownerId', '==', uid),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
  return { imports: records.map(toImportView), nextCursor };
}

/** An import with the beginning of its file. @throws AppError not-found */
export async function showImport(ctx: Caller, importId: string): Promise<ImportDetail> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const source = await getImport(ctx, unit, importId);
  const chunk = await unit.find(importChunks(importId), '0');
  const rows = chunk === undefined ? [] : unpackRows(chunk).slice(0, SAMPLE_ROWS);
  return { ...toImportView(source), sampleRows: rows.map((row) => [...row]) };
}

function toImportView(source: Stored<Import>): ImportView {
  const { id, recordType, fileName, rows, columns, plan, guess, jobId, undoJobId } = source;
  return {
    ...{ id, recordType, fileName, rows, columns, mapping: plan?.mapping ?? guess },
    ...{ jobId, undoJobId, createdAt: source.createdAt.toISOString() },
  };
}

/**
 * How an import is to be read: by the mapping that is given, or else by its guess.
 * @throws AppError invalid-argument: field mapping
 */
export function planOf(
  source: Import,
  { mapping = source.guess, options }: ImportPlan,
): CommittedPlan {
  if (mapping.length === 0) {
    throw new AppError(
      'invalid-argument',
      'mapping: none of the columns was recognised; say which column fills which field',
      { field: 'mapping' },
    );
  }
  requireMapping(source.recordType, source.columns, mapping);
  return { mapping, options };
}

/**
 * Reads up to `limit` rows of an import from row number `firstRow` on; at most those of one chunk.
 * One billed read. `nextRow` is undefined after the last row.
 */
export async function readRows(
  unit: UnitOfWork,
  source: Stored<Import>,
  { mapping, options }: CommittedPlan,
  firstRow: number,
  limit: number,
): Promise<MappedRows & { readonly taken: number; readonly nextRow: number | undefined }> {
  const index = source.chunkStarts.findLastIndex((start) => start <= firstRow);
  const chunk = await unit.get(importChunks(source.id), String(index));
  const from = firstRow - chunk.firstRow;
  const rows = unpackRows(chunk).slice(from, from + limit);
  const mapped = mapRows({ columns: source.columns, rows }, firstRow, mapping, options);
  const nextRow = firstRow + rows.length;
  return { ...mapped, taken: rows.length, nextRow: nextRow > source.rows ? undefined : nextRow };
}

import pMap from 'p-map';
import { importedId, type MappedRow, readRows } from '../modules/imports/imports.public.ts';
import type { CommittedPlan, Import, RowProblem } from '../modules/imports/imports.schema.ts';
import { bulkStore } from '../platform/bulk.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';
import { importers } from './import-kinds.ts';
import { loadReferences } from './import-references.ts';
import { importRow, type PreparedRow, type RowOutcome } from './import-row.ts';

type Caller = Context<Principal>;

/** Enough rows at once for full commits; their reads and writes travel together. */
const CONCURRENCY = 400;

/** Some rows of an import, and whether to do them or only to see what would become of them. */
export interface RowRange {
  readonly firstRow: number;
  readonly limit: number;
  /** The rows that a dry run would have done, by the values that no two records may share. */
  readonly dryRun: Map<string, number> | undefined;
}

/** What became of some rows. */
export interface RowsResult {
  readonly taken: number;
  /** Undefined after the last row. */
  readonly nextRow: number | undefined;
  readonly problems: readonly RowProblem[];
  /** `created`, `updated`, `restored`, `skipped`, and what reading the rows counted. */
  readonly counts: Readonly<Record<string, number>>;
}

interface ReadyRow {
  readonly row: number;
  readonly prepared: PreparedRow;
}

/**
 * Does some rows of an import through the use cases that every door calls, so that a row is checked
 * and refused as a request would be. A dry run does all of it but the commits.
 */
export async function importRows(
  ctx: Caller,
  source: Stored<Import>,
  plan: CommittedPlan,
  { firstRow, limit, dryRun }: RowRange,
): Promise<RowsResult> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const mapped = await readRows(unit, source, plan, firstRow, limit);
  const importer = importers[source.recordType];
  const bulk = { ...ctx, store: bulkStore(ctx.store, { dryRun: dryRun !== undefined }) };
  const problems = [...mapped.problems];
  const outcomes = new Map<RowOutcome, number>();
  const settle = <T>(row: number, work: () => Promise<T>) =>
    work().catch((error: unknown) => void problems.push(problemOf(row, error)));
  const run = async ({ row, prepared }: ReadyRow) => {
    const place = { recordId: importedId(source.id, row), changeKey: `import ${source.id} ${row}` };
    const outcome = await settle(row, async () =>
      dryRun && isRepeated(prepared, dryRun)
        ? repeatedOutcome(prepared, dryRun, plan)
        : importRow(bulk, importer, prepared, place, plan.options.onDuplicate),
    );
    if (outcome === undefined) return;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    for (const key of keysOf(prepared)) if (!dryRun?.has(key)) dryRun?.set(key, row);
  };
  const ready = await prepareRows(bulk, source, plan, mapped.rows, settle);
  const { first, repeated } = splitRepeated(ready, dryRun);
  await pMap(first, run, { concurrency: CONCURRENCY });
  // A row that shares a value with one before it comes after that one, whatever came of it.
  for (const entry of repeated) await run(entry);
  return {
    ...{ taken: mapped.taken, nextRow: mapped.nextRow },
    problems: problems.sort((a, b) => a.row - b.row),
    counts: { ...mapped.counts, ...Object.fromEntries(outcomes) },
  };
}

/** Rows as inputs of their use case; a row that cannot be read is settled as a problem. */
async function prepareRows(
  ctx: Caller,
  source: Stored<Import>,
  plan: CommittedPlan,
  rows: readonly MappedRow[],
  settle: <T>(row: number, work: () => Promise<T>) => Promise<T | undefined>,
): Promise<ReadyRow[]> {
  const names = rows.flatMap(({ cells }) => cells.get('company') ?? []);
  const importer = importers[source.recordType];
  const references = await loadReferences(ctx, source.recordType, plan.mapping, names);
  const ready = await pMap(
    rows,
    ({ row, cells }) =>
      settle(row, async () => ({
        row,
        prepared: await importer.prepare(ctx, { cells, references, options: plan.options }),
      })),
    { concurrency: CONCURRENCY },
  );
  return ready.filter((entry) => entry !== undefined);
}

/** Only refusals are problems of a row; everything else is one of the whole step, which is repeated. */
function problemOf(row: number, error: unknown): RowProblem {
  if (!(error instanceof AppError) || error.status >= 500 || error.code === 'conflict') throw error;
  return { row, field: error.field ?? null, error: error.message };
}

function keysOf({ keys }: PreparedRow): string[] {
  return keys.map(({ kind, value }) => JSON.stringify([kind, value]));
}

function splitRepeated(
  ready: readonly ReadyRow[],
  before: ReadonlyMap<string, number> | undefined,
): { first: ReadyRow[]; repeated: ReadyRow[] } {
  const seen = new Set(before?.keys());
  const first: ReadyRow[] = [];
  const repeated: ReadyRow[] = [];
  for (const entry of ready) {
    const keys = keysOf(entry.prepared);
    (keys.some((key) => seen.has(key)) ? repeated : first).push(entry);
    for (const key of keys) seen.add(key);
  }
  return { first, repeated };
}

function isRepeated(prepared: PreparedRow, done: ReadonlyMap<string, number>): boolean {
  return keysOf(prepared).some((key) => done.has(key));
}

/** What would become of a row that repeats one before it, which a dry run has not stored. */
function repeatedOutcome(
  prepared: PreparedRow,
  done: ReadonlyMap<string, number>,
  { options }: CommittedPlan,
): RowOutcome {
  if (options.onDuplicate !== 'error') {
    return options.onDuplicate === 'skip' ? 'skipped' : 'updated';
  }
  const key = prepared.keys.find(({ kind, value }) => done.has(JSON.stringify([kind, value])));
  const field = key?.kind ?? 'row';
  const row = done.get(JSON.stringify([key?.kind, key?.value]));
  throw new AppError('already-exists', `${field}: row ${row} has the same`, { field });
}

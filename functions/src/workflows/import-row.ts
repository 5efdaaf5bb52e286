import { findHolder, type Wanted } from '../modules/claims/claims.public.ts';
import type { ImportOptions, ImportType } from '../modules/imports/imports.schema.ts';
import type { Collection } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { IdempotencyKey } from '../platform/idempotency.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';
import type { Reading } from './import-cells.ts';

type Caller = Context<Principal>;

/** What importing and undoing need to know of any record. */
export interface ImportedFields {
  readonly version: number;
  readonly deletedAt: Date | null;
}

/** How rows of one kind become records: by the use cases that every door calls. */
export interface Importer {
  readonly recordType: ImportType;
  readonly collection: Collection<ImportedFields>;
  /** Reads a row's cells as the input of a use case. @throws AppError invalid-argument: the field */
  readonly prepare: (ctx: Caller, reading: Reading) => Promise<PreparedRow> | PreparedRow;
  readonly restore: (ctx: Caller, id: string) => Promise<unknown>;
  readonly bin: (ctx: Caller, id: string) => Promise<unknown>;
}

/** A row that has become the input of a use case. */
export interface PreparedRow {
  /** The values that no two records may share, the surest first. */
  readonly keys: readonly Omit<Wanted, 'field'>[];
  readonly create: (ctx: Caller, id: string) => Promise<unknown>;
  readonly update: (ctx: Caller, id: string) => Promise<unknown>;
}

export type RowOutcome = 'created' | 'updated' | 'restored' | 'skipped';

/** Where a row stands: the id of the record it creates, and the name of its one change of another. */
export interface RowPlace {
  readonly recordId: string;
  readonly changeKey: string;
}

/**
 * Does one row, once, however often it is called: what it creates has an id that follows from the
 * row, and a change of a record that was there before claims a key that does. A record that is in
 * the bin, from an import that was undone for example, comes back with the row's values.
 * @throws AppError what the use case refuses
 */
export async function importRow(
  ctx: Caller,
  importer: Importer,
  row: PreparedRow,
  { recordId, changeKey }: RowPlace,
  onDuplicate: ImportOptions['onDuplicate'],
): Promise<RowOutcome> {
  try {
    await row.create(ctx, recordId);
    return 'created';
  } catch (error) {
    const isDuplicate = error instanceof AppError && error.code === 'already-exists';
    if (!isDuplicate || onDuplicate === 'error') throw error;
    const holder = await findDuplicate(ctx, importer, row);
    if (holder === undefined) throw error;
    return changeHolder(ctx, importer, row, holder, changeKey, onDuplicate);
  }
}

async function changeHolder(
  ctx: Caller,
  importer: Importer,
  row: PreparedRow,
  { id, isBinned }: Holder,
  changeKey: string,
  onDuplicate: 'skip' | 'update',
): Promise<RowOutcome> {
  const keyFor = (what: string) =>
    new IdempotencyKey(ctx.principal.uid, `${changeKey} ${what}`, '');
  const restoring = keyFor('restore');
  if (isBinned) await importer.restore({ ...ctx, idempotency: restoring }, id);
  // Killed between the two, this row has restored the record before.
  const wasBinned = isBinned || (await restoring.find(openUnit(ctx, ctx.principal.orgId)));
  if (!wasBinned && onDuplicate === 'skip') return 'skipped';
  await row.update({ ...ctx, idempotency: keyFor('update') }, id);
  return wasBinned ? 'restored' : 'updated';
}

interface Holder {
  readonly id: string;
  readonly isBinned: boolean;
}

async function findDuplicate(
  ctx: Caller,
  { recordType, collection }: Importer,
  { keys }: PreparedRow,
): Promise<Holder | undefined> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  for (const key of keys) {
    const id = await findHolder(unit, recordType, key);
    const record = id === undefined ? undefined : await unit.find(collection, id);
    if (record !== undefined) return { id: record.id, isBinned: record.deletedAt !== null };
  }
  return undefined;
}

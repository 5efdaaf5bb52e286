import { isDeepStrictEqual } from 'node:util';
import type { Collection, Stored } from './collection.ts';
import { AppError, notFound } from './errors.ts';
import type { Cause } from './record.schema.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** The bookkeeping that every versioned record carries. */
export interface RecordFields {
  version: number;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
  cause: Cause | null;
}

/** Who makes a change, and when. */
export interface Change {
  readonly actor: string;
  readonly now: Date;
}

type FieldsOf<T extends RecordFields> = Omit<T, keyof RecordFields>;

/** The bookkeeping of a record's first version. */
export function firstVersion(change: Change): RecordFields {
  return {
    version: 1,
    createdAt: change.now,
    createdBy: change.actor,
    updatedAt: change.now,
    updatedBy: change.actor,
    // The unit of work that creates the record knows better, when an automation does.
    cause: null,
  };
}

/**
 * The record with this id, unless it is in the bin: to everything but restoring it is gone.
 * @throws AppError not-found
 */
export async function getPresent<T extends { readonly deletedAt: Date | null }>(
  unit: UnitOfWork,
  collection: Collection<T>,
  id: string,
): Promise<Stored<T>> {
  const record = await unit.get(collection, id);
  if (record.deletedAt !== null) throw notFound(collection.label, id);
  return record;
}

/**
 * Refuses a change that was based on another version than the present one.
 * @throws AppError conflict: field version
 */
export function requireVersion(record: RecordFields, version: number | undefined): void {
  if (version === undefined || version === record.version) return;
  throw new AppError(
    'conflict',
    `version: the record is at version ${record.version}, your change is based on ${version}; read it again and repeat the change`,
    { field: 'version' },
  );
}

/** Changes fields of a record and raises its version by exactly one. */
export function updateRecord<T extends RecordFields>(
  unit: UnitOfWork,
  collection: Collection<T>,
  current: Stored<T>,
  patch: Partial<FieldsOf<T>>,
  change: Change,
): Stored<T> {
  const bookkeeping: Partial<RecordFields> = {
    version: current.version + 1,
    updatedAt: change.now,
    updatedBy: change.actor,
    cause: unit.cause,
  };
  return unit.update(collection, current, { ...patch, ...bookkeeping } as Partial<T>);
}

/** New values of fields; one that is undefined is left as it is. */
export type Patch<T extends object> = { readonly [K in keyof T]?: T[K] | undefined };

/** Changes the fields that differ from what they are; when none does, the record stays as it is. */
export function changeRecord<T extends RecordFields>(
  unit: UnitOfWork,
  collection: Collection<T>,
  current: Stored<T>,
  patch: Patch<FieldsOf<T>>,
  change: Change,
): Stored<T> {
  const before = new Map(Object.entries(current));
  const changed = Object.entries(patch).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(value, before.get(field)),
  );
  if (changed.length === 0) return current;
  const fields = Object.fromEntries(changed) as Partial<FieldsOf<T>>;
  return updateRecord(unit, collection, current, fields, change);
}

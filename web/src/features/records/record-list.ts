import type { OwnedView } from '../../data/records.ts';

export type Sorting = 'updated' | 'name';

/** What became of records since the list was loaded; undefined for one that is gone. */
export type Changes<T> = ReadonlyMap<string, T | undefined>;

/** The loaded records as they are now, each once: one that changed between two pages is in both. */
export function applyChanges<T extends OwnedView>(
  records: readonly T[],
  changes: Changes<T>,
): readonly T[] {
  const unique = new Map(records.map((record) => [record.id, record]));
  return [...unique.values()].flatMap((record) =>
    changes.has(record.id) ? (changes.get(record.id) ?? []) : record,
  );
}

/** By name as the reader's language has it, or latest change first. */
export function sortRecords<T extends OwnedView>(
  records: readonly T[],
  sorting: Sorting,
  nameOf: (record: T) => string,
): readonly T[] {
  return sorting === 'name'
    ? records.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
    : records.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

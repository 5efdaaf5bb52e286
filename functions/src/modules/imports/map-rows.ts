import { AppError } from '../../platform/errors.ts';
import { isBlankRow } from './csv.ts';
import { CUSTOM_PREFIX, importFields } from './import-fields.ts';
import type { ColumnMapping, ImportOptions, ImportType, RowProblem } from './imports.schema.ts';

/** A row's filled cells by field; a blank cell is absent. */
export interface MappedRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** What reading rows found out, besides the rows themselves. */
export interface MappedRows {
  readonly rows: readonly MappedRow[];
  readonly problems: readonly RowProblem[];
  /** `blankRows`, `blank.<field>` and `replaced.<field>`: what was missing, and what was changed. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Refuses a mapping that names a column the file lacks, a field the record lacks, or a field twice.
 * @throws AppError invalid-argument: field mapping.<n>
 */
export function requireMapping(
  recordType: ImportType,
  columns: readonly string[],
  mapping: readonly ColumnMapping[],
): void {
  const known = new Set(importFields[recordType].map(({ field }) => field));
  const filled = new Set<string>();
  for (const [index, { column, field }] of mapping.entries()) {
    if (!columns.includes(column)) {
      throw refusal(index, 'column', `the file has no column '${column}'`);
    }
    const isCustom = field.startsWith(CUSTOM_PREFIX) && field.length > CUSTOM_PREFIX.length;
    if (!known.has(field) && !isCustom) {
      const fields = [...known, `${CUSTOM_PREFIX}<key>`].join(', ');
      throw refusal(index, 'field', `a ${recordType} has no field '${field}'; it has ${fields}`);
    }
    if (filled.has(field)) throw refusal(index, 'field', `'${field}' is filled by two columns`);
    filled.add(field);
  }
}

/** Reads rows by a mapping; `firstRow` is the number of the first of them. */
export function mapRows(
  table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
  firstRow: number,
  mapping: readonly ColumnMapping[],
  { replace }: Pick<ImportOptions, 'replace'>,
): MappedRows {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const places = mapping.map(({ column, field }) => ({
    field,
    index: table.columns.indexOf(column),
    texts: new Map(replace.filter((r) => r.field === field).map(({ from, to }) => [from, to])),
  }));
  const rows: MappedRow[] = [];
  const problems: RowProblem[] = [];
  for (const [offset, line] of table.rows.entries()) {
    const row = firstRow + offset;
    if (isBlankRow(line)) {
      count('blankRows');
      continue;
    }
    if (!isBlankRow(line.slice(table.columns.length))) {
      const error = `the row has ${line.length} cells but the header names ${table.columns.length} columns; quote cells that contain the delimiter`;
      problems.push({ row, field: null, error });
      continue;
    }
    const cells = new Map<string, string>();
    for (const { field, index, texts } of places) {
      const cell = (line[index] ?? '').trim();
      const text = texts.get(cell) ?? cell;
      if (text !== cell) count(`replaced.${field}`);
      if (text === '') count(`blank.${field}`);
      else cells.set(field, text);
    }
    rows.push({ row, cells });
  }
  return { rows, problems, counts: Object.fromEntries(counts) };
}

function refusal(index: number, key: string, problem: string): AppError {
  const field = `mapping.${index}.${key}`;
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}

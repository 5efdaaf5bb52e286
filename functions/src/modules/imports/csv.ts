import { parse } from 'csv-parse/sync';
import { AppError } from '../../platform/errors.ts';
import { MAX_COLUMNS, MAX_ROWS } from './imports.schema.ts';

/** A parsed file: named columns, and rows of cells as they stand in the file. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [',', ';', '\t'] as const;
/** Enough for any header line that is accepted. */
const SNIFFED_CHARACTERS = 256 * 1024;
/** So that a row fits into a document, whatever is in it. */
const MAX_ROW_CHARACTERS = 100_000;
const MAX_COLUMN_NAME = 290;

/**
 * The text of an uploaded file, which must be UTF-8: guessing another charset would store wrong
 * names without anybody noticing.
 * @throws AppError unsupported-media-type: field file
 */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new AppError(
      'unsupported-media-type',
      'file: the text is not UTF-8; save it as "CSV UTF-8" and upload it again',
      { field: 'file', cause: error },
    );
  }
}

/**
 * Parses CSV with a header line; commas, semicolons or tabs, with or without a byte order mark,
 * quoted or not. Cells stay text: nothing in a file is ever evaluated.
 * @throws AppError invalid-argument: field file
 */
export function parseCsv(text: string): Table {
  refuseBinary(text);
  const [header, ...rows] = parseCells(text);
  if (header === undefined || header.every((cell) => cell.trim() === '')) {
    throw refusal('there is no header line; name the columns in the first line');
  }
  if (header.length > MAX_COLUMNS) {
    throw refusal(`there are ${header.length} columns; at most ${MAX_COLUMNS} can be imported`);
  }
  while (isBlankRow(rows.at(-1) ?? ['-'])) rows.pop();
  if (rows.length === 0) throw refusal('there are no rows below the header line');
  if (rows.length > MAX_ROWS) {
    throw refusal(`there are ${rows.length} rows; split the file into parts of ${MAX_ROWS}`);
  }
  return { columns: nameColumns(header), rows };
}

/** True for a line with nothing in it, such as spreadsheets leave behind. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function refuseBinary(text: string): void {
  if (text.includes('\0')) {
    throw refusal(
      'there are NUL bytes in it; a spreadsheet or UTF-16 file must be saved as "CSV UTF-8" first',
    );
  }
  if (!text.isWellFormed()) throw refusal('the text is not well-formed Unicode');
}

function parseCells(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_ROW_CHARACTERS,
      skip_empty_lines: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw refusal(`this is no CSV file: ${reason}`, error);
  }
}

/** The delimiter that the header line, outside quotes, has most of. */
function delimiterOf(text: string): string {
  const beginning = text.slice(0, SNIFFED_CHARACTERS);
  const [header = ''] = beginning.replace(/"[^"]*"/g, '').split(/\r?\n|\r/, 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Every column has a name, and a name of its own, by which a mapping can speak of it. */
function nameColumns(header: readonly string[]): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  for (const [index, cell] of header.entries()) {
    const plain = cell.replace(/\p{Cc}+/gu, ' ').trim() || `Column ${index + 1}`;
    if (plain.length > MAX_COLUMN_NAME) {
      throw refusal(`the name of column ${index + 1} is longer than ${MAX_COLUMN_NAME} characters`);
    }
    let name = plain;
    for (let n = 2; taken.has(name); n += 1) name = `${plain} (${n})`;
    taken.add(name);
    names.push(name);
  }
  return names;
}

function refusal(problem: string, cause?: unknown): AppError {
  return new AppError('invalid-argument', `file: ${problem}`, { field: 'file', cause });
}

/** What spreadsheets take for the beginning of a formula. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** By this mark Excel knows that a file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A cell: a text of somebody's choice, or a number in the form it is to have. */
export type CsvCell = string | { readonly number: string };

/**
 * A CSV file (RFC 4180, UTF-8). A text that a spreadsheet would run as a formula is preceded by an
 * apostrophe; numbers stay numbers, negative ones too.
 */
export function csvFile(rows: readonly (readonly CsvCell[])[]): string {
  const lines = rows.map((row) => `${row.map(cellText).join(',')}\r\n`);
  return BYTE_ORDER_MARK + lines.join('');
}

function cellText(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell.number;
  const harmless = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

import { AppError } from '../../platform/errors.ts';
import type { ImportOptions } from './imports.schema.ts';

const SLASHED_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const GROUPED_NUMBER = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * A day as `2026-04-03`. The order of 03/04/2026 is never guessed.
 * @throws AppError invalid-argument: the field
 */
export function readDay(field: string, text: string, order: ImportOptions['dateOrder']): string {
  const iso = ISO_DAY.exec(text);
  if (iso !== null) return dayOf(field, text, iso[1], iso[2], iso[3]);
  const slashed = SLASHED_DAY.exec(text);
  if (slashed === null) throw refusal(field, `'${shorten(text)}' is no date; write 2026-04-03`);
  if (order === undefined) {
    throw refusal(
      field,
      `'${shorten(text)}' can be read in two ways; write 2026-04-03 or set options.dateOrder`,
    );
  }
  const [, first, second, year] = slashed;
  return order === 'day-first'
    ? dayOf(field, text, year, second, first)
    : dayOf(field, text, year, first, second);
}

/**
 * A number as people write it into a table: 1234.5, 1,234.50, $1,234.50 or 45%. What other
 * countries write, 1.234,50, means something else here and is refused.
 * @throws AppError invalid-argument: the field
 */
export function readNumber(field: string, text: string): number {
  const bare = text.replace(/^(-?)\s*\p{Sc}\s*/u, '$1').replace(/\s*[\p{Sc}%]$/u, '');
  if (PLAIN_NUMBER.test(bare)) return Number(bare);
  if (GROUPED_NUMBER.test(bare)) return Number(bare.replaceAll(',', ''));
  throw refusal(field, `'${shorten(text)}' is no number; write it like 1234.50`);
}

/** The parts of a cell that lists several values: `VIP; Customer` or `VIP, Customer`. */
export function readList(text: string): string[] {
  return text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function dayOf(field: string, text: string, year = '', month = '', day = ''): string {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00.000Z`);
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)) return iso;
  throw refusal(field, `'${shorten(text)}' is a day that does not exist`);
}

function refusal(field: string, problem: string): AppError {
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

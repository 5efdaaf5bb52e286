import { toMinorUnits } from '../../platform/money.schema.ts';
import type { Field } from './fields.schema.ts';

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'x']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', '']);

/**
 * A custom field's value read from a text, such as a cell of a CSV file: options of a multiSelect
 * are separated by semicolons, money is an amount in major units and a currency, `12.50 EUR`. What
 * cannot be read is passed on as it is, for the field's own check to refuse.
 */
export function valueFromText({ type }: Pick<Field, 'type'>, text: string): unknown {
  const trimmed = text.trim();
  switch (type) {
    case 'number':
      return trimmed === '' ? null : numberFrom(trimmed);
    case 'checkbox': {
      const word = trimmed.toLowerCase();
      return YES.has(word) ? true : NO.has(word) ? false : text;
    }
    case 'multiSelect':
      return trimmed
        .split(';')
        .map((option) => option.trim())
        .filter((option) => option !== '');
    case 'money':
      return moneyFrom(trimmed);
    default:
      return trimmed === '' ? null : trimmed;
  }
}

function numberFrom(text: string): number | string {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function moneyFrom(text: string): unknown {
  if (text === '') return null;
  const [, amount, currency] = /^(\d+(?:\.\d+)?)\s*([A-Z]{3})$/.exec(text) ?? [];
  if (amount === undefined || currency === undefined) return text;
  try {
    return { amountMinor: toMinorUnits(Number(amount), currency) ?? text, currency };
  } catch {
    // The currency does not exist, which the field's own check says better.
    return { amountMinor: 0, currency };
  }
}

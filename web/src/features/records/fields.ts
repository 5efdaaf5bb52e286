import type { InlineField } from '../../ui/InlineField.tsx';
import { splitList } from './names.ts';

/** A field of a record that is edited as text. */
export interface FieldSpec {
  readonly key: string;
  readonly label: string;
  readonly type?: Parameters<typeof InlineField>[0]['type'];
  readonly isRequired?: boolean;
  /** Several values, set apart by commas. */
  readonly isList?: boolean;
}

/** A stored value as it stands in an input. */
export function toInput(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What to send for what was typed: null clears. */
export function toChange({ key, type, isList }: FieldSpec, text: string): object {
  if (isList) return { [key]: splitList(text) };
  if (text === '') return { [key]: null };
  return { [key]: type === 'number' ? Number(text) : text };
}

import { CUSTOM_PREFIX, importFields } from './import-fields.ts';
import type { ColumnMapping, ImportType } from './imports.schema.ts';

/** A custom field of the organisation, as far as guessing needs it. */
export interface CustomFieldName {
  readonly key: string;
  readonly label: string;
}

/**
 * Guesses which column fills which field, from the names of the columns alone. A column is taken
 * once and a field is filled once; the first column that fits wins. What fits nothing stays out.
 */
export function guessMapping(
  recordType: ImportType,
  columns: readonly string[],
  customFields: readonly CustomFieldName[] = [],
): ColumnMapping[] {
  const fieldOf = synonymsOf(recordType, customFields);
  const filled = new Set<string>();
  return columns.flatMap((column) => {
    const field = fieldOf.get(plain(column))?.find((candidate) => !filled.has(candidate));
    if (field === undefined) return [];
    filled.add(field);
    return [{ column, field }];
  });
}

function synonymsOf(
  recordType: ImportType,
  customFields: readonly CustomFieldName[],
): Map<string, string[]> {
  const fieldsOf = new Map<string, string[]>();
  const add = (name: string, field: string) => {
    const fields = fieldsOf.get(plain(name)) ?? [];
    if (!fields.includes(field)) fieldsOf.set(plain(name), [...fields, field]);
  };
  for (const { field, synonyms } of importFields[recordType]) {
    for (const name of [field, ...synonyms]) add(name, field);
  }
  for (const { key, label } of customFields) {
    for (const name of [key, label, CUSTOM_PREFIX + key]) add(name, CUSTOM_PREFIX + key);
  }
  return fieldsOf;
}

/** `First_Name`, `first name` and `FirstName` are one name; letters of any script count. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

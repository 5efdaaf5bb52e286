import { AppError } from '../../platform/errors.ts';
import {
  type CustomFields,
  type CustomFieldsInput,
  type Field,
  type FieldValue,
  valueSchemas,
} from './fields.schema.ts';

/** Far below Firestore's 1 MiB for a document, so that the record's own fields have room. */
const MAX_BYTES = 200_000;

/**
 * A record's custom fields after a change: each given value checked against its definition.
 * Archived fields keep what they hold and take nothing new. A new record needs all that are
 * required, a changed one those among them that the change names.
 * @throws AppError invalid-argument: field customFields.<key>
 */
export function changeCustomFields(
  fields: readonly Field[],
  current: CustomFields | undefined,
  given: CustomFieldsInput,
): CustomFields {
  const definitions = new Map(fields.map((field) => [field.key, field]));
  const changed = new Map(Object.entries(current ?? {}));
  for (const [key, value] of Object.entries(given)) {
    const field = definitions.get(key);
    if (value === null) changed.delete(key);
    else if (field === undefined)
      throw refusal(key, 'is no field of this record type; define it in the settings first');
    else changed.set(key, checkValue(field, value));
  }
  const isNew = current === undefined;
  const missing = fields.find(
    ({ key, required, archived }) =>
      required && !archived && !changed.has(key) && (isNew || key in given),
  );
  if (missing) throw refusal(missing.key, 'is required; give it a value');
  const result = Object.fromEntries(changed);
  if (Buffer.byteLength(JSON.stringify(result)) > MAX_BYTES) {
    throw new AppError('invalid-argument', 'customFields: too much text; shorten some of it', {
      field: 'customFields',
    });
  }
  return result;
}

/** True when a new record must have one of these fields. */
export function isAnyRequired(fields: readonly Field[]): boolean {
  return fields.some(({ required, archived }) => required && !archived);
}

/** The ids of users among the values given, each of which must be a member. */
export function usersIn(
  fields: readonly Field[],
  given: CustomFieldsInput,
): { readonly key: string; readonly uid: string }[] {
  return fields.flatMap(({ key, type }) => {
    const uid = type === 'user' && Object.hasOwn(given, key) ? given[key] : undefined;
    return typeof uid === 'string' ? [{ key, uid }] : [];
  });
}

/** The given keys that have a value and no definition, each defined as a text. */
export function defineTexts(fields: readonly Field[], given: CustomFieldsInput): Field[] {
  const known = new Set(fields.map(({ key }) => key));
  return Object.entries(given).flatMap(([key, value]) => {
    if (known.has(key) || value === null) return [];
    const isText = typeof value === 'string';
    if (!isText) {
      throw refusal(
        key,
        'must be a text, for nobody has defined this field; or define it in the settings first',
      );
    }
    return [{ key, label: key, type: 'text', options: [], required: false, archived: false }];
  });
}

/** A refusal that names a custom field. */
export function refusal(key: string, message: string): AppError {
  const field = `customFields.${key}`;
  return new AppError('invalid-argument', `${field}: ${message}`, { field });
}

function checkValue({ key, type, options, archived }: Field, value: unknown): FieldValue {
  if (archived) throw refusal(key, 'is archived; restore the field or leave it out');
  const parsed = valueSchemas[type].safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refusal(
      [key, ...(issue?.path ?? [])].map(String).join('.'),
      issue?.message ?? 'is not valid',
    );
  }
  const chosen = type === 'picklist' || type === 'multiSelect' ? [parsed.data].flat() : [];
  const unknown = chosen.find((option) => !options.some((known) => known === option));
  if (unknown !== undefined) throw refusal(key, `must be one of: ${options.join(', ')}`);
  return parsed.data;
}

import type { OpenApi, Schema } from '../support/open-api.ts';

/** Texts that no field takes as a day or an instant. */
const NO_TIMES: ReadonlySet<string> = new Set(['date', 'date-time']);

/**
 * True when a value certainly breaks a schema of the OpenAPI document. A rule that the document
 * does not tell may refuse others as well: `false` says nothing.
 */
export function isInvalid(api: OpenApi, given: Schema, value: unknown): boolean {
  const schema = api.resolve(given);
  if (value === null) return !takesNull(api, schema);
  if (schema.anyOf !== undefined) return schema.anyOf.every((each) => isInvalid(api, each, value));
  if (schema.allOf !== undefined) return schema.allOf.some((each) => isInvalid(api, each, value));
  // JSON has no such number: 1e309 becomes infinite when it is read.
  if (typeof value === 'number' && !Number.isFinite(value)) return schema.type !== undefined;
  if (schema.enum !== undefined) return !schema.enum.includes(value);
  switch (schema.type) {
    case undefined:
      // Nothing but a null: `{ nullable: true }`.
      return schema.nullable === true;
    case 'string':
      return typeof value !== 'string' || isInvalidText(schema, value);
    case 'number':
    case 'integer':
      return typeof value !== 'number' || isInvalidNumber(schema, value);
    case 'boolean':
      return typeof value !== 'boolean';
    case 'array':
      return !Array.isArray(value) || isInvalidList(api, schema, value);
    case 'object':
      return (
        typeof value !== 'object' || Array.isArray(value) || isInvalidObject(api, schema, value)
      );
    default:
      throw new Error(`no such type: ${schema.type}`);
  }
}

function takesNull(api: OpenApi, schema: Schema): boolean {
  if (schema.nullable === true || schema.enum?.includes(null)) return true;
  if (schema.anyOf?.some((each) => takesNull(api, api.resolve(each)))) return true;
  return schema.type === undefined && schema.anyOf === undefined && schema.enum === undefined;
}

function isInvalidText(schema: Schema, text: string): boolean {
  const { pattern, format, minLength = 0, maxLength = Infinity } = schema;
  if (!text.isWellFormed()) return true;
  if (text.length < minLength || text.length > maxLength) return true;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return true;
  if (format === 'email') return !text.includes('@');
  return format !== undefined && NO_TIMES.has(format) && Number.isNaN(strictTime(text));
}

/** `2026-02-30` is no day, although `Date` takes it for the second of March. */
function strictTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}/.test(text)) return Number.NaN;
  const day = text.slice(0, 10);
  const asRead = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(asRead.getTime()) && asRead.toISOString().startsWith(day)
    ? time
    : Number.NaN;
}

function isInvalidNumber({ type, minimum, maximum }: Schema, value: number): boolean {
  if (type === 'integer' && !Number.isSafeInteger(value)) return true;
  return value < (minimum ?? -Infinity) || value > (maximum ?? Infinity);
}

function isInvalidList(api: OpenApi, schema: Schema, list: readonly unknown[]): boolean {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (list.length < minItems || list.length > maxItems) return true;
  return items !== undefined && list.some((item) => isInvalid(api, items, item));
}

function isInvalidObject(api: OpenApi, schema: Schema, value: object): boolean {
  const { properties = {}, required = [], additionalProperties } = schema;
  const entries = Object.entries(value);
  const names = new Set(entries.map(([name]) => name));
  if (required.some((name) => !names.has(name))) return true;
  return entries.some(([name, entry]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) return isInvalid(api, property, entry);
    return additionalProperties === false;
  });
}

/** A JSON Schema, as far as zod writes it and examples are made from it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly contains?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Texts that a person recognises, by the name of the field. */
const texts: Readonly<Record<string, string>> = {
  title: 'Website redesign',
  name: 'Acme',
  firstName: 'Ada',
  lastName: 'Lovelace',
  businessName: 'Bakery',
  email: 'ada@example.com',
  currency: 'USD',
  url: 'https://example.com/hooks',
  phone: '+12125550187',
};
const MAX_DEPTH = 8;

/** A value that a schema takes: the first of what there is to choose from, and no more than needed. */
export function exampleOf(
  schema: JsonSchema,
  definitions: Definitions,
  name = '',
  depth = 0,
): unknown {
  const below = (inner: JsonSchema, innerName = name) =>
    exampleOf(inner, definitions, innerName, depth + 1);
  if (depth > MAX_DEPTH) return null;
  if (schema.$ref !== undefined)
    return below(definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null');
  if (choice !== undefined) return below(choice);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => below(part)));
  }
  switch (schema.type) {
    case 'string':
      return exampleText(schema, name);
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'boolean':
      return false;
    case 'array':
      return exampleList(schema, below);
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, below(schema.properties?.[key] ?? {}, key)]),
      );
    default:
      return null;
  }
}

function exampleText({ format, pattern }: JsonSchema, name: string): string {
  if (format === 'date-time') return '2026-03-02T08:00:00.000Z';
  if (format === 'date') return '2026-03-02';
  if (format === 'email') return 'ada@example.com';
  if (format === 'uri') return 'https://example.com/';
  const known = texts[name];
  const candidates = [known, 'pQ8rT2uV5wX9yZ1aB4cD', 'USD', 'deal.won', '08:00', 'example', '1'];
  const fits = (text: string) => pattern === undefined || new RegExp(pattern, 'u').test(text);
  return candidates.find((text) => text !== undefined && fits(text)) ?? '';
}

function exampleList(
  { items, prefixItems, minItems = 0 }: JsonSchema,
  below: (schema: JsonSchema) => unknown,
): unknown[] {
  if (prefixItems !== undefined) return prefixItems.map(below);
  if (minItems === 0 || typeof items !== 'object') return [];
  return Array.from({ length: minItems }, () => below(items));
}

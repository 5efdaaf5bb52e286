import { z } from 'zod';
import { notFound } from '../../platform/errors.ts';
import { recordFields } from '../../platform/record.schema.ts';
import { eventPayloadSchema } from './event-payload.schema.ts';
import { happenings } from './event-types.ts';
import { exampleOf, type JsonSchema } from './json-schema-example.ts';

/** What of a kind of record its events are documented by. */
export interface DocumentedKind {
  readonly recordType: string;
  readonly collection: { readonly schema: z.ZodType };
  readonly hidden?: readonly string[];
}

/** One type of event in a few words. */
export interface TypeLine {
  readonly type: string;
  readonly recordType: string;
  readonly description: string;
}

/** The same with what its events look like. */
export interface TypeDocument extends TypeLine {
  readonly schema: JsonSchema;
  readonly example: unknown;
}

/** Every type of event that the kinds of record have, in the order of the kinds. */
export function listTypes(kinds: readonly DocumentedKind[]): TypeLine[] {
  return kinds.flatMap(({ recordType }) => {
    const { label, verbs } = happenings[recordType] ?? { label: recordType, verbs: {} };
    return Object.entries(verbs).map(([verb, sentence]) => ({
      ...{ type: `${recordType}.${verb}`, recordType },
      description: `${label} ${sentence}.`,
    }));
  });
}

/** The JSON Schema of one type of event, with an example of it. @throws AppError not-found */
export function documentType(kinds: readonly DocumentedKind[], type: string): TypeDocument {
  const line = listTypes(kinds).find((each) => each.type === type);
  const kind = kinds.find(({ recordType }) => recordType === line?.recordType);
  if (line === undefined || kind === undefined) throw notFound('Event type', type);
  const { $defs, properties } = fieldsOf(kind);
  const schema = eventSchemaOf(line, { $defs, properties });
  return { ...line, schema, example: exampleEvent(line, properties, $defs) };
}

/** The fields that events of a kind tell of: without bookkeeping, and without what is derived. */
function fieldsOf({ collection, hidden = [] }: DocumentedKind): {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
} {
  const whole = toJsonSchema(collection.schema);
  const left: ReadonlySet<string> = new Set([...recordFields, ...hidden]);
  const properties = Object.entries(whole.properties ?? {}).filter(([name]) => !left.has(name));
  return { properties: Object.fromEntries(properties), $defs: whole.$defs ?? {} };
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type !== 'date') return;
      // Times are told as texts.
      jsonSchema.type = 'string';
      jsonSchema.format = 'date-time';
    },
  }) as JsonSchema;
}

function eventSchemaOf(
  { type, recordType, description }: TypeLine,
  { properties, $defs }: ReturnType<typeof fieldsOf>,
): JsonSchema {
  const payload = toJsonSchema(eventPayloadSchema);
  const data = payload.properties?.data ?? {};
  const fields: JsonSchema = { type: 'object', properties, additionalProperties: false };
  const record: JsonSchema = {
    type: 'object',
    properties: { type: { const: recordType }, id: { type: 'string' } },
    required: ['type', 'id'],
  };
  return {
    ...payload,
    title: type,
    description,
    ...(Object.keys($defs).length === 0 ? {} : { $defs }),
    properties: {
      ...payload.properties,
      types: { type: 'array', items: { type: 'string' }, contains: { const: type } },
      data: {
        ...data,
        properties: { ...data.properties, record, before: fields, after: fields },
      },
    },
  };
}

/** So many changed fields an example shows. */
const SHOWN_CHANGES = 3;

function exampleEvent(
  { type, recordType }: TypeLine,
  properties: Readonly<Record<string, JsonSchema>>,
  $defs: Readonly<Record<string, JsonSchema>>,
): unknown {
  const all = Object.entries(properties).map(
    ([name, schema]) => [name, exampleOf(schema, $defs, name)] as const,
  );
  const isNew = type === `${recordType}.created`;
  const isGone = type === `${recordType}.purged`;
  const version = isNew ? 1 : 2;
  const shown = isNew || isGone ? all : all.slice(0, SHOWN_CHANGES);
  return {
    ...{ id: `Vb3mA9hT0sQ1xZ7kLw2e_${version}`, type, types: [type] },
    timestamp: '2026-03-02T08:00:00.000Z',
    data: {
      record: { type: recordType, id: 'Vb3mA9hT0sQ1xZ7kLw2e' },
      ...{ version, actor: 'pQ8rT2uV5wX9yZ1aB4cD' },
      ownerId: 'pQ8rT2uV5wX9yZ1aB4cD',
      teamId: 'tE4mA7sT1nO3rT6hW9eS',
      before: isNew ? {} : Object.fromEntries(shown),
      after: isGone ? {} : Object.fromEntries(shown),
      ...{ cause: null, recovered: false },
    },
  };
}

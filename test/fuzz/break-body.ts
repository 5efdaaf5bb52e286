import fc from 'fast-check';
import type { OpenApi, Schema } from '../support/open-api.ts';
import { isInvalid } from './is-invalid.ts';

type Path = readonly (string | number)[];

/** A body that its route must refuse, and the field that the refusal must name. */
export interface BrokenBody {
  readonly what: string;
  readonly field?: string;
  readonly body: unknown;
}

/** A place in a body, with the schema of what may stand there. */
interface Spot {
  readonly path: Path;
  readonly schema: Schema;
}

const LONG = 'x'.repeat(1501);
const nastyTexts = [
  ...['', '.', '..', 'a/b', '__x__', 'a b', LONG, 'a\u0000b', 'lone \ud800 surrogate', '\udc00'],
  ...['2026-02-30', '2026-13-01', '2026-02-30T00:00:00Z', '2026-01-01T25:00:00Z', 'yesterday'],
  ...['0000-00-00', '+275760-09-13', 'nobody', 'USDX', '-1', 'true', 'null', '[object Object]'],
];
const nastyNumbers = [...[Infinity, -Infinity, -1, 0.5, -0.1, 101, 10_001, 1e21, 2 ** 53, 1e-7]];
const nastyObjects: unknown[] = [
  ...[{}, { ['__proto__']: { role: 'admin' } }, { constructor: { prototype: {} } }, { length: 1 }],
  ...[[], [null], [[]], [{}], [Infinity], ['__x__'], Array.from({ length: 501 }, () => 'x')],
];
const nasty: readonly unknown[] = [
  ...[null, true, false, ...nastyTexts, ...nastyNumbers, ...nastyObjects],
];

/** The nasty values that one place must refuse, beside what a generator thinks of. */
function badValues(api: OpenApi, schema: Schema): fc.Arbitrary<unknown> {
  const resolved = api.resolve(schema);
  const edges: unknown[] = [
    ...(resolved.maxLength === undefined ? [] : ['y'.repeat(resolved.maxLength + 1)]),
    ...(resolved.minimum === undefined ? [] : [resolved.minimum - 1]),
    ...(resolved.maximum === undefined ? [] : [resolved.maximum + 1]),
    ...(resolved.maxItems === undefined ? [] : [Array(resolved.maxItems + 1).fill('a')]),
  ];
  const known = [...nasty, ...edges].filter((value) => isInvalid(api, schema, value));
  const anything = fc.jsonValue({ maxDepth: 2 });
  const thought = anything.filter((value) => isInvalid(api, schema, value));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: thought },
  );
}

/** Every way in which a body can break its schema. */
export function brokenBodies(
  api: OpenApi,
  schema: Schema,
  valid: unknown,
): fc.Arbitrary<BrokenBody> {
  const spots = spotsIn(api, schema, valid, []);
  const objects = spots.concat({ path: [], schema }).filter((spot) => isObjectAt(api, valid, spot));
  const closed = objects.filter((spot) => api.resolve(spot.schema).additionalProperties === false);
  const required = objects.flatMap(({ path, schema: at }) =>
    (api.resolve(at).required ?? []).map((name): Path => [...path, name]),
  );
  const fillable = spots.filter((spot) => hasBadValues(api, spot.schema));
  return fc.oneof(
    wholeBodies(),
    ...(fillable.length === 0 ? [] : [{ weight: 6, arbitrary: wrongValues(api, fillable, valid) }]),
    ...(closed.length === 0 ? [] : [{ weight: 2, arbitrary: surplusFields(api, closed, valid) }]),
    ...(required.length === 0
      ? []
      : [fc.constantFrom(...required).map((path) => without(valid, path))]),
  );
}

/** Bodies with something odd in one place, which may be valid all the same. */
export function oddBodies(api: OpenApi, schema: Schema, valid: unknown): fc.Arbitrary<unknown> {
  const paths = spotsIn(api, schema, valid, []).map(({ path }) => path);
  const values = fc.oneof(fc.constantFrom(...nasty), fc.jsonValue({ maxDepth: 3 }));
  return fc
    .tuple(fc.constantFrom<Path>([], ...paths), values)
    .map(([path, value]) => replaceAt(valid, path, value));
}

function wrongValues(api: OpenApi, spots: readonly Spot[], valid: unknown) {
  return fc
    .constantFrom(...spots)
    .chain(({ path, schema }) => badValues(api, schema).map((value) => ({ path, value })))
    .map(({ path, value }) => ({
      what: 'a wrong value',
      field: path.join('.'),
      body: replaceAt(valid, path, value),
    }));
}

const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

function surplusFields(api: OpenApi, closed: readonly Spot[], valid: unknown) {
  const names = fc.oneof(
    fc.constantFrom(...PROTOTYPE_NAMES, 'surplus', 'orgId', 'createdBy', '$where', 'a.b', '0'),
    fc.string({ minLength: 1, maxLength: 20 }),
  );
  return fc
    .tuple(fc.constantFrom(...closed), names, fc.constantFrom<unknown>('x', null, 1, {}))
    .filter(([{ schema }, name]) => !Object.hasOwn(api.resolve(schema).properties ?? {}, name))
    .map(([{ path }, name, value]) => ({
      what: 'a surplus field',
      field: [...path, name].join('.'),
      body: replaceAt(valid, [...path, name], value),
    }));
}

function without(valid: unknown, path: Path): BrokenBody {
  const name = path.at(-1);
  const parent = path.slice(0, -1);
  const entries = Object.entries(objectAt(valid, parent) ?? {}).filter(([key]) => key !== name);
  return {
    what: 'a missing field',
    field: path.join('.'),
    body: replaceAt(valid, parent, Object.fromEntries(entries)),
  };
}

function wholeBodies(): fc.Arbitrary<BrokenBody> {
  return fc
    .constantFrom<unknown>([], [{}], 'text', 0, 1, true, false, null, Infinity)
    .map((body) => ({ what: 'a body that is no object', body }));
}

function hasBadValues(api: OpenApi, schema: Schema): boolean {
  return nasty.some((value) => isInvalid(api, schema, value));
}

/** All places in the schema that a valid body can have, in the objects and lists that it has. */
function spotsIn(api: OpenApi, given: Schema, valid: unknown, path: Path): Spot[] {
  const schema = api.resolve(given);
  const here = path.length === 0 ? [] : [{ path, schema }];
  if (Array.isArray(valid) && schema.items !== undefined) {
    const [first] = valid;
    return [
      ...here,
      ...(valid.length === 0 ? [] : spotsIn(api, schema.items, first, [...path, 0])),
    ];
  }
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    valid !== undefined ? spotsIn(api, property, objectAt(valid, [])?.[name], [...path, name]) : [],
  );
  return [...here, ...inside];
}

function isObjectAt(api: OpenApi, valid: unknown, { path, schema }: Spot): boolean {
  return objectAt(valid, path) !== undefined && api.resolve(schema).type === 'object';
}

function objectAt(value: unknown, path: Path): Record<string, unknown> | undefined {
  let found: unknown = value;
  for (const step of path) found = Object(found)[step];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
  return Object.fromEntries(Object.entries(found));
}

/** A copy of a value with something else in one place. */
export function replaceAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((entry, index) =>
      index === step ? replaceAt(entry, rest, replacement) : entry,
    );
  }
  const present: object = typeof value === 'object' && value !== null ? value : {};
  const inner: unknown = Object.hasOwn(present, step) ? Reflect.get(present, step) : undefined;
  // A computed name, or `__proto__` would set the prototype.
  return { ...present, [step]: replaceAt(inner, rest, replacement) };
}

/** The places in a body that hold a text, with the text. */
export function textsIn(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry])
    : Object.entries(value);
  return entries.flatMap(([key, entry]) => textsIn(entry, [...path, key]));
}

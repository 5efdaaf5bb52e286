import fc from 'fast-check';
import type { OpenApi, Route } from '../support/open-api.ts';
import { brokenBodies, replaceAt, textsIn } from './break-body.ts';
import type { Example } from './example.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { isInvalid } from './is-invalid.ts';
import { assemble, type Parts, type RawRequest, toJson } from './send.ts';

/** A request with one thing wrong, which must be refused. */
export interface Broken extends RawRequest {
  readonly what: string;
  /** What the refusal must name, where one thing is to blame. */
  readonly field?: string;
}

type Change = Partial<Parts> & { readonly what: string; readonly field?: string };

const JSON_TYPE = 'application/json';

/** All the ways in which an example of a route can be broken, or undefined when it takes nothing. */
export function breakagesOf(
  api: OpenApi,
  route: Route,
  example: Example,
  parts: Parts,
  world: FuzzWorld,
): fc.Arbitrary<Broken> | undefined {
  const changes = [
    ...(example.by === 'nobody' ? [] : [wrongTokens(parts)]),
    ...wrongParams(api, route, parts, world, example),
    ...wrongQueries(api, route, example),
    ...(example.body === undefined ? [] : wrongBodies(api, route, example, parts, world)),
    ...(example.form === undefined ? [] : [wrongForms(parts)]),
  ];
  if (changes.length === 0) return undefined;
  return fc.oneof(...changes).map(({ what, field, ...change }) => ({
    ...assemble({ ...parts, ...change }),
    what,
    ...(field === undefined ? {} : { field }),
  }));
}

/** Whoever is nobody gets nothing, whatever else is right. */
function wrongTokens({ headers }: Parts): fc.Arbitrary<Change> {
  const { Authorization: valid = '', ...others } = headers;
  const cut = fc.nat({ max: valid.length - 8 }).map((length) => valid.slice(0, 7 + length));
  const wrong = fc.oneof(
    fc.constantFrom(
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer null',
      'Bearer ak_x',
      'Bearer a.b.c',
    ),
    cut,
    fc.stringMatching(/^[\w.~+/-]{1,60}$/).map((token) => `Bearer ${token}`),
  );
  return fc
    .oneof(
      fc.constant({ what: 'no token', headers: others }),
      wrong.map((Authorization) => ({
        what: 'a wrong token',
        headers: { ...others, Authorization },
      })),
    )
    .filter(
      (change) => !('Authorization' in change.headers && change.headers.Authorization === valid),
    );
}

const nastyIds = [
  'a/b',
  '__x__',
  'x'.repeat(1501),
  'a\u0000b',
  'a b',
  'é',
  '\u202e',
  '%',
  '?',
  '#',
];

function wrongParams(
  api: OpenApi,
  { parameters }: Route,
  { params }: Parts,
  world: FuzzWorld,
  { params: valid = {} }: Example,
): fc.Arbitrary<Change>[] {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name, schema }) => {
      const refused = (text: string) => isInvalid(api, schema, text);
      const bad = fc
        .oneof(fc.constantFrom(...nastyIds), fc.string({ minLength: 1, maxLength: 60 }))
        // Every client resolves these two before it sends them.
        .filter((text) => refused(text) && text !== '.' && text !== '..');
      const raw = fc.constantFrom('%', '%zz', '%E0%A4%A', '%ED%A0%80', '%2F', '%00', '%2e%2e%2f');
      const foreign = world.foreignOf(valid[name] ?? '');
      const absent = [...(foreign === undefined ? [] : [foreign]), 'noSuchThing'];
      return [
        bad.map((text) => withParam(params, name, encodeURIComponent(text))),
        raw.map((text) => withParam(params, name, text)),
        fc.constantFrom(...absent).map((id) => ({
          what: `the ${name} of nothing here`,
          params: { ...params, [name]: id },
        })),
      ];
    });
}

function withParam(params: Parts['params'], name: string, text: string): Change {
  return { what: `a wrong ${name} in the path`, field: name, params: { ...params, [name]: text } };
}

const nastyQueryTexts = [
  ...['', 'x', '-1', '0', '1e9', '1.5', 'NaN', 'Infinity', '1e309', 'null', '[]', '2026-02-30'],
  ...['2026-13-01', '__x__', 'a/b', 'x'.repeat(1501), 'x'.repeat(4001), '\u0000', 'undefined'],
];
/** Rules that the OpenAPI document does not tell; no list has pages of more than 200. */
const alwaysWrong: Readonly<Record<string, readonly string[]>> = {
  limit: ['-1', '0', '1e9', '1.5', '201', 'NaN', ''],
  page: ['-1', '0', '1e9', '1.5', 'NaN', ''],
  cursor: ['x', '!!!', ...[[], {}, 0, 'x', [1], [null, '../x'], [{}, 'x']].map(cursorOf)],
};

function cursorOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function wrongQueries(
  api: OpenApi,
  { parameters }: Route,
  { query = {} }: Example,
): fc.Arbitrary<Change>[] {
  const declared = parameters.filter((parameter) => parameter.in === 'query');
  if (declared.length === 0) return [];
  const names = new Set(declared.map(({ name }) => name));
  const valued = declared.flatMap(({ name, schema }) => {
    const isNumber = api.resolve(schema).type === 'number';
    // Numbers arrive as texts; only a text that is no number at all is known to be wrong.
    const known = nastyQueryTexts.filter((text) =>
      isNumber ? !Number.isFinite(Number(text)) : isInvalid(api, schema, text),
    );
    const wrong = [...known, ...(alwaysWrong[name] ?? [])];
    const texts = wrong.length === 0 ? [] : [fc.constantFrom(...wrong)];
    const twice = fc.constant({
      what: 'a parameter sent twice',
      field: name,
      query: `${queryOf(query, name, 'x')}&${name}=y`,
    });
    return [
      twice,
      ...texts.map((text) =>
        text.map((value) => ({
          what: 'a wrong parameter',
          field: name,
          query: queryOf(query, name, value),
        })),
      ),
    ];
  });
  const surplus = fc
    .oneof(
      fc.constantFrom('surplus', '__proto__', 'constructor', 'orgId'),
      fc.stringMatching(/^[a-z]{1,12}$/),
    )
    .filter((name) => !names.has(name))
    .map((name) => ({
      what: 'a surplus parameter',
      field: name,
      query: queryOf(query, name, '1'),
    }));
  const missing = declared.filter(({ required }) => required).map(({ name }) => name);
  return [
    ...valued,
    surplus,
    ...missing.map((name) =>
      fc.constant({ what: 'a missing parameter', field: name, query: queryOf(query, name) }),
    ),
  ];
}

function queryOf(valid: Readonly<Record<string, string>>, name: string, value?: string): string {
  const others = Object.entries(valid).filter(([key]) => key !== name);
  return new URLSearchParams(value === undefined ? others : [...others, [name, value]]).toString();
}

function wrongBodies(
  api: OpenApi,
  { requestBody }: Route,
  { body, isBatch = false }: Example,
  { headers }: Parts,
  world: FuzzWorld,
): fc.Arbitrary<Change>[] {
  const schema = requestBody?.content[JSON_TYPE]?.schema;
  if (schema === undefined) return [];
  const inJson = (value: unknown) => ({ body: toJson(value) });
  const broken = brokenBodies(api, schema, body).map(({ what, field, body: value }) => ({
    what,
    ...(field === undefined ? {} : { field }),
    ...inJson(value),
  }));
  const wrongRefs = isBatch ? [] : wrongReferences(body, world);
  return [
    ...Array.from({ length: 6 }, () => broken),
    ...(wrongRefs.length === 0 ? [] : [fc.constantFrom(...wrongRefs)]),
    notJson(toJson(body)),
    ...(requestBody?.required ? [wrongTypes(headers, toJson(body))] : []),
    ...('Authorization' in headers ? [wrongKeys(headers)] : []),
  ];
}

/** Stages that do not exist, and people and records of another organisation or of none. */
function wrongReferences(body: unknown, world: FuzzWorld): Change[] {
  return textsIn(body).flatMap(({ path, text }) => {
    const foreign = world.foreignOf(text);
    const isStage = path.at(-1) === 'stage';
    const wrong = [
      ...(foreign === undefined ? [] : [foreign]),
      ...(isStage || foreign ? ['noSuchThing'] : []),
    ];
    return wrong.map((value) => ({
      what: `a reference to nothing here (${path.join('.')})`,
      field: path.join('.'),
      body: toJson(replaceAt(body, path, value)),
    }));
  });
}

function notJson(valid: string): fc.Arbitrary<Change> {
  const text = fc.oneof(
    fc.nat({ max: valid.length - 2 }).map((length) => valid.slice(0, 1 + length)),
    fc.constantFrom('{', '{"a":}', "{'a':1}", 'undefined', '{"a":1,}', '{a:1}', `${valid}}`, 'NaN'),
    fc.constantFrom('[', '\u0000', '<xml/>', '{"a":"\n"}', '{"a":01}', '{"a":"\\x"}', '--'),
  );
  return text.map((body) => ({ what: 'a body that is no JSON', body }));
}

/** A body that is not sent as UTF-8 JSON; most of them would be, if the header were right. */
function wrongTypes(headers: Parts['headers'], valid: string): fc.Arbitrary<Change> {
  const { 'Content-Type': _, ...others } = headers;
  const types = [
    ...['text/plain', 'text/html', 'application/x-www-form-urlencoded', 'application/xml'],
    ...['multipart/form-data', 'application/octet-stream', 'application/jsonp', 'json'],
    ...['application/json; charset=utf-16', 'application/json; charset=iso-8859-1'],
    ...['application/json;charset=us-ascii-but-not-really'],
  ];
  const notUtf8 = Buffer.concat([
    Buffer.from(valid.slice(0, valid.lastIndexOf('"'))),
    Buffer.from([0xff, 0xfe, 0xc3]),
    Buffer.from(valid.slice(valid.lastIndexOf('"'))),
  ]);
  return fc.oneof(
    fc.constantFrom(...types).map((type) => ({
      what: `JSON sent as ${type}`,
      headers: { ...others, 'Content-Type': type },
    })),
    fc.constant({ what: 'a body that is not UTF-8', body: new Uint8Array(notUtf8) }),
    fc.constant({ what: 'JSON in UTF-16', body: new Uint8Array(Buffer.from(valid, 'utf16le')) }),
  );
}

function wrongKeys(headers: Parts['headers']): fc.Arbitrary<Change> {
  return fc.constantFrom('x'.repeat(256), ' ', 'k'.repeat(1501)).map((key) => ({
    what: 'a wrong idempotency key',
    field: 'Idempotency-Key',
    headers: { ...headers, 'Idempotency-Key': key },
  }));
}

function wrongForms({ headers, body }: Parts): fc.Arbitrary<Change> {
  const valid = String(body);
  const { 'Content-Type': type = '', ...others } = headers;
  return fc.oneof(
    fc
      .nat({ max: valid.length - 20 })
      .map((length) => ({ what: 'a cut form', body: valid.slice(0, length) })),
    fc.constant({ what: 'no file', field: 'file', body: valid.replace('; filename="a.csv"', '') }),
    fc.constant({ what: 'another file', body: valid.replace('name="file"', 'name="other"') }),
    fc.constant({
      what: 'a surplus field',
      body: valid.replace('name="tagAll"', 'name="surplus"'),
    }),
    fc
      .constantFrom('application/json', 'text/csv', 'multipart/form-data', `${type}x`)
      .map((wrong) => ({
        what: `a form sent as ${wrong}`,
        headers: { ...others, 'Content-Type': wrong },
      })),
  );
}

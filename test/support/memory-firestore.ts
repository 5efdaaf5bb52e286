/**
 * Firestore in the memory of the process: the real client, with what it would send to the server
 * answered here. For tests that make very many small commits; what they need of the protocol is
 * here, and everything else throws. test/money-model/memory-firestore.test.ts holds it against the
 * emulator.
 */
import { PassThrough } from 'node:stream';
import { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import {
  compareValues,
  type Fields,
  fieldAt,
  increase,
  matches,
  pathOf,
  type Value,
  withField,
} from './memory-values.ts';

type Watcher = (name: string, before: Fields | undefined, after: Fields | undefined) => void;

interface Document {
  readonly name: string;
  readonly fields: Fields;
  readonly createTime: Time;
  readonly updateTime: Time;
}

interface Time {
  readonly seconds: number;
  readonly nanos: number;
}

const fieldsSchema = z.custom<Fields>((value) => typeof value === 'object' && value !== null);
const writeSchema = z.object({
  update: z.object({ name: z.string(), fields: fieldsSchema }).nullish(),
  delete: z.string().nullish(),
  updateMask: z.object({ fieldPaths: z.array(z.string()).default([]) }).nullish(),
  updateTransforms: z
    .array(
      z.union([
        z.object({ fieldPath: z.string(), increment: fieldsSchema }).strict(),
        z.object({ fieldPath: z.string(), setToServerValue: z.literal('REQUEST_TIME') }).strict(),
      ]),
    )
    .nullish(),
  currentDocument: z
    .object({
      exists: z.boolean().nullish(),
      updateTime: z.object({ seconds: z.coerce.number(), nanos: z.number() }).nullish(),
    })
    .nullish(),
});
type Write = z.infer<typeof writeSchema>;
const commitSchema = z.object({ writes: z.array(writeSchema) });
const getSchema = z.object({ documents: z.array(z.string()) });

const cursorSchema = z.object({
  values: z.array(z.custom<Value>((value) => typeof value === 'object')),
  before: z.boolean().nullish(),
});
const querySchema = z.object({
  from: z.tuple([z.object({ collectionId: z.string(), allDescendants: z.boolean().nullish() })]),
  where: z.unknown().optional(),
  orderBy: z
    .array(
      z.object({
        field: z.object({ fieldPath: z.string() }),
        direction: z.enum(['ASCENDING', 'DESCENDING']),
      }),
    )
    .nullish(),
  startAt: cursorSchema.nullish(),
  limit: z.object({ value: z.number() }).nullish(),
  offset: z.number().nullish(),
});
type StructuredQuery = z.infer<typeof querySchema>;
const runQuerySchema = z.object({ parent: z.string(), structuredQuery: querySchema });
const aggregationSchema = z.object({
  parent: z.string(),
  structuredAggregationQuery: z.object({
    structuredQuery: querySchema,
    aggregations: z.array(
      z.object({
        alias: z.string(),
        count: z.unknown().optional(),
        sum: z.object({ field: z.object({ fieldPath: z.string() }) }).nullish(),
      }),
    ),
  }),
});

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const FAILED_PRECONDITION = 9;

/** What the server holds. */
export class MemoryFirestore {
  /** By collection, then by document. */
  readonly #collections = new Map<string, Map<string, Document>>();
  #ticks = 0;
  #watcher: Watcher | undefined;

  /** Has every client in this test file talk to this memory instead of a server. */
  static install(): MemoryFirestore {
    const memory = new MemoryFirestore();
    const answer = (name: string, value: unknown) =>
      Object.defineProperty(Firestore.prototype, name, {
        configurable: true,
        writable: true,
        value,
      });
    answer('initializeIfNeeded', () => Promise.resolve());
    answer('request', async (method: string, request: unknown) => memory.#request(method, request));
    answer('requestStream', async (method: string, _bidirectional: boolean, request: unknown) =>
      streamOf(memory.#answers(method, request)),
    );
    return memory;
  }

  /** Tells of every document that is written from now on, as triggers are told. */
  watch(watcher: Watcher): void {
    this.#watcher = watcher;
  }

  /** Forgets everything. */
  clear(): void {
    this.#collections.clear();
  }

  #request(method: string, request: unknown): unknown {
    if (method !== 'commit') throw new Error(`the memory knows no ${method}`);
    const { writes } = commitSchema.parse(request);
    const commitTime = this.#tick();
    const changed = new Map<string, Document | undefined>();
    const present = (name: string) => (changed.has(name) ? changed.get(name) : this.#find(name));
    for (const write of writes) {
      const name = write.update?.name ?? write.delete ?? '';
      const before = present(name);
      requirePrecondition(write, name, before);
      changed.set(name, write.update ? changedBy(write, before, commitTime) : undefined);
    }
    for (const [name, document] of changed) {
      this.#watcher?.(name, this.#find(name)?.fields, document?.fields);
      this.#put(name, document);
    }
    return { commitTime, writeResults: writes.map(() => ({ updateTime: commitTime })) };
  }

  #answers(method: string, request: unknown): unknown[] {
    const readTime = this.#tick();
    if (method === 'batchGetDocuments') {
      return getSchema.parse(request).documents.map((name) => {
        const found = this.#find(name);
        return found === undefined ? { missing: name, readTime } : { found, readTime };
      });
    }
    if (method === 'runQuery') {
      const { parent, structuredQuery } = runQuerySchema.parse(request);
      const found = this.#select(parent, structuredQuery);
      return [{ readTime }, ...found.map((document) => ({ document, readTime }))];
    }
    if (method !== 'runAggregationQuery') throw new Error(`the memory knows no ${method}`);
    const { parent, structuredAggregationQuery } = aggregationSchema.parse(request);
    const { structuredQuery, aggregations } = structuredAggregationQuery;
    const summed = aggregations.flatMap(({ sum }) => sum?.field.fieldPath ?? []);
    // The index that serves it holds documents that have all the fields.
    const found = this.#select(parent, structuredQuery).filter((document) =>
      summed.every((path) => valueIn(document, path) !== undefined),
    );
    const aggregateFields = aggregations.map(({ alias, sum }) => [
      alias,
      { integerValue: sum ? sumOf(found, sum.field.fieldPath) : found.length },
    ]);
    return [{ result: { aggregateFields: Object.fromEntries(aggregateFields) }, readTime }];
  }

  #select(parent: string, query: StructuredQuery): Document[] {
    const [{ collectionId, allDescendants }] = query.from;
    const orders = (query.orderBy ?? []).map(({ field, direction }) => ({
      path: field.fieldPath,
      sign: direction === 'ASCENDING' ? 1 : -1,
    }));
    const compare = (a: Document, b: Document) => {
      for (const { path, sign } of orders) {
        const order = compareValues(valueIn(a, path), valueIn(b, path));
        if (order !== 0) return sign * order;
      }
      return a.name < b.name ? -1 : 1;
    };
    const isAfter = (document: Document) => {
      if (!query.startAt) return true;
      const { values, before } = query.startAt;
      for (const [index, value] of values.entries()) {
        const { path, sign } = orders[index] ?? { path: '__name__', sign: 1 };
        const order = sign * compareValues(valueIn(document, path), value);
        if (order !== 0) return order > 0;
      }
      return before === true;
    };
    const from = query.offset ?? 0;
    return this.#collectionsNamed(parent, collectionId, allDescendants === true)
      .flatMap((collection) => [...collection.values()])
      .filter((document) => matches(query.where, (path) => valueIn(document, path)))
      .filter((document) => orders.every(({ path }) => valueIn(document, path) !== undefined))
      .sort(compare)
      .filter(isAfter)
      .slice(from, query.limit ? from + query.limit.value : undefined);
  }

  #collectionsNamed(parent: string, id: string, anywhere: boolean): Map<string, Document>[] {
    if (!anywhere) return [this.#collections.get(`${parent}/${id}`) ?? new Map()];
    return [...this.#collections]
      .filter(([path]) => path.endsWith(`/${id}`))
      .map(([, collection]) => collection);
  }

  #find(name: string): Document | undefined {
    return this.#collections.get(collectionOf(name))?.get(name);
  }

  #put(name: string, document: Document | undefined): void {
    const path = collectionOf(name);
    const collection = this.#collections.get(path) ?? new Map<string, Document>();
    this.#collections.set(path, collection);
    if (document === undefined) collection.delete(name);
    else collection.set(name, document);
  }

  #tick(): Time {
    this.#ticks += 1;
    return {
      seconds: 1_800_000_000 + Math.floor(this.#ticks / 1e6),
      nanos: (this.#ticks % 1e6) * 1000,
    };
  }
}

function collectionOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}

function requirePrecondition(
  { currentDocument }: Write,
  name: string,
  before: Document | undefined,
): void {
  const { exists, updateTime } = currentDocument ?? {};
  if (exists === false && before !== undefined) throw refusal(ALREADY_EXISTS, name);
  if (exists === true && before === undefined) throw refusal(NOT_FOUND, name);
  if (!updateTime) return;
  if (before === undefined) throw refusal(NOT_FOUND, name);
  const { seconds, nanos } = before.updateTime;
  if (seconds !== updateTime.seconds || nanos !== updateTime.nanos) {
    throw refusal(FAILED_PRECONDITION, name);
  }
}

function refusal(code: number, name: string): Error {
  return Object.assign(new Error(`${code}: ${name}`), { code });
}

function changedBy(
  { update, updateMask, updateTransforms }: Write,
  before: Document | undefined,
  updateTime: Time,
): Document {
  if (!update) throw new Error('a write is an update');
  let fields: Fields = updateMask ? (before?.fields ?? {}) : update.fields;
  for (const text of updateMask?.fieldPaths ?? []) {
    const path = pathOf(text);
    fields = withField(fields, path, fieldAt(update.fields, path));
  }
  for (const transform of updateTransforms ?? []) {
    const path = pathOf(transform.fieldPath);
    const value =
      'increment' in transform
        ? increase(fieldAt(fields, path), transform.increment)
        : { timestampValue: updateTime };
    fields = withField(fields, path, value);
  }
  return { name: update.name, fields, createTime: before?.createTime ?? updateTime, updateTime };
}

function valueIn({ name, fields }: Document, path: string): Value | undefined {
  return path === '__name__' ? { referenceValue: name } : fieldAt(fields, pathOf(path));
}

function sumOf(documents: readonly Document[], path: string): number {
  return documents.reduce((sum, document) => {
    const { integerValue } = valueIn(document, path) ?? {};
    return sum + Number(integerValue ?? 0);
  }, 0);
}

function streamOf(answers: readonly unknown[]): PassThrough {
  const stream = new PassThrough({ objectMode: true, highWaterMark: answers.length + 1 });
  for (const answer of answers) stream.write(answer);
  stream.end();
  return stream;
}

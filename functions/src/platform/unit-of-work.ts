import {
  AggregateField,
  type CollectionReference,
  type DocumentReference,
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  type Query,
  type Timestamp,
  type WriteBatch,
} from 'firebase-admin/firestore';
import { type Collection, parseStored, type Stored } from './collection.ts';
import { notFound } from './errors.ts';
import type { Meter } from './meter.ts';
import { cursorAfter, type PageRequest, pageOf } from './paging.ts';
import type { Cause } from './record.schema.ts';

/** gRPC codes by which a commit says that it lost a race: ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED. */
const ALREADY_EXISTS = 6;
const LOST_RACE_CODES: ReadonlySet<unknown> = new Set([ALREADY_EXISTS, 9, 10]);
/** An aggregation is billed one read for each batch of up to this many index entries. */
const ENTRIES_PER_AGGREGATION_READ = 1000;

type Shape = (query: Query) => Query;

/** One write of a unit of work, waiting for the batch it goes into. */
export interface Write {
  readonly path: string;
  readonly addTo: (batch: WriteBatch) => void;
}

/**
 * Reads and one atomic write in one organisation: a collection knows its place in each.
 * Writes wait until `commit`. A document that was read and then updated carries its read time as a
 * precondition; a document that was read but not written is not guarded.
 */
export class UnitOfWork {
  readonly orgId: string;
  /** The event that all that is written here goes back to, when an automation writes it. */
  readonly cause: Cause | null;
  readonly #db: Firestore;
  readonly #meter: Meter;
  readonly #bulk: Bulk | undefined;
  readonly #writes: Write[] = [];
  readonly #readTimes = new Map<string, Timestamp>();

  constructor({ db, meter, bulk }: Store, orgId: string, cause: Cause | null = null) {
    this.#db = db;
    this.#meter = meter;
    this.#bulk = bulk;
    this.orgId = orgId;
    this.cause = cause;
  }

  /** The record with this id, or undefined. */
  async find<T extends object>(
    collection: Collection<T>,
    id: string,
  ): Promise<Stored<T> | undefined> {
    const ref = this.#doc(collection, id);
    if (this.#bulk) return (await this.#findInBulk(collection, [ref], this.#bulk))[0];
    const snapshot = await this.#meter.trip(() => ref.get());
    this.#meter.reads += 1;
    return this.#keep(collection, snapshot);
  }

  /** The record with this id. @throws AppError not-found */
  async get<T extends object>(collection: Collection<T>, id: string): Promise<Stored<T>> {
    const found = await this.find(collection, id);
    if (found === undefined) throw notFound(collection.label, id);
    return found;
  }

  /** The records with these ids that exist, by id. One round trip. */
  async findMany<T extends object>(
    collection: Collection<T>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Stored<T>>> {
    if (ids.length === 0) return new Map();
    const refs = [...new Set(ids)].map((id) => this.#doc(collection, id));
    const found = await (this.#bulk
      ? this.#findInBulk(collection, refs, this.#bulk)
      : this.#findAll(collection, refs));
    return new Map(found.map((record) => [record.id, record]));
  }

  /** All records that `shape` selects; it must set a limit. */
  async query<T extends object>(collection: Collection<T>, shape: Shape): Promise<Stored<T>[]> {
    const { docs } = await this.#meter.trip(() => shape(this.#collection(collection)).get());
    this.#meter.reads += Math.max(1, docs.length);
    return docs.flatMap((doc) => this.#keep(collection, doc) ?? []);
  }

  /** The same for what many units look up alike, such as the managers of a team: `key` names it. */
  queryReference<T extends object>(
    collection: Collection<T>,
    key: string,
    shape: Shape,
  ): Promise<Stored<T>[]> {
    const load = () => this.query(collection, shape);
    return this.#bulk ? this.#bulk.once(`${this.orgId} ${key}`, load) : load();
  }

  /**
   * One page of the records that `shape` selects, and the cursor of the next one if there may be one.
   * `endCursor` is there for as long as something was found: for what grows at its end.
   */
  async page<T extends object>(
    collection: Collection<T>,
    shape: Shape,
    request: PageRequest,
  ): Promise<{ records: Stored<T>[]; nextCursor: string | null; endCursor: string | null }> {
    const query = pageOf(shape(this.#collection(collection)), request);
    const { docs } = await this.#meter.trip(() => query.get());
    // Skipped records are billed like those that are answered.
    this.#meter.reads += Math.max(1, docs.length) + (request.offset ?? 0);
    const last = docs.at(-1);
    const endCursor = last === undefined ? null : cursorAfter(last, request.order);
    return {
      records: docs.flatMap((doc) => this.#keep(collection, doc) ?? []),
      nextCursor: docs.length === request.limit ? endCursor : null,
      endCursor,
    };
  }

  /** How many records `shape` selects. */
  async count(collection: Collection<object>, shape: Shape): Promise<number> {
    const query = shape(this.#collection(collection)).count();
    const { count } = (await this.#meter.trip(() => query.get())).data();
    this.#meter.reads += Math.max(1, Math.ceil(count / ENTRIES_PER_AGGREGATION_READ));
    return count;
  }

  /**
   * What each of the fields sums to over the records that `shape` selects, as Firestore adds them up
   * without reading the records. At most five fields, and an index over the filters and the fields.
   */
  async sum(
    collection: Collection<object>,
    shape: Shape,
    fields: readonly string[],
  ): Promise<number[]> {
    const sums = fields.map((field, index) => [`sum${index}`, AggregateField.sum(field)] as const);
    const query = shape(this.#collection(collection)).aggregate(Object.fromEntries(sums));
    const result = (await this.#meter.trip(() => query.get())).data();
    // One for each batch of index entries; how many there were is not in the answer.
    this.#meter.reads += 1;
    return fields.map((_, index) => Number(result[`sum${index}`]));
  }

  /** Adds a document that must not exist yet; a record carries the cause of the unit of work. */
  create<T extends object>(collection: Collection<T>, id: string, data: T): Stored<T> {
    const caused = this.cause !== null && 'cause' in data ? { ...data, cause: this.cause } : data;
    const document = collection.schema.parse(caused);
    const ref = this.#doc(collection, id);
    const { stampedField } = collection;
    const stamp = stampedField && { [stampedField]: FieldValue.serverTimestamp() };
    const stamped = { ...document, ...stamp };
    this.#writes.push({ path: ref.path, addTo: (batch) => batch.create(ref, stamped) });
    return { ...document, id };
  }

  /** Changes the given fields of a document read in this unit of work. */
  update<T extends object>(
    collection: Collection<T>,
    current: Stored<T>,
    patch: Partial<T>,
  ): Stored<T> {
    requireChangeable(collection);
    const { id, ...before } = current;
    const document = collection.schema.parse({ ...before, ...patch });
    const ref = this.#doc(collection, id);
    const lastUpdateTime = this.#readTimes.get(ref.path);
    if (lastUpdateTime === undefined) throw new Error(`${ref.path} is updated without being read`);
    const changed = Object.entries(document).filter(([field]) => field in patch);
    const fields = Object.fromEntries(changed);
    this.#writes.push({
      path: ref.path,
      addTo: (batch) => batch.update(ref, fields, { lastUpdateTime }),
    });
    return { ...document, id };
  }

  /**
   * Sets fields of a document and adds to its numbers, in maps of them too; it is made when it is not
   * there. Needs no read and bears any number of others beside it.
   */
  accumulate<T extends object>(
    collection: Collection<T>,
    id: string,
    fields: Partial<T>,
    add: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
  ): void {
    requireChangeable(collection);
    const ref = this.#doc(collection, id);
    const data = { ...fields, ...increments(add) };
    this.#writes.push({
      path: ref.path,
      addTo: (batch) => batch.set(ref, data, { merge: true }),
    });
  }

  /** Removes a document read in this unit of work for good. */
  remove(collection: Collection<object>, { id }: { readonly id: string }): void {
    requireChangeable(collection);
    const ref = this.#doc(collection, id);
    const lastUpdateTime = this.#readTimes.get(ref.path);
    if (lastUpdateTime === undefined) throw new Error(`${ref.path} is removed without being read`);
    this.#writes.push({ path: ref.path, addTo: (batch) => batch.delete(ref, { lastUpdateTime }) });
  }

  /** Writes everything at once, or nothing. */
  async commit(): Promise<void> {
    if (this.#writes.length === 0) return;
    if (this.#bulk) return this.#bulk.commit(this.#writes);
    const batch = this.#db.batch();
    for (const write of this.#writes) write.addTo(batch);
    await this.#meter.trip(() => commitBatch(batch));
    this.#meter.writes += this.#writes.length;
  }

  async #findAll<T extends object>(
    collection: Collection<T>,
    refs: readonly DocumentReference[],
  ): Promise<Stored<T>[]> {
    const snapshots = await this.#meter.trip(() => this.#db.getAll(...refs));
    this.#meter.reads += refs.length;
    return snapshots.flatMap((snapshot) => this.#keep(collection, snapshot) ?? []);
  }

  async #findInBulk<T extends object>(
    collection: Collection<T>,
    refs: readonly DocumentReference[],
    bulk: Bulk,
  ): Promise<Stored<T>[]> {
    const snapshots = await Promise.all(refs.map((ref) => bulk.read(ref)));
    return snapshots.flatMap((snapshot) => this.#keep(collection, snapshot) ?? []);
  }

  #collection(collection: Collection<object>): CollectionReference {
    return this.#db.collection(collection.path(this.orgId));
  }

  #doc(collection: Collection<object>, id: string): DocumentReference {
    return this.#collection(collection).doc(id);
  }

  #keep<T extends object>(
    collection: Collection<T>,
    snapshot: DocumentSnapshot,
  ): Stored<T> | undefined {
    if (snapshot.updateTime) this.#readTimes.set(snapshot.ref.path, snapshot.updateTime);
    return parseStored(collection, snapshot);
  }
}

function requireChangeable({ label, appendOnly }: Collection<object>): void {
  if (appendOnly) throw new Error(`${label}: only ever added, never changed or removed`);
}

function increments(
  numbers: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(numbers).map(([field, value]) => [
      field,
      typeof value === 'number' ? FieldValue.increment(value) : increments(value),
    ]),
  );
}

/** Joins the reads and commits of units of work that run beside each other; bulk.ts has it. */
export interface Bulk {
  read(ref: DocumentReference): Promise<DocumentSnapshot>;
  /** Looks something up that does not change within the run, once for all units. */
  once<T>(key: string, load: () => Promise<T>): Promise<T>;
  commit(writes: readonly Write[]): Promise<void>;
}

/** The database, and the meter that counts what is asked of it. */
export interface Store {
  readonly db: Firestore;
  readonly meter: Meter;
  readonly bulk?: Bulk;
}

/** Opens a unit of work that nobody retries: for reading, and for writes that may fail. */
export function openUnit(
  { store, cause }: { readonly store: Store; readonly cause?: Cause },
  orgId: string,
): UnitOfWork {
  return new UnitOfWork(store, orgId, cause);
}

/** A commit that failed because another writer was faster. */
class LostRace extends Error {
  readonly isAlreadyExists: boolean;

  constructor(cause: Error & { readonly code: unknown }) {
    super(cause.message, { cause });
    this.name = 'LostRace';
    this.isAlreadyExists = cause.code === ALREADY_EXISTS;
  }
}

/**
 * Commits a batch and tells a lost race from every other error. A query answers with the same code
 * FAILED_PRECONDITION when its index is missing, which no repetition mends.
 */
export async function commitBatch(batch: WriteBatch): Promise<void> {
  try {
    await batch.commit();
  } catch (error) {
    if (error instanceof Error && 'code' in error && LOST_RACE_CODES.has(error.code)) {
      throw new LostRace(error);
    }
    throw error;
  }
}

/** True when a commit failed because another writer was faster. */
export function isContention(error: unknown): boolean {
  return error instanceof LostRace;
}

/** True when a commit failed because a document it was to create is there. */
export function isAlreadyExists(error: unknown): boolean {
  return error instanceof LostRace && error.isAlreadyExists;
}

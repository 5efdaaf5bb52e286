import type { DocumentReference, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import pMap from 'p-map';
import type { Meter } from './meter.ts';
import { type Bulk, commitBatch, isContention, type Store, type Write } from './unit-of-work.ts';

/** Writes in one commit; Firestore takes 500 with room for their transforms. */
const MAX_WRITES = 400;
const MAX_READS = 300;
const CONCURRENT_SINGLES = 16;
/** What use cases look up for each record and what does not change within one run. */
const REFERENCES = /^orgs\/[^/]+(?:\/(?:users|teams|stages|fieldSets|planBooks)\/[^/]+)?$/;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

type WaitingRead = Waiting<DocumentSnapshot> & { readonly ref: DocumentReference };
type WaitingCommit = Waiting<void> & { readonly writes: readonly Write[] };

/**
 * A store for doing one use case many times at once, an import for example: reads that come in
 * together travel together, reference data is read once, and commits that come in together are one
 * commit. Each unit of work still succeeds or fails as if it were alone: when a joint commit loses
 * a race, its units are committed one by one. In a dry run everything is read and checked and
 * every commit succeeds without writing anything.
 */
export function bulkStore(store: Store, { dryRun = false }: { dryRun?: boolean } = {}): Store {
  return { ...store, bulk: new JoinedStore(store.db, store.meter, dryRun) };
}

class JoinedStore implements Bulk {
  readonly #db: Firestore;
  readonly #meter: Meter;
  readonly #dryRun: boolean;
  readonly #references = new Map<string, Promise<DocumentSnapshot>>();
  readonly #lookups = new Map<string, Promise<unknown>>();
  #reads: WaitingRead[] = [];
  #commits: WaitingCommit[] = [];

  constructor(db: Firestore, meter: Meter, dryRun: boolean) {
    this.#db = db;
    this.#meter = meter;
    this.#dryRun = dryRun;
  }

  read(ref: DocumentReference): Promise<DocumentSnapshot> {
    if (!REFERENCES.test(ref.path)) return this.#readWithOthers(ref);
    const known = this.#references.get(ref.path);
    if (known) return known;
    const reading = this.#readWithOthers(ref);
    this.#references.set(ref.path, reading);
    reading.catch(() => this.#references.delete(ref.path));
    return reading;
  }

  once<T>(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.#lookups.get(key);
    // A key stands for one lookup, whose type is its own.
    if (known !== undefined) return known as Promise<T>;
    const loading = load();
    this.#lookups.set(key, loading);
    loading.catch(() => this.#lookups.delete(key));
    return loading;
  }

  commit(writes: readonly Write[]): Promise<void> {
    if (this.#dryRun) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#commits.push({ writes, resolve, reject });
      // Whoever reads or writes in the same turn of the event loop comes along.
      if (this.#commits.length === 1) setImmediate(() => this.#flushCommits());
    });
  }

  #readWithOthers(ref: DocumentReference): Promise<DocumentSnapshot> {
    return new Promise((resolve, reject) => {
      this.#reads.push({ ref, resolve, reject });
      if (this.#reads.length === 1) setImmediate(() => this.#flushReads());
    });
  }

  #flushReads(): void {
    const waiting = this.#reads;
    this.#reads = [];
    for (let from = 0; from < waiting.length; from += MAX_READS) {
      void this.#readTogether(waiting.slice(from, from + MAX_READS));
    }
  }

  async #readTogether(waiting: readonly WaitingRead[]): Promise<void> {
    const refs = [...new Map(waiting.map(({ ref }) => [ref.path, ref])).values()];
    try {
      const snapshots = await this.#meter.trip(() => this.#db.getAll(...refs));
      this.#meter.reads += refs.length;
      const byPath = new Map(snapshots.map((snapshot) => [snapshot.ref.path, snapshot]));
      for (const { ref, resolve, reject } of waiting) {
        const snapshot = byPath.get(ref.path);
        if (snapshot) resolve(snapshot);
        else reject(new Error(`${ref.path} was not answered`));
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  #flushCommits(): void {
    const waiting = this.#commits;
    this.#commits = [];
    for (const group of groupsOf(waiting)) void this.#commitTogether(group);
  }

  async #commitTogether(group: readonly WaitingCommit[]): Promise<void> {
    try {
      await this.#write(group.flatMap(({ writes }) => writes));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length > 1 && isContention(error)) await this.#commitSingly(group);
      else for (const { reject } of group) reject(error);
    }
  }

  async #commitSingly(group: readonly WaitingCommit[]): Promise<void> {
    await pMap(group, ({ writes, resolve, reject }) => this.#write(writes).then(resolve, reject), {
      concurrency: CONCURRENT_SINGLES,
    });
  }

  async #write(writes: readonly Write[]): Promise<void> {
    const batch = this.#db.batch();
    for (const write of writes) write.addTo(batch);
    await this.#meter.trip(() => commitBatch(batch));
    this.#meter.writes += writes.length;
  }
}

/**
 * Commits that may share one. Two that write the same document may not: within one commit the
 * second would not notice the first, and undo what it wrote.
 */
function groupsOf(waiting: readonly WaitingCommit[]): WaitingCommit[][] {
  const groups: { commits: WaitingCommit[]; size: number; paths: Set<string> }[] = [];
  for (const commit of waiting) {
    const { writes } = commit;
    let group = groups.at(-1);
    const fits =
      group !== undefined &&
      group.size + writes.length <= MAX_WRITES &&
      !writes.some(({ path }) => group?.paths.has(path));
    if (group === undefined || !fits) {
      group = { commits: [], size: 0, paths: new Set() };
      groups.push(group);
    }
    group.commits.push(commit);
    group.size += writes.length;
    for (const { path } of writes) group.paths.add(path);
  }
  return groups.map(({ commits }) => commits);
}

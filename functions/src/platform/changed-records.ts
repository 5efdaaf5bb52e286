import { type DocumentReference, type DocumentSnapshot, FieldPath } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Collection, Stored } from './collection.ts';
import { timestampsToDates } from './firestore.ts';
import type { RecordFields } from './records.ts';
import type { Store } from './unit-of-work.ts';

/** A commit becomes visible some time after the clock reading it carries. */
const OVERLAP_MS = 10 * 60 * 1000;
const watermarkSchema = z.object({ until: z.date() });

/** A record of any organisation that changed in a span of time. */
export interface Changed<T extends object> {
  readonly orgId: string;
  readonly record: Stored<T>;
}

/** A span of time, and how many records to look at in one page. */
export interface Span {
  readonly since: Date;
  readonly until: Date;
  readonly limit: number;
}

/**
 * Pages through the records of one kind, in all organisations, that changed from `since` until
 * `until`. What breaks its schema is left out: its trigger has reported it.
 */
export async function* changedRecords<T extends RecordFields>(
  { db, meter }: Store,
  collection: Collection<T>,
  { since, until, limit }: Span,
): AsyncGenerator<Changed<T>[]> {
  const name = collection.path('').split('/').at(-1) ?? '';
  const ordered = db
    .collectionGroup(name)
    .where('updatedAt', '>=', since)
    .where('updatedAt', '<', until)
    .orderBy('updatedAt')
    .orderBy(FieldPath.documentId())
    .limit(limit);
  let last: DocumentSnapshot | undefined;
  do {
    const page = last === undefined ? ordered : ordered.startAfter(last);
    const { docs } = await meter.trip(() => page.get());
    meter.reads += Math.max(1, docs.length);
    yield docs.flatMap((doc) => asChanged(collection, doc));
    last = docs.length === limit ? docs.at(-1) : undefined;
  } while (last !== undefined);
}

function asChanged<T extends RecordFields>(
  collection: Collection<T>,
  doc: DocumentSnapshot,
): Changed<T>[] {
  const orgId = doc.ref.parent.parent?.id;
  const parsed = collection.schema.safeParse(timestampsToDates(doc.data()));
  if (orgId === undefined || !parsed.success) return [];
  return [{ orgId, record: Object.assign(parsed.data, { id: doc.id }) }];
}

/**
 * Runs `work` over the time since its last successful run, with an overlap, so `work` must bear
 * seeing a change twice. `name` is where the watermark is kept, `system/{name}`.
 */
export async function sinceLastRun<R>(
  store: Store,
  name: string,
  until: Date,
  work: (since: Date) => Promise<R>,
): Promise<R> {
  const last = (await findWatermark(store, name))?.getTime() ?? 0;
  const result = await work(new Date(Math.max(0, last - OVERLAP_MS)));
  await store.meter.trip(() => watermarkRef(store, name).set({ until }));
  store.meter.writes += 1;
  return result;
}

/** Until when the named run has seen all changes, or undefined before its first time. */
export async function findWatermark(store: Store, name: string): Promise<Date | undefined> {
  const snapshot = await store.meter.trip(() => watermarkRef(store, name).get());
  store.meter.reads += 1;
  if (!snapshot.exists) return undefined;
  return watermarkSchema.parse(timestampsToDates(snapshot.data())).until;
}

function watermarkRef({ db }: Store, name: string): DocumentReference {
  return db.doc(`system/${name}`);
}

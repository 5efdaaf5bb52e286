import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { timestampsToDates } from '../../platform/firestore.ts';
import type { Store } from '../../platform/unit-of-work.ts';

/** A document as it is stored, whatever that is: what was tampered with may break its schema. */
export interface RawDocument {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PAGE = 500;

/**
 * All documents of a collection, page by page in the order of their ids; with `only`, these fields
 * of them. One billed read each.
 */
export async function* pagesOf(
  { db, meter }: Store,
  path: string,
  only?: readonly string[],
): AsyncGenerator<RawDocument[]> {
  const all = db.collection(path).orderBy('__name__').limit(PAGE);
  const ordered = only === undefined ? all : all.select(...only);
  let last: DocumentSnapshot | undefined;
  do {
    const page = last === undefined ? ordered : ordered.startAfter(last);
    const { docs } = await meter.trip(() => page.get());
    meter.reads += Math.max(1, docs.length);
    yield docs.map((doc) => ({ id: doc.id, fields: fieldsOf(doc) }));
    last = docs.length === PAGE ? docs.at(-1) : undefined;
  } while (last !== undefined);
}

function fieldsOf(doc: DocumentSnapshot): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(doc.data() ?? {}).map(([field, value]) => [field, timestampsToDates(value)]),
  );
}

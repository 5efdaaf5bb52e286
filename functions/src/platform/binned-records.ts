import { type DocumentSnapshot, FieldPath } from 'firebase-admin/firestore';
import type { Collection } from './collection.ts';
import type { Store } from './unit-of-work.ts';

/** A record of any organisation, named. */
export interface RecordPlace {
  readonly orgId: string;
  readonly id: string;
}

/** Pages through the records of one kind, in all organisations, that went into the bin before a time. */
export async function* binnedRecords(
  { db, meter }: Store,
  collection: Collection<object>,
  { before, limit }: { readonly before: Date; readonly limit: number },
): AsyncGenerator<RecordPlace[]> {
  const name = collection.path('').split('/').at(-1) ?? '';
  const ordered = db
    .collectionGroup(name)
    .where('deletedAt', '<', before)
    .orderBy('deletedAt')
    .orderBy(FieldPath.documentId())
    .limit(limit);
  let last: DocumentSnapshot | undefined;
  do {
    const page = last === undefined ? ordered : ordered.startAfter(last);
    const { docs } = await meter.trip(() => page.get());
    meter.reads += Math.max(1, docs.length);
    yield docs.flatMap(({ id, ref }) => {
      const orgId = ref.parent.parent?.id;
      return orgId === undefined ? [] : [{ orgId, id }];
    });
    last = docs.length === limit ? docs.at(-1) : undefined;
  } while (last !== undefined);
}

import type { Store } from './unit-of-work.ts';

/** A document, of any organisation, that something is to be sent for. */
export interface DueDocument {
  readonly orgId: string;
  readonly id: string;
}

/**
 * The documents of a collection whose `nextSendAt` has come, in all organisations, the longest
 * waiting first. At least one billed read.
 */
export async function findDue(
  { db, meter }: Store,
  collection: string,
  now: Date,
  limit: number,
): Promise<DueDocument[]> {
  const query = db
    .collectionGroup(collection)
    .where('nextSendAt', '<=', now)
    .orderBy('nextSendAt')
    .limit(limit);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += Math.max(1, docs.length);
  return docs.flatMap((doc) => {
    const orgId = doc.ref.parent.parent?.id;
    return orgId === undefined ? [] : [{ orgId, id: doc.id }];
  });
}

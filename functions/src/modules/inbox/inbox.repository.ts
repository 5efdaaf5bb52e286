import type { Collection } from '../../platform/collection.ts';
import type { Store } from '../../platform/unit-of-work.ts';
import { type InboxEntry, inboxEntrySchema } from './inbox.schema.ts';

/** Of no organisation: which one a delivery concerns is not known before it has been looked at. */
const INBOX = 'inbox';

export const inbox: Collection<InboxEntry> = {
  path: () => INBOX,
  label: 'Delivery',
  schema: inboxEntrySchema,
};

/** The entries that the sweep has to take up, the longest due first. */
export async function findDueEntries(
  { db, meter }: Store,
  now: Date,
  limit: number,
): Promise<string[]> {
  const query = db.collection(INBOX).where('dueAt', '<=', now).orderBy('dueAt').limit(limit);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += Math.max(1, docs.length);
  return docs.map(({ id }) => id);
}

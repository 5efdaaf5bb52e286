import type { DocumentSnapshot, Query } from 'firebase-admin/firestore';
import { parseStored, type Stored } from '../../platform/collection.ts';
import type { Store } from '../../platform/unit-of-work.ts';
import { payouts } from './payouts.repository.ts';
import type { Payout } from './payouts.schema.ts';

/** A payout of any organisation. */
export interface OrgPayout {
  readonly orgId: string;
  readonly payout: Stored<Payout>;
}

const PAGE = 200;

/** Every payout that is being sent, in all organisations. At least one billed read. */
export function sendingPayouts(store: Store): AsyncGenerator<OrgPayout> {
  return each(store, (query) => query.where('status', '==', 'sending').orderBy('__name__'));
}

/** Every payout that was paid since then, in all organisations. At least one billed read. */
export function paidPayouts(store: Store, since: Date): AsyncGenerator<OrgPayout> {
  return each(store, (query) => query.where('paidAt', '>=', since).orderBy('paidAt'));
}

async function* each(
  { db, meter }: Store,
  shape: (query: Query) => Query,
): AsyncGenerator<OrgPayout> {
  const ordered = shape(db.collectionGroup('payouts')).limit(PAGE);
  let last: DocumentSnapshot | undefined;
  do {
    const page = last === undefined ? ordered : ordered.startAfter(last);
    const { docs } = await meter.trip(() => page.get());
    meter.reads += Math.max(1, docs.length);
    for (const doc of docs) {
      const orgId = doc.ref.parent.parent?.id;
      const payout = parseStored(payouts, doc);
      if (orgId !== undefined && payout !== undefined) yield { orgId, payout };
    }
    last = docs.length === PAGE ? docs.at(-1) : undefined;
  } while (last !== undefined);
}

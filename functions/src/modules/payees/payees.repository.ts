import { type DocumentSnapshot, FieldPath } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import { users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import { type ListPayees, type Payee, payeeSchema } from './payees.schema.ts';

export const payees: Collection<Payee> = orgCollection('payees', 'Payee', payeeSchema);

const PAGE = 200;

/** A page of the people whose payouts the caller oversees, by name; all of them for `isAny`. */
export function pageOverseen(
  unit: UnitOfWork,
  { managedTeamIds }: Principal,
  { isAny, ...page }: ListPayees & { readonly isAny: boolean },
): Promise<{ records: Stored<User>[]; nextCursor: string | null }> {
  return unit.page(
    users,
    (query) => (isAny ? query : query.where('teamId', 'in', [...managedTeamIds])),
    { limit: page.limit, cursor: page.cursor, order: { field: 'name', direction: 'asc' } },
  );
}

/** Every account of ours at Stripe, in all organisations. One billed read for each. */
export async function* allAccounts({ db, meter }: Store): AsyncGenerator<string> {
  const ordered = db.collectionGroup('payees').orderBy(FieldPath.documentId()).limit(PAGE);
  let last: DocumentSnapshot | undefined;
  do {
    const page = last === undefined ? ordered : ordered.startAfter(last);
    const { docs } = await meter.trip(() => page.get());
    meter.reads += Math.max(1, docs.length);
    for (const doc of docs) {
      const accountId: unknown = doc.get('stripeAccountId');
      if (typeof accountId === 'string') yield accountId;
    }
    last = docs.length === PAGE ? docs.at(-1) : undefined;
  } while (last !== undefined);
}

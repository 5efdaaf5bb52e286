import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { ledger } from '../ledger/ledger.public.ts';
import type { LedgerEntry } from '../ledger/ledger.schema.ts';
import { payouts } from '../payouts/payouts.public.ts';
import type { Payout } from '../payouts/payouts.schema.ts';
import { listManagers, users } from '../users/users.public.ts';
import type { User } from '../users/users.schema.ts';
import {
  type Dispute,
  type DisputeNotice,
  disputeNoticeSchema,
  disputeSchema,
  type ListDisputes,
} from './disputes.schema.ts';

export const disputes: Collection<Dispute> = orgCollection('disputes', 'Dispute', disputeSchema);
export const disputeNotices: Collection<DisputeNotice> = orgCollection(
  'disputeNotices',
  'Dispute notice',
  disputeNoticeSchema,
);

/** The indexes that lists of disputes and the look at earlier payouts need. */
export const disputeIndexes = [
  ...['status', 'dealId', 'ownerId', 'teamId'].map((filter) =>
    compositeIndex('disputes', filter, 'createdAt desc'),
  ),
  compositeIndex('payouts', 'ownerId', 'currency', 'periodEndsAt'),
];

/** More postings on one deal, payouts of one payee since, and people for a team than there should be. */
const MAX_ENTRIES = 2000;
const MAX_PAYOUTS = 500;
const MAX_OVERSEERS = 50;

/** Narrows a query of disputes by the filters that are given. */
export function whereDispute(
  query: Query,
  filters: Pick<ListDisputes, 'status' | 'dealId'>,
): Query {
  return Object.entries(filters).reduce(
    (narrowed, [field, value]) =>
      value === undefined ? narrowed : narrowed.where(field, '==', value),
    query,
  );
}

/** The payee's open dispute on a deal, if there is one. */
export async function findOpenDispute(
  unit: UnitOfWork,
  ownerId: string,
  dealId: string,
): Promise<Stored<Dispute> | undefined> {
  const [found] = await unit.query(disputes, (query) =>
    query
      .where('ownerId', '==', ownerId)
      .where('dealId', '==', dealId)
      .where('status', '==', 'open')
      .limit(1),
  );
  return found;
}

/** Everything that was posted for a payee on a deal, in no order. Billed: one read each. */
export function findEntriesOfPayee(
  unit: UnitOfWork,
  ownerId: string,
  dealId: string,
): Promise<Stored<LedgerEntry>[]> {
  return unit.query(ledger, (query) =>
    query.where('dealId', '==', dealId).where('ownerId', '==', ownerId).limit(MAX_ENTRIES),
  );
}

/** The payee's payouts that were cut after an instant, whatever their state, the earliest first. */
export function findPayoutsCutAfter(
  unit: UnitOfWork,
  { ownerId, currency }: { readonly ownerId: string; readonly currency: string },
  after: Date,
): Promise<Stored<Payout>[]> {
  return unit.query(payouts, (query) =>
    query
      .where('ownerId', '==', ownerId)
      .where('currency', '==', currency)
      .where('periodEndsAt', '>', after)
      .orderBy('periodEndsAt')
      .limit(MAX_PAYOUTS),
  );
}

/** The active managers of a team; when there are none, the active administrators. */
export async function findOverseers(
  unit: UnitOfWork,
  teamId: string | null,
): Promise<Stored<User>[]> {
  const managers = teamId === null ? [] : await listManagers(unit, teamId);
  if (managers.length > 0) return managers;
  const admins = await unit.query(users, (query) =>
    query.where('role', '==', 'admin').limit(MAX_OVERSEERS),
  );
  return admins.filter(({ active }) => active);
}

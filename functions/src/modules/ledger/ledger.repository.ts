import { appendOnlyCollection, type Collection, orgCollection } from '../../platform/collection.ts';
import { digestOf } from '../../platform/digest.ts';
import { compositeIndex, sumIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import {
  type Amounts,
  accounts,
  type LedgerEntry,
  ledgerEntrySchema,
  type Split,
  splitSchema,
} from './ledger.schema.ts';

export const ledger: Collection<LedgerEntry> = appendOnlyCollection(
  'ledger',
  'Ledger entry',
  ledgerEntrySchema,
);
export const splits: Collection<Split> = orgCollection('splits', 'Split', splitSchema);

/**
 * The indexes that the ledger needs: balances and tiers are sums over filters, which need an index
 * over both.
 */
export const ledgerIndexes = [
  compositeIndex('ledger', 'ownerId', 'postedAt'),
  compositeIndex('ledger', 'ownerId', 'postedAt desc'),
  compositeIndex('ledger', 'ownerId', 'currency', 'postedAt'),
  sumIndex('ledger', ['ownerId', 'currency'], accounts.slice(1)),
  sumIndex('ledger', ['ownerId', 'currency', 'postedAt'], accounts.slice(1)),
];

/** An entry as its author knows it: accounts that are left out are not touched. */
export type NewEntry = Omit<LedgerEntry, keyof Amounts | 'digest' | 'participantIds' | Optional> &
  Partial<Amounts> &
  Partial<Pick<LedgerEntry, Optional>>;

type Optional =
  | 'basisMinor'
  | 'component'
  | 'dealId'
  | 'dealVersion'
  | 'dealTitle'
  | 'eventId'
  | 'termsId'
  | 'payoutId'
  | 'disputeId'
  | 'planKey'
  | 'isTiered'
  | 'wonAt'
  | 'note';

const nothing: Pick<LedgerEntry, Optional> & Amounts = {
  ...{ expenseMinor: 0, pendingMinor: 0, heldMinor: 0 },
  ...{ approvedMinor: 0, inTransitMinor: 0, paidMinor: 0 },
  ...{
    basisMinor: 0,
    component: null,
    dealId: null,
    dealVersion: null,
    dealTitle: null,
    eventId: null,
  },
  ...{
    termsId: null,
    payoutId: null,
    disputeId: null,
    planKey: null,
    isTiered: false,
    wonAt: null,
    note: null,
  },
};

/** A whole entry with its digest. */
export function completeEntry(entry: NewEntry): LedgerEntry {
  const content = { ...nothing, ...entry, participantIds: [entry.ownerId] };
  return { ...content, digest: digestOf(content) };
}

/** True when an entry is as it was posted. */
export function isIntact({ digest, ...content }: LedgerEntry): boolean {
  return digestOf(content) === digest;
}

/**
 * Posts an entry, in the commit of whatever causes it. Its id follows from the cause, so a repeated
 * cause fails instead of posting twice. An entry on a deal moves the payee's split of it along.
 */
export function post(unit: UnitOfWork, id: string, entry: NewEntry): void {
  const whole = completeEntry(entry);
  unit.create(ledger, id, whole);
  const { dealId, ownerId, teamId, currency, expenseMinor, heldMinor, postedAt } = whole;
  if (dealId === null) return;
  unit.accumulate(
    splits,
    `${dealId}_${ownerId}`,
    { ...{ dealId, ownerId, teamId, participantIds: [ownerId] }, updatedAt: postedAt },
    { earnedMinor: { [currency]: -expenseMinor }, heldMinor: { [currency]: heldMinor } },
  );
}

/** What a query of entries sums to on the payee's accounts. Billed: one read for each thousand entries. */
export async function sumAccounts(
  unit: UnitOfWork,
  shape: Parameters<UnitOfWork['sum']>[1],
): Promise<Omit<Amounts, 'expenseMinor'>> {
  const [pendingMinor = 0, heldMinor = 0, approvedMinor = 0, inTransitMinor = 0, paidMinor = 0] =
    await unit.sum(ledger, shape, accounts.slice(1));
  return { pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor };
}

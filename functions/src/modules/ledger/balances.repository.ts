import type { Stored } from '../../platform/collection.ts';
import type { PageRequest } from '../../platform/paging.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { ledger, sumAccounts } from './ledger.repository.ts';
import type { Amounts, LedgerEntry } from './ledger.schema.ts';

/** What a payee has on the accounts that are theirs. */
export type OwnAccounts = Omit<Amounts, 'expenseMinor'>;

/** A currency that a payee has entries in, and when the first of them was posted. */
export interface PayeeCurrency {
  readonly currency: string;
  readonly since: Date;
}

/** A stretch of time with both its ends. */
export interface Span {
  readonly first: Date;
  readonly last: Date;
}

/** After every instant that Firestore stores. */
const END_OF_TIME = new Date('9999-12-31T23:59:59.999Z');
/** More currencies than ISO 4217 has. */
const MAX_CURRENCIES = 400;
/** More entries of one payee than closing a period posts at one instant. */
const MAX_TWINS = 1000;
/** What lines of a statement are in the order of. */
const statementOrder = { field: 'postedAt', direction: 'asc' } as const;

/**
 * The currencies that a payee has entries in. Goes from each to the next by the index, so it is
 * exact however many there are and whatever caused the entries. Billed: one read for each currency
 * and one more, one after the other.
 */
export async function findCurrencies(unit: UnitOfWork, ownerId: string): Promise<PayeeCurrency[]> {
  const found: PayeeCurrency[] = [];
  while (found.length < MAX_CURRENCIES) {
    const previous = found.at(-1)?.currency;
    const [entry] = await unit.query(ledger, (query) => {
      const own = query.where('ownerId', '==', ownerId).orderBy('currency').orderBy('postedAt');
      return (previous === undefined ? own : own.startAfter(previous, END_OF_TIME)).limit(1);
    });
    if (entry === undefined) break;
    found.push({ currency: entry.currency, since: entry.postedAt });
  }
  return found;
}

/** What a payee had in a currency after everything that was posted until an instant, it included. */
export function sumUntil(
  unit: UnitOfWork,
  ownerId: string,
  currency: string,
  until: Date,
): Promise<OwnAccounts> {
  return sumAccounts(unit, (query) =>
    query
      .where('ownerId', '==', ownerId)
      .where('currency', '==', currency)
      .where('postedAt', '<=', until),
  );
}

/**
 * The entries of a payee that were posted at the same instant as this one and stand before it in a
 * statement. Firestore cannot sum in the order of ids. At least one billed read.
 */
export function findTwinsBefore(
  unit: UnitOfWork,
  ownerId: string,
  entry: Stored<Pick<LedgerEntry, 'postedAt'>>,
): Promise<Stored<LedgerEntry>[]> {
  return unit.query(ledger, (query) =>
    query
      .where('ownerId', '==', ownerId)
      .where('postedAt', '==', entry.postedAt)
      .orderBy('__name__')
      .endBefore(entry.id)
      .limit(MAX_TWINS),
  );
}

/** A page of a payee's entries in the order that they were posted in. One billed read each. */
export function pageEntriesOf(
  unit: UnitOfWork,
  ownerId: string,
  { first, last }: Span,
  request: Omit<PageRequest, 'order'>,
): Promise<{ records: Stored<LedgerEntry>[]; nextCursor: string | null }> {
  return unit.page(
    ledger,
    (query) =>
      query
        .where('ownerId', '==', ownerId)
        .where('postedAt', '>=', first)
        .where('postedAt', '<=', last),
    { ...request, order: statementOrder },
  );
}

/** True when anything that a payee won counts for tiers. One billed read. */
export async function hasTieredEntries(unit: UnitOfWork, ownerId: string): Promise<boolean> {
  const found = await unit.query(ledger, (query) =>
    query.where('ownerId', '==', ownerId).where('isTiered', '==', true).limit(1),
  );
  return found.length > 0;
}

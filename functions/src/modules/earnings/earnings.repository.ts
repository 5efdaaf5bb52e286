import type { Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { ledger } from '../ledger/ledger.public.ts';
import type { LedgerEntry } from '../ledger/ledger.schema.ts';

/** More postings than a deal should have. */
const MAX_ENTRIES = 2000;

/** All postings on a deal, in no order. */
export function findEntriesOfDeal(
  unit: UnitOfWork,
  dealId: string,
): Promise<Stored<LedgerEntry>[]> {
  return unit.query(ledger, (query) => query.where('dealId', '==', dealId).limit(MAX_ENTRIES));
}

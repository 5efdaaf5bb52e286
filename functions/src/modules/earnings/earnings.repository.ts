import type { Stored } from '../../platform/collection.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { whereVisible } from '../access/access.public.ts';
import { events } from '../events/events.public.ts';
import type { Event } from '../events/events.schema.ts';
import { ledger, splits } from '../ledger/ledger.public.ts';
import type { LedgerEntry, Split } from '../ledger/ledger.schema.ts';

/** More postings than a deal should have. */
const MAX_ENTRIES = 5000;

/** All postings on a deal, in no order. @throws Error for more than can be read: their sum would be wrong */
export async function findEntriesOfDeal(
  unit: UnitOfWork,
  dealId: string,
): Promise<Stored<LedgerEntry>[]> {
  const entries = await unit.query(ledger, (query) =>
    query.where('dealId', '==', dealId).limit(MAX_ENTRIES),
  );
  if (entries.length < MAX_ENTRIES) return entries;
  throw new Error(`Deal ${dealId} has ${MAX_ENTRIES} postings or more`);
}

/** More changes of a deal than an entry is explained by. */
const MAX_EVENTS = 2000;

/** A deal's events up to a version, by version. One billed read each. */
export function findEventsUntil(
  unit: UnitOfWork,
  dealId: string,
  version: number,
): Promise<Stored<Event>[]> {
  return unit.query(events, (query) =>
    query
      .where('recordId', '==', dealId)
      .where('version', '>=', 1)
      .where('version', '<=', version)
      .orderBy('version')
      .limit(MAX_EVENTS),
  );
}

/** More payees than a deal can have. */
const MAX_SPLITS = 500;

/** What a deal earns now, for each payee whose earnings the caller may see. One billed read each. */
export function findSplitsOfDeal(
  unit: UnitOfWork,
  caller: Principal,
  dealId: string,
): Promise<Stored<Split>[]> {
  return unit.query(splits, (query) =>
    whereVisible(query.where('dealId', '==', dealId), caller, 'split').limit(MAX_SPLITS),
  );
}

import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { type Change, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { contacts } from '../contacts/contacts.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import type { RecordedChange } from '../events/events.public.ts';
import { toDealContact } from './deals.links.ts';
import { deals } from './deals.repository.ts';
import type { Deal } from './deals.schema.ts';
import { dealTokens } from './deals.search.ts';

/**
 * Fields that follow from others: what a deal is found by, and the names of its contacts. They are
 * kept up to date without a new version, for nobody has changed the deal, and are in no event.
 */
export const derivedFields = ['searchTokens', 'contacts'] as const;

const PAGE = 100;
const CONCURRENCY = 8;

/**
 * Keeps the derived fields of a deal that somebody changed, a direct write included. A contact that
 * is renamed meanwhile is either seen here, or its own change sees this deal.
 */
export async function followDeal(
  ctx: WorkContext,
  { orgId, recordId, before, after }: RecordedChange<Deal>,
): Promise<void> {
  if (after === undefined) return;
  const isStale = !isDeepStrictEqual(after.searchTokens, dealTokens(after.title));
  const isRelinked = !isDeepStrictEqual(after.contactIds, before?.contactIds ?? []);
  if (isStale || isRelinked) await deriveFields(ctx, orgId, recordId);
}

/** Brings the new name of a contact to the deals it is on. */
export async function followContact(
  ctx: WorkContext,
  { orgId, recordId, before, after }: RecordedChange<Contact>,
): Promise<void> {
  if (before === undefined || after === undefined) return;
  if (before.firstName === after.firstName && before.lastName === after.lastName) return;
  let page: string[];
  let afterId: string | undefined;
  do {
    page = await pageOfDealsWith(openUnit(ctx, orgId), recordId, afterId);
    await pMap(page, (dealId) => deriveFields(ctx, orgId, dealId), { concurrency: CONCURRENCY });
    afterId = page.at(-1);
  } while (page.length === PAGE);
}

async function pageOfDealsWith(
  unit: UnitOfWork,
  contactId: string,
  afterId: string | undefined,
): Promise<string[]> {
  const found = await unit.query(deals, (query) => {
    const linked = query.where('contactIds', 'array-contains', contactId);
    const ordered = linked.orderBy('__name__').limit(PAGE);
    return afterId === undefined ? ordered : ordered.startAfter(afterId);
  });
  return found.map(({ id }) => id);
}

async function deriveFields(
  { store, now }: WorkContext,
  orgId: string,
  dealId: string,
): Promise<void> {
  await runUnitOfWork({ store, now }, orgId, async (unit) => {
    const deal = await unit.find(deals, dealId);
    if (deal === undefined) return;
    const found = await unit.findMany(contacts, deal.contactIds);
    const known = new Map(deal.contacts.map((contact) => [contact.id, contact]));
    const named = deal.contactIds.flatMap((id) => {
      const contact = found.get(id);
      return contact === undefined ? (known.get(id) ?? []) : toDealContact(contact);
    });
    const derived = { searchTokens: dealTokens(deal.title), contacts: named };
    const { searchTokens, contacts: before } = deal;
    if (!isDeepStrictEqual(derived, { searchTokens, contacts: before })) {
      unit.update(deals, deal, derived);
    }
  });
}

/** A removal of links takes this many deals in one commit. */
const MAX_UNLINKED = 60;

/**
 * Takes a contact that is removed for good off the deals it is on.
 * @returns true when it is on no more deals than these
 */
export async function unlinkContact(
  unit: UnitOfWork,
  contactId: string,
  change: Change,
): Promise<boolean> {
  const linked = await unit.query(deals, (query) =>
    query.where('contactIds', 'array-contains', contactId).limit(MAX_UNLINKED),
  );
  for (const deal of linked) {
    const contactIds = deal.contactIds.filter((id) => id !== contactId);
    const named = deal.contacts.filter(({ id }) => id !== contactId);
    updateRecord(unit, deals, deal, { contactIds, contacts: named }, change);
  }
  return linked.length < MAX_UNLINKED;
}

/** The same for a company. */
export async function unlinkCompany(
  unit: UnitOfWork,
  companyId: string,
  change: Change,
): Promise<boolean> {
  const linked = await unit.query(deals, (query) =>
    query.where('companyId', '==', companyId).limit(MAX_UNLINKED),
  );
  for (const deal of linked) updateRecord(unit, deals, deal, { companyId: null }, change);
  return linked.length < MAX_UNLINKED;
}

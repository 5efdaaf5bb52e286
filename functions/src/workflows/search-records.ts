import { isAllowed } from '../modules/access/access.public.ts';
import { companyType } from '../modules/companies/companies.public.ts';
import { contactType } from '../modules/contacts/contacts.public.ts';
import { deals, findableOfDeal } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import { leadType } from '../modules/leads/leads.public.ts';
import {
  listOwned,
  type OwnedRecord,
  type OwnedType,
} from '../modules/owned-records/owned-records.public.ts';
import {
  parseSearch,
  whereDealFound,
  whereDealInvolves,
  whereDealUntokenised,
} from '../modules/search/search.public.ts';
import type { Search, SearchResult, SearchType } from '../modules/search/search.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;
type Naming = Pick<SearchResult, 'name' | 'email' | 'phone' | 'detail'>;
type Searcher = (ctx: Caller, search: Pick<Search, 'q' | 'limit'>) => Promise<SearchResult[]>;

/** How many of the deals a caller takes part in, but does not own, are looked at. */
const MAX_INVOLVED = 200;
/** How many of the deals found by one word are compared with the others. */
const MAX_COMPARED = 200;
/** How many of the deals that clients wrote directly, without tokens, are looked at. */
const MAX_UNTOKENISED = 200;
const latestChangeFirst = { field: 'updatedAt', direction: 'desc' } as const;

const searchers: Readonly<Record<SearchType, Searcher>> = {
  contact: searcherOf(contactType, ({ firstName, lastName, email, phone, company }) => ({
    name: [firstName, lastName].filter((part) => part !== null).join(' '),
    ...{ email, phone, detail: company },
  })),
  company: searcherOf(companyType, ({ name, phone, domain }) => ({
    ...{ name, email: null, phone, detail: domain },
  })),
  lead: searcherOf(leadType, ({ businessName, contactName, email, phone, city }) => ({
    name: businessName ?? contactName ?? '',
    ...{ email, phone, detail: city },
  })),
  deal: searchDeals,
};

/**
 * The records visible to the caller that have all that is searched for, kind by kind, latest change
 * first. Billed: one read for each record looked at; a search for several words looks at up to 500
 * of a kind, and one of deals also at up to 200 of those without tokens, and for a rep or manager at
 * up to 200 of those they take part in.
 */
export async function searchRecords(
  ctx: Caller,
  { q, types, limit }: Search,
): Promise<SearchResult[]> {
  const kinds = [...new Set(types)].map((type) => searchers[type](ctx, { q, limit }));
  return (await Promise.all(kinds)).flat();
}

function searcherOf<T extends OwnedRecord>(
  type: OwnedType<T>,
  naming: (record: T) => Naming,
): Searcher {
  return async (ctx, { q, limit }) => {
    const request = { page: 1, limit, search: q, isCounted: false };
    const { records } = await listOwned(ctx, type, request);
    return records.map((record) => resultOf(type.recordType, record, naming(record)));
  };
}

async function searchDeals(
  ctx: Caller,
  { q, limit }: Pick<Search, 'q' | 'limit'>,
): Promise<SearchResult[]> {
  const sought = parseSearch(q);
  if (sought === undefined) return [];
  const { principal } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const page = (size: number) => ({ order: latestChangeFirst, limit: size, cursor: undefined });
  const [found, direct, involved] = await Promise.all([
    unit.page(
      deals,
      (query) => whereDealFound(query, principal, sought.token),
      page(sought.isWhole ? limit : MAX_COMPARED),
    ),
    unit.page(deals, (query) => whereDealUntokenised(query, principal), page(MAX_UNTOKENISED)),
    principal.role === 'admin'
      ? { records: [] }
      : unit.page(deals, (query) => whereDealInvolves(query, principal), page(MAX_INVOLVED)),
  ]);
  const all = [...found.records, ...direct.records, ...involved.records];
  const unique = new Map(all.map((deal) => [deal.id, deal]));
  return [...unique.values()]
    .filter((deal) => sought.matches(findableOfDeal(deal)))
    .filter((deal) => isAllowed(principal, 'read', 'deal', deal))
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
    .slice(0, limit)
    .map((deal: Stored<Deal>) =>
      resultOf('deal', deal, { name: deal.title, email: null, phone: null, detail: null }),
    );
}

function resultOf(
  type: SearchType,
  { id, updatedAt }: { readonly id: string; readonly updatedAt: Date },
  naming: Naming,
): SearchResult {
  return { type, id, ...naming, updatedAt: updatedAt.toISOString() };
}

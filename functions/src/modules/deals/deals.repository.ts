import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { whereVisible } from '../access/access.public.ts';
import type { DealQuery } from './deals.queries.ts';
import { type Deal, dealSchema } from './deals.schema.ts';

export const deals: Collection<Deal> = orgCollection('deals', 'Deal', dealSchema);

/** Applies a planned query, narrowed to what the caller may see unless it is already. */
export function selectDeals(caller: Principal, { filters, isVisible }: DealQuery) {
  return (query: Query): Query => {
    const narrowed = filters.reduce((q, [field, op, value]) => q.where(field, op, value), query);
    return isVisible ? narrowed : whereVisible(narrowed, caller, 'deal');
  };
}

import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { ownedIndexes } from '../owned-records/owned-records.public.ts';
import { type Lead, type ListLeads, leadSchema } from './leads.schema.ts';

export const leads: Collection<Lead> = orgCollection('leads', 'Lead', leadSchema);

/** The indexes that lists of leads need. */
export const leadIndexes = ownedIndexes('lead', 'leads', 'status', 'category', 'city');

/** Narrows a query of leads to those that have all the given values. */
export function whereLead(
  query: Query,
  filters: Pick<ListLeads, 'status' | 'category' | 'city'>,
): Query {
  return Object.entries(filters).reduce(
    (narrowed, [field, value]) =>
      value === undefined ? narrowed : narrowed.where(field, '==', value),
    query,
  );
}

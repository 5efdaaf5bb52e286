import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { ownedIndexes } from '../owned-records/owned-records.public.ts';
import { type Contact, contactSchema } from './contacts.schema.ts';

export const contacts: Collection<Contact> = orgCollection('contacts', 'Contact', contactSchema);

/** The indexes that lists of contacts need. */
export const contactIndexes = ownedIndexes('contact', 'contacts', 'companyIds contains');

/** Narrows a query of contacts to those of a company. */
export function whereAtCompany(query: Query, companyId: string): Query {
  return query.where('companyIds', 'array-contains', companyId);
}

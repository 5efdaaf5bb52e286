import type { OwnedType } from '../owned-records/owned-records.public.ts';
import { wordsOfEmail, wordsOfText } from '../search/search.public.ts';
import { leads } from './leads.repository.ts';
import type { Lead } from './leads.schema.ts';

/** What the use cases of all owned records need to know of leads. */
export const leadType: OwnedType<Lead> = {
  recordType: 'lead',
  collection: leads,
  findableOf: ({ businessName, contactName, email, city, phone }) => ({
    words: [
      ...wordsOfText(businessName),
      ...wordsOfText(contactName),
      ...wordsOfEmail(email),
      ...wordsOfText(city),
    ],
    phones: phone === null ? [] : [phone],
  }),
};

import type { RecordKind } from '../events/events.public.ts';
import { audienceOf } from '../owned-records/owned-records.public.ts';
import { nameContactChanges } from './contacts.events.ts';
import { contacts } from './contacts.repository.ts';
import type { Contact } from './contacts.schema.ts';

/** How changes of contacts become events. */
export const contactKind: RecordKind<Contact> = {
  recordType: 'contact',
  collection: contacts,
  audienceOf,
  nameChanges: nameContactChanges,
  hidden: ['searchTokens'],
};

import { externalIdClaims, type Wanted } from '../claims/claims.public.ts';
import type { OwnedType } from '../owned-records/owned-records.public.ts';
import { wordsOfEmail, wordsOfText } from '../search/search.public.ts';
import { contacts } from './contacts.repository.ts';
import type { Contact } from './contacts.schema.ts';

/** What the use cases of all owned records need to know of contacts. */
export const contactType: OwnedType<Contact> = {
  recordType: 'contact',
  collection: contacts,
  findableOf: (contact) => ({
    words: [
      ...wordsOfText(contact.firstName),
      ...wordsOfText(contact.lastName),
      ...wordsOfEmail(contact.email),
      ...wordsOfText(contact.company),
      ...contact.otherEmails.flatMap(wordsOfEmail),
    ],
    phones: [...(contact.phone === null ? [] : [contact.phone]), ...contact.otherPhones],
  }),
};

/** The values that no other contact may have. */
export function claimsOfContact({
  email,
  otherEmails,
  phone,
  otherPhones,
  externalIds,
}: Pick<Contact, 'email' | 'otherEmails' | 'phone' | 'otherPhones' | 'externalIds'>): Wanted[] {
  return [
    ...claimsOn('email', email, otherEmails),
    ...claimsOn('phone', phone, otherPhones),
    ...externalIdClaims(externalIds),
  ];
}

function claimsOn(
  kind: 'email' | 'phone',
  main: string | null,
  others: readonly string[],
): Wanted[] {
  const field = kind === 'email' ? 'otherEmails' : 'otherPhones';
  return [
    ...others.map((value) => ({ kind, value, field })),
    ...(main === null ? [] : [{ kind, value: main, field: kind }]),
  ];
}

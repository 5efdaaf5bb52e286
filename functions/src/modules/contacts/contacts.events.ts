import { nameOwnedChanges } from '../owned-records/owned-records.public.ts';
import type { Contact } from './contacts.schema.ts';

/** Names what happened to a contact between two of its states, most telling first. */
export function nameContactChanges(before: Contact | undefined, after: Contact): string[] {
  return nameOwnedChanges('contact', before, after, before ? specialChanges(before, after) : []);
}

function specialChanges(before: Contact, after: Contact): string[] {
  const isLinked = after.companyIds.some((id) => !before.companyIds.includes(id));
  const isUnlinked = before.companyIds.some((id) => !after.companyIds.includes(id));
  return [
    ...(after.mergedFrom.length > before.mergedFrom.length ? ['merged'] : []),
    ...(before.mergedInto === null && after.mergedInto !== null ? ['merged_into'] : []),
    ...(isLinked ? ['company_linked'] : []),
    ...(isUnlinked ? ['company_unlinked'] : []),
  ];
}

import type { RecordKind } from '../events/events.public.ts';
import { audienceOf, nameOwnedChanges } from '../owned-records/owned-records.public.ts';
import { companies } from './companies.repository.ts';
import type { Company } from './companies.schema.ts';

/** How changes of companies become events. */
export const companyKind: RecordKind<Company> = {
  recordType: 'company',
  collection: companies,
  audienceOf,
  nameChanges: (before, after) =>
    nameOwnedChanges('company', before, after, [
      ...(before && after.mergedFrom.length > before.mergedFrom.length ? ['merged'] : []),
      ...(before && before.mergedInto !== after.mergedInto ? ['merged_into'] : []),
    ]),
  hidden: ['searchTokens'],
};

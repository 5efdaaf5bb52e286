import { externalIdClaims, type Wanted } from '../claims/claims.public.ts';
import type { OwnedType } from '../owned-records/owned-records.public.ts';
import { wordsOfDomain, wordsOfText } from '../search/search.public.ts';
import { companies } from './companies.repository.ts';
import type { Company } from './companies.schema.ts';

/** What the use cases of all owned records need to know of companies. */
export const companyType: OwnedType<Company> = {
  recordType: 'company',
  collection: companies,
  findableOf: ({ name, domain, otherDomains, phone }) => ({
    words: [
      ...wordsOfText(name),
      ...wordsOfDomain(domain),
      ...otherDomains.flatMap((other) => wordsOfDomain(other)),
    ],
    phones: phone === null ? [] : [phone],
  }),
};

/** The values that no other company may have. */
export function claimsOfCompany({
  domain,
  otherDomains,
  externalIds,
}: Pick<Company, 'domain' | 'otherDomains' | 'externalIds'>): Wanted[] {
  return [
    ...otherDomains.map((value) => ({ kind: 'domain' as const, value, field: 'otherDomains' })),
    ...(domain === null ? [] : [{ kind: 'domain' as const, value: domain, field: 'domain' }]),
    ...externalIdClaims(externalIds),
  ];
}

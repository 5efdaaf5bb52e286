import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { ownedViewShape, toOwnedView } from '../owned-records/owned-http.public.ts';
import type { Company } from './companies.schema.ts';

const text = z.string().nullable();

/** A company as the `/api` door shows it. */
export const companyViewSchema = z
  .object({
    ...ownedViewShape,
    name: z.string(),
    domain: text,
    otherDomains: z.array(z.string()),
    industry: text,
    phone: text,
    website: text,
    address: text,
    city: text,
    state: text,
    zipCode: text,
    country: text,
    size: z.int().nullable(),
    source: text,
    mergedFrom: z.array(z.string()),
  })
  .openapi('Company');

/** A company as the `/api` door shows it. */
export function toCompanyView(company: Stored<Company>): z.infer<typeof companyViewSchema> {
  const { name, domain, otherDomains, industry, phone, website, size, source } = company;
  const { address, city, state, zipCode, country, mergedFrom } = company;
  return {
    ...{ name, domain, otherDomains, industry, phone, website, size, source },
    ...{ address, city, state, zipCode, country, mergedFrom },
    ...toOwnedView(company),
  };
}

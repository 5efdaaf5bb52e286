import {
  companies,
  companyType,
  createCompany,
  getCompany,
  normaliseDomain,
  updateCompany,
} from '../modules/companies/companies.public.ts';
import { newCompanySchema } from '../modules/companies/companies.schema.ts';
import { readNumber } from '../modules/imports/imports.public.ts';
import { binOwned, restoreOwned } from '../modules/owned-records/owned-records.public.ts';
import { parseInput } from '../platform/validation.ts';
import {
  externalKeys,
  readCommon,
  readWebsite,
  requireCell,
  texts,
  union,
} from './import-cells.ts';
import type { Importer } from './import-row.ts';

const TEXT_FIELDS = [
  ...['domain', 'phone', 'industry', 'source'],
  ...['address', 'city', 'state', 'zipCode', 'country'],
] as const;

/** How rows become companies. */
export const companyImporter: Importer = {
  recordType: 'company',
  collection: companies,
  prepare: (_ctx, reading) => {
    const { cells } = reading;
    const size = cells.get('size');
    const input = parseInput(newCompanySchema, {
      name: requireCell(cells, 'name'),
      ...texts(cells, TEXT_FIELDS),
      ...readWebsite(cells.get('website')),
      ...(size === undefined ? {} : { size: readNumber('size', size) }),
      ...readCommon(reading),
    });
    const { domain, externalIds } = input;
    const domainKeys = domain
      ? [{ kind: 'domain' as const, value: normaliseDomain(domain, 'domain') }]
      : [];
    return {
      keys: [...externalKeys(externalIds), ...domainKeys],
      create: (ctx, id) => createCompany(ctx, input, { id }),
      update: async (ctx, id) => {
        const current = await getCompany(ctx, id);
        return updateCompany(ctx, id, { ...input, ...union(current, input) });
      },
    };
  },
  restore: (ctx, id) => restoreOwned(ctx, companyType, id),
  bin: (ctx, id) => binOwned(ctx, companyType, id),
};

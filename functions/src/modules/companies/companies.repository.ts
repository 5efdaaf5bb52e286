import { type Collection, orgCollection } from '../../platform/collection.ts';
import { ownedIndexes } from '../owned-records/owned-records.public.ts';
import { type Company, companySchema } from './companies.schema.ts';

export const companies: Collection<Company> = orgCollection('companies', 'Company', companySchema);

/** The indexes that lists of companies need. */
export const companyIndexes = ownedIndexes('company', 'companies');

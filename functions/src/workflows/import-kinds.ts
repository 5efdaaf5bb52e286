import type { ImportType } from '../modules/imports/imports.schema.ts';
import { companyImporter } from './import-companies.ts';
import { contactImporter } from './import-contacts.ts';
import { dealImporter } from './import-deals.ts';
import { leadImporter } from './import-leads.ts';
import type { Importer } from './import-row.ts';

/** Every kind of record that can be imported, with how its rows are done. */
export const importers: Readonly<Record<ImportType, Importer>> = {
  contact: contactImporter,
  company: companyImporter,
  lead: leadImporter,
  deal: dealImporter,
};

import { readNumber } from '../modules/imports/imports.public.ts';
import { createLead, getLead, leads, leadType, updateLead } from '../modules/leads/leads.public.ts';
import { newLeadSchema } from '../modules/leads/leads.schema.ts';
import { binOwned, restoreOwned } from '../modules/owned-records/owned-records.public.ts';
import { parseInput } from '../platform/validation.ts';
import { externalKeys, readCommon, readWebsite, texts, union } from './import-cells.ts';
import type { Importer } from './import-row.ts';

const TEXT_FIELDS = [
  ...['businessName', 'contactName', 'email', 'phone', 'category', 'source'],
  ...['address', 'city', 'state', 'zipCode'],
] as const;

/** How rows become leads. */
export const leadImporter: Importer = {
  recordType: 'lead',
  collection: leads,
  prepare: (_ctx, reading) => {
    const { cells } = reading;
    const rating = cells.get('rating');
    const status = cells.get('status');
    const input = parseInput(newLeadSchema, {
      ...texts(cells, TEXT_FIELDS),
      ...readWebsite(cells.get('website')),
      ...(rating === undefined ? {} : { rating: readNumber('rating', rating) }),
      ...(status === undefined ? {} : { status: status.toUpperCase() }),
      ...readCommon(reading),
    });
    return {
      keys: externalKeys(input.externalIds),
      create: (ctx, id) => createLead(ctx, input, { id }),
      update: async (ctx, id) => {
        const current = await getLead(ctx, id);
        return updateLead(ctx, id, { ...input, ...union(current, input) });
      },
    };
  },
  restore: (ctx, id) => restoreOwned(ctx, leadType, id),
  bin: (ctx, id) => binOwned(ctx, leadType, id),
};

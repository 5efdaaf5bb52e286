import {
  contacts,
  contactType,
  createContact,
  getContact,
  updateContact,
} from '../modules/contacts/contacts.public.ts';
import { type NewContact, newContactSchema } from '../modules/contacts/contacts.schema.ts';
import { binOwned, restoreOwned } from '../modules/owned-records/owned-records.public.ts';
import { normalisePhone } from '../platform/phone.ts';
import { parseInput } from '../platform/validation.ts';
import { type Cells, externalKeys, readCommon, requireCell, texts, union } from './import-cells.ts';
import type { Importer, PreparedRow } from './import-row.ts';

/** How rows become contacts. */
export const contactImporter: Importer = {
  recordType: 'contact',
  collection: contacts,
  prepare: (_ctx, reading) => {
    const { cells } = reading;
    const input = parseInput(newContactSchema, {
      ...texts(cells, ['email', 'phone', 'company', 'title', 'source']),
      ...readName(cells),
      ...readCommon(reading),
    });
    return {
      keys: keysOf(input),
      create: (ctx, id) => createContact(ctx, input, { id }),
      update: async (ctx, id) => {
        const current = await getContact(ctx, id);
        return updateContact(ctx, id, { ...input, ...union(current, input) });
      },
    };
  },
  restore: (ctx, id) => restoreOwned(ctx, contactType, id),
  bin: (ctx, id) => binOwned(ctx, contactType, id),
};

function readName(cells: Cells): Record<string, string> {
  const fullName = cells.get('fullName');
  if (fullName === undefined || cells.has('firstName')) {
    return { firstName: requireCell(cells, 'firstName'), ...texts(cells, ['lastName']) };
  }
  const split = fullName.lastIndexOf(' ');
  if (split < 0) return { firstName: fullName };
  return { firstName: fullName.slice(0, split), lastName: fullName.slice(split + 1) };
}

function keysOf({ email, phone, externalIds }: NewContact): PreparedRow['keys'] {
  return [
    ...externalKeys(externalIds),
    ...(email ? [{ kind: 'email' as const, value: email }] : []),
    ...(phone ? [{ kind: 'phone' as const, value: normalisePhone(phone, 'phone') }] : []),
  ];
}

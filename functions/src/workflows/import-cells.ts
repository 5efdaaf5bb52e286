import { externalIdValue } from '../modules/claims/claims.public.ts';
import type { ExternalId } from '../modules/claims/claims.schema.ts';
import { valueFromText } from '../modules/fields/fields.public.ts';
import type { Field } from '../modules/fields/fields.schema.ts';
import { CUSTOM_PREFIX, readDay, readList, readNumber } from '../modules/imports/imports.public.ts';
import type { ImportOptions } from '../modules/imports/imports.schema.ts';
import { AppError } from '../platform/errors.ts';
import type { References } from './import-references.ts';

/** A row's filled cells by field. */
export type Cells = ReadonlyMap<string, string>;

/** What reading a cell depends on beside its text. */
export interface Reading {
  readonly cells: Cells;
  readonly references: References;
  readonly options: ImportOptions;
}

/** Input fields that every kind of record has: owner, tags, external id and custom fields. */
export function readCommon({ cells, references, options }: Reading): Record<string, unknown> {
  const ownerId = ownerIn(cells, references) ?? options.ownerId;
  const externalId = cells.get('externalId');
  const tags = [...new Set([...readList(cells.get('tags') ?? ''), ...options.tagAll])];
  const custom = [...cells].flatMap(([field, text]) =>
    field.startsWith(CUSTOM_PREFIX)
      ? [[field.slice(CUSTOM_PREFIX.length), text] as const].map(([key, cell]) => [
          key,
          readCustom(references.fieldOf(key), field, cell, options),
        ])
      : [],
  );
  return {
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(externalId === undefined
      ? {}
      : { externalIds: [{ source: options.externalSource, id: externalId }] }),
    ...(custom.length === 0 ? {} : { customFields: Object.fromEntries(custom) }),
  };
}

function ownerIn(cells: Cells, references: References): string | undefined {
  const email = cells.get('ownerEmail');
  if (email !== undefined) return references.ownerByEmail(email);
  const name = cells.get('ownerName');
  if (name !== undefined) return references.ownerByName(name);
  return cells.get('ownerId');
}

function readCustom(field: Field, name: string, text: string, options: ImportOptions): unknown {
  if (field.type === 'number') return readNumber(name, text);
  if (field.type === 'date') return readDay(name, text, options.dateOrder);
  const isBareAmount = field.type === 'money' && /^[\d.]+$/.test(text);
  const named = isBareAmount && options.currency ? `${text} ${options.currency}` : text;
  return valueFromText(field, named);
}

/** The cells of these fields as they are. */
export function texts(cells: Cells, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = cells.get(field);
      return text === undefined ? [] : [[field, text]];
    }),
  );
}

/** The cell of a field that must be filled. @throws AppError invalid-argument: the field */
export function requireCell(cells: Cells, field: string): string {
  const text = cells.get(field);
  if (text !== undefined) return text;
  throw new AppError('invalid-argument', `${field}: is required, but the cell is empty`, { field });
}

/** A web address as people write it, with or without its scheme. */
export function readWebsite(text: string | undefined): { website?: string } {
  if (text === undefined) return {};
  return { website: /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}` };
}

/** The claims on ids in other systems, by which a row finds the record it is about. */
export function externalKeys(externalIds: readonly ExternalId[] = []) {
  return externalIds.map((id) => ({ kind: 'externalId' as const, value: externalIdValue(id) }));
}

interface Lists {
  readonly tags?: readonly string[] | undefined;
  readonly externalIds?: readonly ExternalId[] | undefined;
}

/** What a row adds to the lists of a record that is there; it takes nothing off them. */
export function union(current: Required<Lists>, { tags, externalIds = [] }: Lists) {
  const known = new Set((current.externalIds ?? []).map(externalIdValue));
  const added = externalIds.filter((id) => !known.has(externalIdValue(id)));
  return {
    tags: [...new Set([...(current.tags ?? []), ...(tags ?? [])])],
    externalIds: [...(current.externalIds ?? []), ...added],
  };
}

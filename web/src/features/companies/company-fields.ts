import type { FieldSpec } from '../records/fields.ts';
import type { MergeField } from '../records/merge.ts';

/** The fields of a company, in the order in which they are shown. */
export const companyFields: readonly FieldSpec[] = [
  { key: 'name', label: 'Name', isRequired: true },
  { key: 'domain', label: 'Domain' },
  { key: 'otherDomains', label: 'Other domains', isList: true },
  { key: 'phone', label: 'Phone', type: 'tel' },
  { key: 'website', label: 'Website', type: 'url' },
  { key: 'industry', label: 'Industry' },
  { key: 'size', label: 'Employees', type: 'number' },
  { key: 'address', label: 'Address' },
  { key: 'zipCode', label: 'Postal code' },
  { key: 'city', label: 'City' },
  { key: 'state', label: 'State' },
  { key: 'country', label: 'Country' },
  { key: 'source', label: 'Source' },
];

const asked = new Set(['name', 'domain', 'phone', 'website', 'city']);

/** What adding a company asks for. */
export const addFields: readonly FieldSpec[] = companyFields.filter(({ key }) => asked.has(key));

/** What a merge asks about; the server puts everything else together. */
export const mergeFields: readonly MergeField[] = companyFields.filter(({ isList }) => !isList);

export const JOINED =
  'Domains, people, deals, tags, custom fields, notes, tasks and the history of both are put together; where both have the same custom field, this company’s stays.';

import type { LeadView } from '../../data/records.ts';
import type { FieldSpec } from '../records/fields.ts';

/** The fields of a lead, in the order in which they are shown. */
export const leadFields: readonly FieldSpec[] = [
  { key: 'businessName', label: 'Business' },
  { key: 'contactName', label: 'Person' },
  { key: 'email', label: 'E-mail', type: 'email' },
  { key: 'phone', label: 'Phone', type: 'tel' },
  { key: 'website', label: 'Website', type: 'url' },
  { key: 'category', label: 'Category' },
  { key: 'rating', label: 'Rating', type: 'number' },
  { key: 'address', label: 'Address' },
  { key: 'zipCode', label: 'Postal code' },
  { key: 'city', label: 'City' },
  { key: 'state', label: 'State' },
  { key: 'source', label: 'Source' },
];

const asked = new Set(['businessName', 'contactName', 'email', 'phone', 'website', 'source']);

/** What adding a lead asks for: at this door it has a business. */
export const addFields: readonly FieldSpec[] = leadFields
  .filter(({ key }) => asked.has(key))
  .map((field) => (field.key === 'businessName' ? { ...field, isRequired: true } : field));

export const statusNames: Readonly<Record<LeadView['status'], string>> = {
  NEW: 'New',
  CONTACTED: 'Contacted',
  QUALIFIED: 'Qualified',
  CONVERTED: 'Converted',
};

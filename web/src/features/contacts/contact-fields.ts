import type { FieldSpec } from '../records/fields.ts';
import type { MergeField } from '../records/merge.ts';

/** The fields of a contact, in the order in which they are shown. */
export const contactFields: readonly FieldSpec[] = [
  { key: 'firstName', label: 'First name', isRequired: true },
  { key: 'lastName', label: 'Last name' },
  { key: 'email', label: 'E-mail', type: 'email' },
  { key: 'otherEmails', label: 'Other e-mails', isList: true },
  { key: 'phone', label: 'Phone', type: 'tel' },
  { key: 'otherPhones', label: 'Other phones', isList: true },
  { key: 'title', label: 'Job title' },
  { key: 'company', label: 'Works for' },
  { key: 'source', label: 'Source' },
];

const plain = contactFields.filter(({ isList }) => !isList);

/** What adding a contact asks for. */
export const addFields: readonly FieldSpec[] = plain.filter(({ key }) => key !== 'source');

/** What a merge asks about; the server puts everything else together. */
export const mergeFields: readonly MergeField[] = plain;

export const JOINED =
  'E-mail addresses, phone numbers, tags, custom fields, companies, deals, notes, tasks and the history of both are put together; where both have the same custom field, this contact’s stays.';

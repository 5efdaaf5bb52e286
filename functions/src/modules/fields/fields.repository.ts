import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type FieldSet, fieldSetSchema } from './fields.schema.ts';

/** One document for each kind of record, its id the record type. */
export const fieldSets: Collection<FieldSet> = orgCollection(
  'fieldSets',
  'Field set',
  fieldSetSchema,
);

import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';

/** The kinds of record that organisations define fields of their own for. */
export const fieldRecordTypeSchema = z.enum(['deal', 'contact', 'company', 'lead']);
export type FieldRecordType = z.infer<typeof fieldRecordTypeSchema>;

export const fieldTypeSchema = z.enum([
  'text',
  'number',
  'money',
  'date',
  'picklist',
  'multiSelect',
  'checkbox',
  'user',
]);
export type FieldType = z.infer<typeof fieldTypeSchema>;

export const MAX_FIELDS = 100;
const MAX_OPTIONS = 100;
const MAX_TEXT_LENGTH = 5000;

/** Names that objects have of themselves; as a key of a record's fields they would be a trap. */
const isInherited = (key: string) => key === 'prototype' || key in Object.prototype;

/** The name of a custom field in requests and answers. */
export const fieldKeySchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
    error: 'must start with a letter and have at most 64 letters, digits and underscores',
  })
  .refine((key) => !isInherited(key), { error: 'is a reserved name; choose another' });

const optionSchema = lineSchema(100);
const optionsSchema = z
  .array(optionSchema)
  .max(MAX_OPTIONS)
  .refine((options) => new Set(options).size === options.length, {
    error: 'must not repeat an option',
  });

/** What one custom field holds. `options` is what picklist and multiSelect fields choose from. */
export const fieldSchema = z.strictObject({
  key: fieldKeySchema,
  label: lineSchema(100),
  type: fieldTypeSchema,
  options: optionsSchema,
  required: z.boolean(),
  archived: z.boolean(),
});
export type Field = z.infer<typeof fieldSchema>;

/** The custom fields of one kind of record, `orgs/{orgId}/fieldSets/{recordType}`. */
export const fieldSetSchema = z.strictObject({
  ...recordShape,
  recordType: fieldRecordTypeSchema,
  fields: z.array(fieldSchema).max(MAX_FIELDS),
});
export type FieldSet = z.infer<typeof fieldSetSchema>;

const hasOptions = (type: FieldType) => type === 'picklist' || type === 'multiSelect';

/** True when the options fit the type: some for a choice, none for anything else. */
export function areOptionsOf({ type, options }: Pick<Field, 'type' | 'options'>): boolean {
  return hasOptions(type) ? options.length > 0 : options.length === 0;
}

/** A new custom field; its label is its key unless given. */
export const newFieldSchema = z
  .strictObject({
    key: fieldKeySchema,
    label: lineSchema(100).optional(),
    type: fieldTypeSchema,
    options: optionsSchema.default([]),
    required: z.boolean().default(false),
  })
  .refine(areOptionsOf, {
    path: ['options'],
    error: 'give the options of a picklist or multiSelect field, and of no other',
  });
export type NewField = z.infer<typeof newFieldSchema>;

/** A change of a custom field; its key and type stay, for values of it are stored. */
export const fieldChangeSchema = z.strictObject({
  label: lineSchema(100).optional(),
  options: optionsSchema.optional(),
  required: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

const textValueSchema = z
  .string()
  .max(MAX_TEXT_LENGTH)
  .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode text' });

/** What a field of each type stores; options and users are checked against the organisation's. */
export const valueSchemas = {
  text: textValueSchema,
  number: z.number(),
  money: z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema }),
  date: z.iso.date(),
  picklist: optionSchema,
  multiSelect: optionsSchema,
  checkbox: z.boolean(),
  user: idSchema,
} as const;

const valueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  valueSchemas.money,
]);
export type FieldValue = z.infer<typeof valueSchema>;

/** The custom fields of a record as they are stored. */
export const customFieldsSchema = z.record(z.string(), valueSchema);
export type CustomFields = z.infer<typeof customFieldsSchema>;

/**
 * Custom fields as they are given: by key, null to clear one; those not named stay as they are.
 * Zod's records drop `__proto__` without a word, so keys are looked at before.
 */
export const customFieldsInputSchema = z
  .unknown()
  .superRefine((fields, { addIssue }) => {
    if (fields === null || typeof fields !== 'object') return;
    for (const key of Object.keys(fields)) {
      const issue = fieldKeySchema.safeParse(key).error?.issues[0];
      if (issue) addIssue({ code: 'custom', path: [key], message: issue.message });
    }
  })
  .pipe(z.record(z.string(), z.unknown()))
  .meta({ type: 'object', additionalProperties: true });
export type CustomFieldsInput = z.infer<typeof customFieldsInputSchema>;

import { z } from 'zod';
import { recordFields } from '../../platform/record.schema.ts';
import { activitySchema } from '../activities/activities.schema.ts';
import { adjustmentSchema } from '../adjustments/adjustments.schema.ts';
import { appointmentSchema } from '../appointments/appointments.schema.ts';
import { companySchema } from '../companies/companies.schema.ts';
import { contactSchema } from '../contacts/contacts.schema.ts';
import { messageSchema } from '../conversations/conversations.schema.ts';
import { dealSchema } from '../deals/deals.schema.ts';
import { disputeSchema } from '../disputes/disputes.schema.ts';
import type { Field, FieldType } from '../fields/fields.schema.ts';
import { leadSchema } from '../leads/leads.schema.ts';
import { noteSchema } from '../notes/notes.schema.ts';
import { payoutSchema } from '../payouts/payouts.schema.ts';
import { taskSchema } from '../tasks/tasks.schema.ts';
import type { ValueType } from './value-types.ts';

/** A field that conditions and merge fields can name. */
export interface KnownField {
  readonly type: ValueType;
  readonly label: string;
  /** What a choice chooses from; undefined when that is not known beforehand. */
  readonly options?: readonly string[];
}
export type KnownFields = ReadonlyMap<string, KnownField>;

const schemas: Readonly<Record<string, z.ZodObject>> = {
  deal: dealSchema,
  contact: contactSchema,
  company: companySchema,
  lead: leadSchema,
  task: taskSchema,
  note: noteSchema,
  activity: activitySchema,
  appointment: appointmentSchema,
  message: messageSchema,
  dispute: disputeSchema,
  adjustment: adjustmentSchema,
  payout: payoutSchema,
};

/** The kinds of record whose fields are known. */
export const describedTypes: readonly string[] = Object.keys(schemas);

/** Bookkeeping that says something, and fields that say nothing to a person. */
const told: Readonly<Record<string, KnownField>> = {
  createdAt: { type: 'instant', label: 'Created' },
  updatedAt: { type: 'instant', label: 'Updated' },
};
const untold: ReadonlySet<string> = new Set([
  ...recordFields,
  ...['searchTokens', 'participantIds', 'externalIds', 'customFields', 'termsId', 'deletedAt'],
  ...['mergedFrom', 'mergedInto', 'nextSendAt', 'attempt', 'providerId'],
]);

const typesByName: Readonly<Record<string, ValueType>> = {
  ownerId: 'user',
  teamId: 'team',
  stageId: 'stage',
  expectedCloseDate: 'day',
};

/** The fields of a kind of record by their path, those the organisation defined included. */
export function fieldsOf(recordType: string, custom: readonly Field[] = []): KnownFields {
  const schema = schemas[recordType];
  if (schema === undefined) return new Map();
  const own = Object.entries(schema.shape).flatMap(([name, fieldSchema]) =>
    untold.has(name) ? [] : describe(name, fieldSchema, 'currency' in schema.shape),
  );
  const defined = custom
    .filter(({ archived }) => !archived)
    .map((field): [string, KnownField] => [`customFields.${field.key}`, describeCustom(field)]);
  return new Map([...own, ...Object.entries(told), ...defined]);
}

function describe(name: string, schema: unknown, hasCurrency: boolean): [string, KnownField][] {
  const inner = innermost(schema);
  const type = typesByName[name] ?? typeOf(name, inner, hasCurrency);
  if (type === undefined) return [];
  const options = inner instanceof z.ZodEnum ? { options: inner.options.map(String) } : {};
  return [[name, { type, label: labelOf(name), ...options }]];
}

function typeOf(name: string, schema: unknown, hasCurrency: boolean): ValueType | undefined {
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodBoolean) return 'checkbox';
  if (schema instanceof z.ZodDate) return 'instant';
  if (schema instanceof z.ZodNumber) {
    return name.endsWith('Minor') && hasCurrency ? 'money' : 'number';
  }
  if (schema instanceof z.ZodArray) {
    return innermost(schema.element) instanceof z.ZodString ? 'list' : undefined;
  }
  if (schema instanceof z.ZodString || schema instanceof z.ZodEmail) {
    return /(Id|By)$/.test(name) ? 'id' : 'text';
  }
  return undefined;
}

/** What a schema is about, whatever may be left out and however it is read. */
function innermost(schema: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return innermost(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return innermost(schema.in);
  return schema;
}

const customTypes: Readonly<Record<FieldType, ValueType>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  date: 'day',
  picklist: 'choice',
  multiSelect: 'list',
  checkbox: 'checkbox',
  user: 'user',
};

function describeCustom({ label, type, options }: Field): KnownField {
  return { type: customTypes[type], label, ...(options.length > 0 ? { options } : {}) };
}

/** `expectedCloseDate` as `Expected close date`. */
function labelOf(name: string): string {
  const words = name.replace(/(Id|Minor)$/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

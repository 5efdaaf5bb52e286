import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { users } from '../users/users.public.ts';
import { changeCustomFields, defineTexts, refusal, usersIn } from './fields.policy.ts';
import { fieldSets } from './fields.repository.ts';
import {
  areOptionsOf,
  type CustomFields,
  type CustomFieldsInput,
  type Field,
  type FieldChange,
  type FieldRecordType,
  type FieldSet,
  MAX_FIELDS,
  type NewField,
} from './fields.schema.ts';

type Caller = Context<Principal>;

/** Far below Firestore's 1 MiB for a document. */
const MAX_SET_BYTES = 500_000;

/** The custom fields of a kind of record, archived ones included. One billed read. */
export async function listFields(ctx: Caller, recordType: FieldRecordType): Promise<Field[]> {
  requireOrgAccess(ctx.principal, 'read', 'fieldSet');
  const set = await openUnit(ctx, ctx.principal.orgId).find(fieldSets, recordType);
  return set?.fields ?? [];
}

/** The custom fields of several kinds of record, archived ones included. One billed read each. */
export async function customFieldsOf(
  unit: UnitOfWork,
  recordTypes: readonly FieldRecordType[],
): Promise<ReadonlyMap<string, readonly Field[]>> {
  const sets = await unit.findMany(fieldSets, recordTypes);
  return new Map([...sets].map(([recordType, { fields }]) => [recordType, fields]));
}

/** A custom field that was defined or changed, among all of its kind of record. */
export interface SavedField {
  readonly field: Field;
  readonly fields: readonly Field[];
}

/**
 * Defines a custom field.
 * @throws AppError permission-denied, already-exists (key), failed-precondition (too many)
 */
export async function addField(
  ctx: Caller,
  unit: UnitOfWork,
  recordType: FieldRecordType,
  input: NewField,
): Promise<SavedField> {
  requireOrgAccess(ctx.principal, 'create', 'fieldSet');
  const field: Field = { ...input, label: input.label ?? input.key, archived: false };
  const set = await unit.find(fieldSets, recordType);
  if (set?.fields.some(({ key }) => key === field.key)) {
    throw new AppError(
      'already-exists',
      `key: there is a field '${field.key}' already; change that one or choose another key`,
      { field: 'key' },
    );
  }
  const fields = [...(set?.fields ?? []), field];
  saveFields(unit, ctx, recordType, set, fields);
  return { field, fields };
}

/**
 * Changes a custom field, or archives or restores it.
 * @throws AppError permission-denied, not-found, invalid-argument (options)
 */
export async function changeField(
  ctx: Caller,
  unit: UnitOfWork,
  { recordType, key }: { readonly recordType: FieldRecordType; readonly key: string },
  change: FieldChange,
): Promise<SavedField> {
  requireOrgAccess(ctx.principal, change.archived ? 'delete' : 'update', 'fieldSet');
  const set = await unit.find(fieldSets, recordType);
  const field = set?.fields.find((candidate) => candidate.key === key);
  if (set === undefined || field === undefined) {
    throw new AppError('not-found', `There is no field '${key}' of ${recordType} records`, {
      field: 'key',
    });
  }
  const changed: Field = { ...field, ...defined(change) };
  if (!areOptionsOf(changed)) {
    throw new AppError(
      'invalid-argument',
      'options: give the options of a picklist or multiSelect field, and of no other',
      { field: 'options' },
    );
  }
  const fields = set.fields.map((candidate) => (candidate === field ? changed : candidate));
  saveFields(unit, ctx, recordType, set, fields);
  return { field: changed, fields };
}

/** A write of a record's custom fields. */
export interface CustomFieldsChange {
  /** The fields the record has; undefined for a new record, which needs all that are required. */
  readonly current: CustomFields | undefined;
  readonly given: CustomFieldsInput | undefined;
  /** What a key that nobody defined leads to: a text field defined in the same commit, or a refusal. */
  readonly unknownFields: 'define' | 'refuse';
}

/**
 * A record's custom fields after a change, checked against the organisation's definitions; every
 * door's writes pass here. Costs nothing when an update gives none, otherwise one billed read, one
 * for each user named and one write when a field is defined. At most once a unit of work for each
 * kind of record.
 * @throws AppError invalid-argument: field customFields.<key>; failed-precondition (too many)
 */
export async function validateCustomFields(
  unit: UnitOfWork,
  ctx: Pick<Caller, 'principal' | 'now'>,
  recordType: FieldRecordType,
  { current, given = {}, unknownFields }: CustomFieldsChange,
): Promise<CustomFields> {
  if (current !== undefined && Object.keys(given).length === 0) return current;
  const set = await unit.find(fieldSets, recordType);
  const known = set?.fields ?? [];
  const added = unknownFields === 'define' ? defineTexts(known, given) : [];
  const fields = [...known, ...added];
  const result = changeCustomFields(fields, current, given);
  await requireMembers(unit, usersIn(fields, given));
  if (added.length > 0) saveFields(unit, ctx, recordType, set, fields);
  return result;
}

async function requireMembers(
  unit: UnitOfWork,
  named: readonly { key: string; uid: string }[],
): Promise<void> {
  const members = await unit.findMany(
    users,
    named.map(({ uid }) => uid),
  );
  const stranger = named.find(({ uid }) => !members.get(uid)?.active);
  if (stranger === undefined) return;
  throw refusal(stranger.key, `there is no active user '${stranger.uid}' in your organisation`);
}

function saveFields(
  unit: UnitOfWork,
  ctx: Pick<Caller, 'principal' | 'now'>,
  recordType: FieldRecordType,
  set: Stored<FieldSet> | undefined,
  fields: Field[],
): void {
  const change = { actor: ctx.principal.uid, now: ctx.now };
  if (fields.length > MAX_FIELDS || Buffer.byteLength(JSON.stringify(fields)) > MAX_SET_BYTES) {
    throw new AppError(
      'failed-precondition',
      `customFields: there is room for ${MAX_FIELDS} fields and ${MAX_SET_BYTES} bytes of definitions of ${recordType} records; use the existing fields`,
      { field: 'customFields' },
    );
  }
  if (set === undefined) {
    unit.create(fieldSets, recordType, { ...firstVersion(change), recordType, fields });
  } else {
    updateRecord(unit, fieldSets, set, { fields }, change);
  }
}

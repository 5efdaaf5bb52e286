import {
  addField,
  changeField,
  isAnyRequired,
  type SavedField,
} from '../modules/fields/fields.public.ts';
import type {
  Field,
  FieldChange,
  FieldRecordType,
  NewField,
} from '../modules/fields/fields.schema.ts';
import { noteRequiredDealFields } from '../modules/stages/stages.public.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/**
 * Defines a custom field.
 * @throws AppError permission-denied, already-exists (key), failed-precondition (too many)
 */
export function defineField(
  ctx: Caller,
  recordType: FieldRecordType,
  input: NewField,
): Promise<Field> {
  return saveField(ctx, recordType, (unit) => addField(ctx, unit, recordType, input));
}

/**
 * Changes the definition of a custom field, or archives or restores it.
 * @throws AppError permission-denied, not-found, invalid-argument (options)
 */
export function redefineField(
  ctx: Caller,
  { recordType, key }: { readonly recordType: FieldRecordType; readonly key: string },
  change: FieldChange,
): Promise<Field> {
  return saveField(ctx, recordType, (unit) => changeField(ctx, unit, { recordType, key }, change));
}

/** The stages learn in the same commit what deals must have: a new deal reads its stage only. */
function saveField(
  ctx: Caller,
  recordType: FieldRecordType,
  save: (unit: UnitOfWork) => Promise<SavedField>,
): Promise<Field> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const { field, fields } = await save(unit);
    if (recordType === 'deal') await noteRequiredDealFields(ctx, unit, isAnyRequired(fields));
    return field;
  });
}

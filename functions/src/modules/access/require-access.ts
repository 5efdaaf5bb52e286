import type { Stored } from '../../platform/collection.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Audience, Principal } from '../../platform/principal.schema.ts';
import { isAllowed } from './access.policy.ts';
import type { Operation, RecordType } from './access.schema.ts';

/** The audience of records that belong to the organisation as a whole. */
export const orgWide: Audience = { ownerId: null, teamId: null, participantIds: [] };

/**
 * Refuses an operation that the policy does not grant. A record that the caller may not even see
 * is not found.
 * @throws AppError not-found, permission-denied
 */
export function requireAccess(
  caller: Principal,
  operation: Operation,
  recordType: RecordType,
  record: Stored<Audience>,
): void {
  if (!isAllowed(caller, 'read', recordType, record)) throw notFound(recordType, record.id);
  if (!isAllowed(caller, operation, recordType, record)) throw denied(operation, recordType);
}

/**
 * Refuses the creation of a record for an audience that the policy does not let the caller give it.
 * @throws AppError permission-denied
 */
export function requireCreate(caller: Principal, recordType: RecordType, record: Audience): void {
  if (isAllowed(caller, 'create', recordType, record)) return;
  throw denied('create', recordType, record.ownerId === null ? undefined : 'ownerId');
}

/**
 * Refuses an operation on records of the organisation as a whole, such as its stages.
 * @throws AppError permission-denied
 */
export function requireOrgAccess(
  caller: Principal,
  operation: Operation,
  recordType: RecordType,
): void {
  if (!isAllowed(caller, operation, recordType, orgWide)) throw denied(operation, recordType);
}

function denied(operation: Operation, recordType: RecordType, field?: string): AppError {
  return new AppError(
    'permission-denied',
    `Your role does not allow you to ${operation} this ${recordType}; ask its owner's manager or an administrator`,
    field === undefined ? {} : { field },
  );
}

import { createHash } from 'node:crypto';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type Claim, claimSchema } from './claims.schema.ts';

/** More than a record can hold of e-mails, phones and external ids together. */
const MAX_CLAIMS_OF_A_RECORD = 100;

export const claims: Collection<Claim> = orgCollection('claims', 'Claim', claimSchema);

/** The id under which a value is claimed: a hash, so that any text makes a valid id. */
export function claimId(recordType: string, kind: string, value: string): string {
  return createHash('sha256')
    .update(JSON.stringify([recordType, kind, value]))
    .digest('base64url');
}

/** All claims of a record. */
export function findClaimsOf(unit: UnitOfWork, recordId: string): Promise<Stored<Claim>[]> {
  return unit.query(claims, (query) =>
    query.where('recordId', '==', recordId).limit(MAX_CLAIMS_OF_A_RECORD),
  );
}

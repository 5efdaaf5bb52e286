import type { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { claimId, claims, findClaimsOf } from './claims.repository.ts';
import type { ClaimantType, ExternalId } from './claims.schema.ts';

/** A value that a record wants for itself, and the input field it came in. */
export interface Wanted {
  readonly kind: 'email' | 'phone' | 'domain' | 'externalId';
  readonly value: string;
  readonly field: string;
}

/** Which record claims values. */
export interface Claimant {
  readonly recordType: ClaimantType;
  readonly recordId: string;
  /** The refusal when another record, `holderId`, has a value. */
  readonly refusal: (wanted: Wanted, holderId: string) => Promise<AppError>;
}

/**
 * Claims the values a record is about to have and frees those it is about to give up, in the
 * commit that changes the record. Reads the claims first, for a refusal that names the holder; a
 * holder that comes in between fails the commit, whose next attempt then finds it. Billed: one
 * read and at most one write for each value that comes or goes.
 * @throws AppError the claimant's refusal
 */
export async function changeClaims(
  unit: UnitOfWork,
  { recordType, recordId, refusal }: Claimant,
  before: readonly Wanted[],
  after: readonly Wanted[],
): Promise<void> {
  const was = byId(recordType, before);
  const is = byId(recordType, after);
  const wanted = [...is].filter(([id]) => !was.has(id));
  const freed = [...was.keys()].filter((id) => !is.has(id));
  const held = await unit.findMany(claims, [...wanted.map(([id]) => id), ...freed]);
  for (const [id, value] of wanted) {
    const claim = held.get(id);
    if (claim === undefined) unit.create(claims, id, { recordType, recordId, kind: value.kind });
    else if (claim.recordId !== recordId) throw await refusal(value, claim.recordId);
  }
  for (const id of freed) {
    const claim = held.get(id);
    if (claim?.recordId === recordId) unit.remove(claims, claim);
  }
}

/** The id of the record of this type that has the value, or undefined. One billed read. */
export async function findHolder(
  unit: UnitOfWork,
  recordType: ClaimantType,
  { kind, value }: Omit<Wanted, 'field'>,
): Promise<string | undefined> {
  return (await unit.find(claims, claimId(recordType, kind, value)))?.recordId;
}

/** Hands all claims of a record that is merged into another to that one. Returns how many. */
export async function moveClaims(unit: UnitOfWork, fromId: string, toId: string): Promise<number> {
  const held = await findClaimsOf(unit, fromId);
  for (const claim of held) unit.update(claims, claim, { recordId: toId });
  return held.length;
}

/** Frees everything a record claims: for its removal for good. */
export async function releaseClaims(unit: UnitOfWork, recordId: string): Promise<void> {
  for (const claim of await findClaimsOf(unit, recordId)) unit.remove(claims, claim);
}

/** The claims on a record's ids in other systems. */
export function externalIdClaims(externalIds: readonly ExternalId[]): Wanted[] {
  return externalIds.map(({ source, id }) => ({
    kind: 'externalId',
    value: externalIdValue({ source, id }),
    field: 'externalIds',
  }));
}

/** An external id as one text, as it is claimed. */
export function externalIdValue({ source, id }: ExternalId): string {
  return JSON.stringify([source, id]);
}

function byId(recordType: ClaimantType, values: readonly Wanted[]): Map<string, Wanted> {
  return new Map(values.map((value) => [claimId(recordType, value.kind, value.value), value]));
}

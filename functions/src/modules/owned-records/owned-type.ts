import type { Collection, Stored } from '../../platform/collection.ts';
import type { Audience } from '../../platform/principal.schema.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { ExternalId } from '../claims/claims.schema.ts';
import type { CustomFields } from '../fields/fields.schema.ts';
import type { Findable } from '../search/search.public.ts';

/** A record that one person owns. */
export interface OwnedRecord extends RecordFields {
  ownerId: string;
  teamId: string | null;
  tags: string[];
  customFields: CustomFields;
  externalIds: ExternalId[];
  searchTokens: string[];
  deletedAt: Date | null;
  /** The record it was merged into; only records that can be merged have the field. */
  mergedInto?: string | null;
}

/** An owned record that another can be merged into. */
export interface MergeableRecord extends OwnedRecord {
  mergedInto: string | null;
  mergedFrom: string[];
}

export type OwnedTypeName = 'contact' | 'company' | 'lead';

/** What the shared use cases need to know of a kind of owned record. */
export interface OwnedType<T extends OwnedRecord> {
  readonly recordType: OwnedTypeName;
  readonly collection: Collection<T>;
  readonly findableOf: (record: T) => Findable;
}

/** Who is concerned by an owned record. */
export function audienceOf({ ownerId, teamId }: Pick<OwnedRecord, 'ownerId' | 'teamId'>): Audience {
  return { ownerId, teamId, participantIds: [ownerId] };
}

/** The same with the record's id, as access is decided on. */
export function subjectOf(record: Stored<OwnedRecord>): Stored<Audience> {
  return { ...audienceOf(record), id: record.id };
}

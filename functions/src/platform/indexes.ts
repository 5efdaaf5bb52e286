/** A composite index, in the words of `firestore.indexes.json`. */
export interface CompositeIndex {
  readonly collectionGroup: string;
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
  readonly fields: readonly IndexField[];
}

type IndexField =
  | { readonly fieldPath: string; readonly order: 'ASCENDING' | 'DESCENDING' }
  | { readonly fieldPath: string; readonly arrayConfig: 'CONTAINS' };

/**
 * An index of one collection over fields written as `stageId`, `updatedAt desc` or
 * `tags contains`. A query with several equalities is served by merging indexes that end in the
 * same order, so one index for each filter and order is enough for all their combinations.
 */
export function compositeIndex(collection: string, ...fields: string[]): CompositeIndex {
  return { collectionGroup: collection, queryScope: 'COLLECTION', fields: fields.map(indexField) };
}

/** An index for the sums of `sums` over what is found by the fields before. */
export function sumIndex(
  collection: string,
  filters: readonly string[],
  sums: readonly string[],
): CompositeIndex {
  return compositeIndex(collection, ...filters, ...sums.toSorted());
}

function indexField(field: string): IndexField {
  const [fieldPath = '', how = 'asc'] = field.split(' ');
  if (how === 'contains') return { fieldPath, arrayConfig: 'CONTAINS' };
  return { fieldPath, order: how === 'desc' ? 'DESCENDING' : 'ASCENDING' };
}

/** What replaces the automatic indexes of one field, in the words of `firestore.indexes.json`. */
export interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly ttl?: true;
  readonly indexes: readonly SingleIndex[];
}

type SingleIndex =
  | {
      readonly order: 'ASCENDING' | 'DESCENDING';
      readonly queryScope: CompositeIndex['queryScope'];
    }
  | { readonly arrayConfig: 'CONTAINS'; readonly queryScope: CompositeIndex['queryScope'] };

/** Lets a field be searched and ordered by in all organisations at once, as sweeps do. */
export function groupIndex(collection: string, fieldPath: string): FieldOverride {
  return {
    collectionGroup: collection,
    fieldPath,
    indexes: [
      { order: 'ASCENDING', queryScope: 'COLLECTION' },
      { order: 'DESCENDING', queryScope: 'COLLECTION' },
      { order: 'ASCENDING', queryScope: 'COLLECTION_GROUP' },
    ],
  };
}

/**
 * Has Firestore remove documents once the time in the field has passed. The field is not indexed:
 * its values rise with the clock, and such an index takes 500 writes a second.
 */
export function expiryField(collection: string, fieldPath: string): FieldOverride {
  return { collectionGroup: collection, fieldPath, ttl: true, indexes: [] };
}

/** Leaves all fields of a collection out of indexes: for documents of many numbers that nobody queries. */
export function unindexed(collection: string): FieldOverride {
  return { collectionGroup: collection, fieldPath: '*', indexes: [] };
}

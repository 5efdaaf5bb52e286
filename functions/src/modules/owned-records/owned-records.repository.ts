import type { Query } from 'firebase-admin/firestore';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { policy, whereVisible } from '../access/access.public.ts';
import type { OwnedTypeName } from './owned-type.ts';

export type { Query };

/** How many alternatives Firestore tries in one query. */
const MAX_DISJUNCTIONS = 30;

/** Narrows a query to the records in use that the caller may see. */
export function whereInUse(query: Query, caller: Principal, recordType: OwnedTypeName): Query {
  return whereVisible(query, caller, recordType).where('deletedAt', '==', null);
}

/** Narrows a query to the records with one of the tags. */
export function whereTagged(query: Query, tags: readonly string[]): Query {
  if (tags.length === 0) return query;
  return tags.length === 1
    ? query.where('tags', 'array-contains', tags[0])
    : query.where('tags', 'array-contains-any', [...tags]);
}

/** Narrows a query to the records that a search token finds. */
export function whereFound(query: Query, token: string): Query {
  return query.where('searchTokens', 'array-contains', token);
}

/** How many tags one query of this caller can ask for: each is tried for each way to see a record. */
export function maxTagsOf(caller: Principal, recordType: OwnedTypeName): number {
  const seesAll = policy[recordType].read[caller.role].includes('any');
  const ways = seesAll || caller.role === 'rep' ? 1 : caller.managedTeamIds.length + 1;
  return Math.max(1, Math.floor(MAX_DISJUNCTIONS / ways));
}

/** The indexes that lists of an owned kind need; see `compositeIndex` for how they combine. */
export function ownedIndexes(
  recordType: OwnedTypeName,
  collection: string,
  ...filters: string[]
): CompositeIndex[] {
  const relations = Object.values(policy[recordType].read).flat();
  const usual = [
    ...(relations.includes('owned') ? ['ownerId'] : []),
    ...(relations.includes('managed') ? ['teamId'] : []),
    ...['tags contains', 'searchTokens contains'],
  ];
  return [
    compositeIndex(collection, 'deletedAt', 'updatedAt desc'),
    ...[...usual, ...filters].map((filter) =>
      compositeIndex(collection, 'deletedAt', filter, 'updatedAt desc'),
    ),
  ];
}

import type { Query } from 'firebase-admin/firestore';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { whereVisible } from '../access/access.public.ts';

/** The indexes that searching deals needs. */
export const searchIndexes: readonly CompositeIndex[] = [
  compositeIndex('deals', 'deletedAt', 'searchTokens contains', 'updatedAt desc'),
  compositeIndex('deals', 'deletedAt', 'searchTokens', 'updatedAt desc'),
];

/** The deals in use that a token finds, of an owner or team that lets the caller see them. */
export function whereDealFound(query: Query, caller: Principal, token: string): Query {
  // What one person owns is narrowed by owner and team alone, beside which there is room for the
  // one `array-contains` that a query may have.
  return whereVisible(query, caller, 'contact')
    .where('deletedAt', '==', null)
    .where('searchTokens', 'array-contains', token);
}

/** The deals in use that were written directly, without tokens, and not changed by a command since. */
export function whereDealUntokenised(query: Query, caller: Principal): Query {
  return whereVisible(query, caller, 'contact')
    .where('deletedAt', '==', null)
    .where('searchTokens', '==', []);
}

/** The deals in use that the caller takes part in. */
export function whereDealInvolves(query: Query, { uid }: Principal): Query {
  return query.where('deletedAt', '==', null).where('participantIds', 'array-contains', uid);
}

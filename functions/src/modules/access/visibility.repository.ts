import { Filter, type Query } from 'firebase-admin/firestore';
import type { Principal } from '../../platform/principal.schema.ts';
import { policy, type Relation } from './access.policy.ts';
import type { RecordType } from './access.schema.ts';

/**
 * Narrows a query to the records the policy lets the caller read. The filters are those that
 * `firestore.rules` can prove, so every door lists the same records.
 */
export function whereVisible(query: Query, caller: Principal, recordType: RecordType): Query {
  const filters = policy[recordType].read[caller.role].flatMap(
    (relation) => relationFilter(relation, caller) ?? [],
  );
  if (policy[recordType].read[caller.role].includes('any')) return query;
  return query.where(Filter.or(...filters));
}

function relationFilter(relation: Relation, caller: Principal): Filter | undefined {
  switch (relation) {
    case 'any':
      return undefined;
    case 'managed':
      return caller.managedTeamIds.length === 0
        ? undefined
        : Filter.where('teamId', 'in', [...caller.managedTeamIds]);
    case 'owned':
      return Filter.where('ownerId', '==', caller.uid);
    case 'involved':
      return Filter.where('participantIds', 'array-contains', caller.uid);
  }
}

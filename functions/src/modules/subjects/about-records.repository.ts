import type { Query } from 'firebase-admin/firestore';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Order } from '../../platform/paging.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { isAllowed, whereVisible } from '../access/access.public.ts';
import type { SubjectType } from './subjects.schema.ts';
import type { Subject } from './subjects.service.ts';

/** Which records about others to list, and in what order. */
export interface AboutQuery {
  readonly recordType?: SubjectType | undefined;
  readonly recordId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly order: Order;
  /** What else the kind is narrowed by. */
  readonly filters?: readonly (readonly [field: string, operator: '==' | '<', value: unknown])[];
}

/** The composite indexes that lists of one kind need, in one order and with the kind's filters. */
export function aboutIndexes(
  collection: string,
  order: string,
  filters: readonly string[],
): CompositeIndex[] {
  const narrowed = ['ownerId', 'teamId', ...filters];
  return [
    compositeIndex(collection, 'deletedAt', order),
    compositeIndex(collection, 'recordType', 'recordId', 'deletedAt', order),
    ...narrowed.map((filter) => compositeIndex(collection, 'deletedAt', filter, order)),
  ];
}

/** Narrows a query to what is about the subject; without one to what is the caller's to see. */
export function selectAbout(
  caller: Principal,
  kind: 'note' | 'task' | 'activity',
  { ownerId, filters = [] }: AboutQuery,
  subject: Subject | undefined,
) {
  return (query: Query): Query => {
    const present = query.where('deletedAt', '==', null);
    const owned = ownerId === undefined ? present : present.where('ownerId', '==', ownerId);
    const narrowed = filters.reduce((q, [field, op, value]) => q.where(field, op, value), owned);
    if (subject !== undefined) return whereAbout(narrowed, subject);
    const owner = { ownerId: ownerId ?? null, teamId: null, participantIds: [] };
    // Everything of an owner that the policy lets the caller see whoever's team it is on.
    return isAllowed(caller, 'read', kind, owner) ? narrowed : whereVisible(narrowed, caller, kind);
  };
}

/** Narrows a query to what is about a record or one merged into it. */
export function whereAbout(query: Query, { recordType, ids }: Subject): Query {
  const [only, ...others] = ids;
  const ofType = query.where('recordType', '==', recordType);
  return others.length === 0
    ? ofType.where('recordId', '==', only)
    : ofType.where('recordId', 'in', [...ids]);
}

import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import { type Adjustment, adjustmentSchema, type ListAdjustments } from './adjustments.schema.ts';

export const adjustments: Collection<Adjustment> = orgCollection(
  'adjustments',
  'Adjustment',
  adjustmentSchema,
);

/** The indexes that lists of adjustments need. */
export const adjustmentIndexes = ['status', 'ownerId', 'teamId'].map((filter) =>
  compositeIndex('adjustments', filter, 'createdAt desc'),
);

/** Narrows a query of adjustments by the filters that are given. */
export function whereAdjustment(
  query: Query,
  { status, payeeId }: Pick<ListAdjustments, 'status' | 'payeeId'>,
): Query {
  const ofStatus = status === undefined ? query : query.where('status', '==', status);
  return payeeId === undefined ? ofStatus : ofStatus.where('ownerId', '==', payeeId);
}

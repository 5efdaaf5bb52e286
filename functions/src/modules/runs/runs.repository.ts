import type { Query } from 'firebase-admin/firestore';
import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { compositeIndex, type FieldOverride, groupIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type ListRuns, type Run, runSchema, type Wake, wakeSchema } from './runs.schema.ts';

export const runs: Collection<Run> = orgCollection('runs', 'Run', runSchema);
export const wakes: Collection<Wake> = orgCollection('wakes', 'Wake', wakeSchema);

/** More runs of one workflow than should wait for one record. */
const MAX_WAITING = 100;

/** The indexes that lists of runs need, and the sweeps that start some by the clock. */
export const runIndexes = [
  ...['status', 'workflowId', 'recordId', 'teamId'].map((filter) =>
    compositeIndex('runs', filter, 'createdAt desc'),
  ),
  compositeIndex('events', 'types contains', 'at'),
  compositeIndex('events', 'recordId', 'types contains', 'version'),
  ...['contacts', 'companies', 'leads'].map((collection) =>
    compositeIndex(collection, 'deletedAt', 'createdAt'),
  ),
];

const unindexed = (fieldPath: string): FieldOverride => ({
  collectionGroup: 'runs',
  fieldPath,
  indexes: [],
});

/** What sweeps look for in all organisations; and what nobody looks for, which would cost index entries. */
export const runFieldOverrides: readonly FieldOverride[] = [
  groupIndex('runs', 'nextSendAt'),
  groupIndex('wakes', 'nextSendAt'),
  unindexed('scene'),
  unindexed('log'),
];

/** Narrows a query of runs by the filters that are given. */
export function whereRun(
  query: Query,
  filters: Pick<ListRuns, 'status' | 'workflowId' | 'recordId'>,
): Query {
  return Object.entries(filters).reduce(
    (narrowed, [field, value]) =>
      value === undefined ? narrowed : narrowed.where(field, '==', value),
    query,
  );
}

/** Whether a run of the workflow has not come to its end. One billed read. */
export async function hasRunUnderWay(unit: UnitOfWork, workflowId: string): Promise<boolean> {
  const found = await unit.query(runs, (query) =>
    query.where('workflowId', '==', workflowId).where('finishedAt', '==', null).limit(1),
  );
  return found.length > 0;
}

/** The runs that wait for an event about one of these. Billed: one read each, at least one. */
export function findWaiting(unit: UnitOfWork, about: readonly string[]): Promise<Stored<Run>[]> {
  return unit.query(runs, (query) =>
    query.where('waitingFor', 'array-contains-any', [...about]).limit(MAX_WAITING),
  );
}

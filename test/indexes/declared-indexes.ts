import { compositeIndexes, fieldOverrides } from '../../functions/src/app/indexes.ts';
import type { CompositeIndex } from '../../functions/src/platform/indexes.ts';
import { shapeOf } from './query-shape.ts';
import { serve } from './served-by.ts';

/** The declared indexes that served a query in this test file. */
export const usedIndexes = new Set<CompositeIndex>();

/** Refuses a query that the declared indexes do not serve. @throws Error naming what to declare */
export function requireIndexes(structuredQuery: unknown): void {
  const shape = shapeOf(structuredQuery);
  const { missing, used } = serve(shape, {
    composite: compositeIndexes,
    overrides: fieldOverrides,
  });
  for (const index of used) usedIndexes.add(index);
  if (missing.length === 0) return;
  const message =
    `The query of '${shape.collection}' requires an index; add to functions/src/app/indexes.ts ` +
    `(or what it collects), then npm run gen: ${missing.join('; ')}`;
  process.stderr.write(`${message}\n`);
  throw new Error(message);
}

/** The query in what is handed to the client's `requestStream`, if there is one. */
export function queryIn(args: readonly unknown[]): unknown {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    if ('structuredAggregationQuery' in arg) return queryIn([arg.structuredAggregationQuery]);
    if ('structuredQuery' in arg) return arg.structuredQuery;
  }
  return undefined;
}

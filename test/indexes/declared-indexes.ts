import { z } from 'zod';
import { compositeIndexes, fieldOverrides } from '../../functions/src/app/indexes.ts';
import type { CompositeIndex } from '../../functions/src/platform/indexes.ts';
import { shapeOf } from './query-shape.ts';
import { serve } from './served-by.ts';

/** The declared indexes that served a query in this test file. */
export const usedIndexes = new Set<CompositeIndex>();

/**
 * Refuses a query that the declared indexes do not serve; `sums` are the fields that are added up
 * over what it finds.
 * @throws Error naming what to declare
 */
export function requireIndexes(structuredQuery: unknown, sums: readonly string[] = []): void {
  const shape = shapeOf(structuredQuery, sums);
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

const aggregationsSchema = z.object({
  structuredAggregationQuery: z.object({
    aggregations: z.array(
      z.object({ sum: z.object({ field: z.object({ fieldPath: z.string() }) }).optional() }),
    ),
  }),
});

/** The aggregates in what is handed to `requestStream`, one for each, and the fields of the sums. */
export function aggregatesIn(args: readonly unknown[]): { count: number; sums: string[] } {
  for (const arg of args) {
    const parsed = aggregationsSchema.safeParse(arg);
    if (!parsed.success) continue;
    const { aggregations } = parsed.data.structuredAggregationQuery;
    const sums = aggregations.flatMap(({ sum }) => sum?.field.fieldPath ?? []);
    return { count: aggregations.length, sums };
  }
  return { count: 0, sums: [] };
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

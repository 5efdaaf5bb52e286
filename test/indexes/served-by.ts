import type { CompositeIndex, FieldOverride } from '../../functions/src/platform/indexes.ts';
import type { Alternative, Direction, QueryShape } from './query-shape.ts';

/** The indexes there are beside those that Firestore makes of every field by itself. */
export interface Indexes {
  readonly composite: readonly CompositeIndex[];
  readonly overrides: readonly FieldOverride[];
}

/** What serves a query, and what it lacks in the words of `compositeIndex` and `groupIndex`. */
export interface Service {
  readonly used: readonly CompositeIndex[];
  readonly usedOverrides: readonly FieldOverride[];
  readonly missing: readonly string[];
}

interface Ordered {
  readonly field: string;
  readonly direction: Direction;
}

/**
 * Which indexes serve a query, by Firestore's published rules
 * (https://firebase.google.com/docs/firestore/query-data/index-overview):
 * - each alternative of an `or` or `in` is looked up by itself;
 * - one field, compared or ordered by, and any number of equalities without an order are served by
 *   the automatic indexes, which are merged;
 * - everything else needs composite indexes that end in the query's order. Several are merged when
 *   together they hold every equality;
 * - a sum needs the summed fields at the end of the index.
 * A query across organisations finds no automatic indexes.
 */
export function serve(query: QueryShape, indexes: Indexes): Service {
  const services = query.alternatives.map((alternative) =>
    serveAlternative(query, alternative, indexes),
  );
  return {
    used: [...new Set(services.flatMap(({ used }) => used))],
    usedOverrides: [...new Set(services.flatMap(({ usedOverrides }) => usedOverrides))],
    missing: [...new Set(services.flatMap(({ missing }) => missing))],
  };
}

function serveAlternative(query: QueryShape, alternative: Alternative, indexes: Indexes): Service {
  if (alternative.contains.length > 1) {
    throw new Error(`Firestore takes one array-contains a query, not ${alternative.contains}`);
  }
  const filters = [...alternative.equal, ...alternative.contains];
  // A sum is read from the entries of an index, which have to hold the field.
  const summed = query.sums.map((field) => ({ field, direction: 'ASCENDING' as const }));
  const order = [...wholeOrder(query, alternative), ...summed];
  const [single] = order;
  if (order.length === 0) return serveSingles(query, filters, indexes);
  if (single !== undefined && order.length === 1 && filters.length === 0) {
    return serveSingles(query, [single.field], indexes);
  }
  return serveComposite(query, alternative, order, indexes);
}

/** The order with what Firestore adds to it: the compared fields, and without the document's name. */
function wholeOrder({ order }: QueryShape, { equal, ranges }: Alternative): Ordered[] {
  const direction = order.at(-1)?.direction ?? 'ASCENDING';
  const named = order.findIndex(({ field }) => field === '__name__');
  if (named !== -1 && named !== order.length - 1)
    throw new Error('__name__ must be the last order');
  if (named > 0 && order[named - 1]?.direction !== order[named]?.direction) {
    throw new Error('order by __name__ in the direction of the field before it');
  }
  const given = order.filter(({ field }) => field !== '__name__' && !equal.includes(field));
  const compared = ranges
    .filter((field) => field !== '__name__' && !given.some((by) => by.field === field))
    .map((field) => ({ field, direction }));
  return [...given, ...compared];
}

function serveSingles(
  { collection, queryScope }: QueryShape,
  fields: readonly string[],
  { overrides }: Indexes,
): Service {
  const usedOverrides: FieldOverride[] = [];
  const missing: string[] = [];
  for (const field of fields) {
    const override = overrides.find(
      (each) => each.collectionGroup === collection && each.fieldPath === field,
    );
    const isIndexed = override?.indexes.some((index) => index.queryScope === queryScope);
    if (override !== undefined && isIndexed) usedOverrides.push(override);
    else if (override !== undefined)
      missing.push(`an index in '${collection}' of the exempt '${field}'`);
    else if (queryScope === 'COLLECTION_GROUP')
      missing.push(`groupIndex('${collection}', '${field}')`);
  }
  return { used: [], usedOverrides, missing };
}

function serveComposite(
  { collection, queryScope }: QueryShape,
  { equal, contains }: Alternative,
  order: readonly Ordered[],
  { composite }: Indexes,
): Service {
  const wanted = new Set([...equal, ...contains.map((field) => `${field} contains`)]);
  const fitting = composite.filter((index) => {
    if (index.collectionGroup !== collection || index.queryScope !== queryScope) return false;
    const prefix = filtersOf(index, order);
    return prefix?.every((filter) => wanted.has(filter)) ?? false;
  });
  // The widest first: a query is served by as few as may be.
  const widest = fitting.sort((a, b) => b.fields.length - a.fields.length);
  const used: CompositeIndex[] = [];
  const lacking = new Set(wanted);
  for (const index of widest) {
    const filters = filtersOf(index, order) ?? [];
    if (!filters.some((filter) => lacking.has(filter)) && wanted.size > 0) continue;
    for (const filter of filters) lacking.delete(filter);
    used.push(index);
    if (lacking.size === 0) break;
  }
  if (lacking.size === 0 && used.length > 0) return { used, usedOverrides: [], missing: [] };
  const fields = [...wanted, ...order.map(inWords)].map((field) => `'${field}'`).join(', ');
  return { used: [], usedOverrides: [], missing: [`compositeIndex('${collection}', ${fields})`] };
}

/** The fields of an index before the given order, or undefined when it does not end in that order. */
function filtersOf({ fields }: CompositeIndex, order: readonly Ordered[]): string[] | undefined {
  const start = fields.length - order.length;
  const endsInOrder =
    start >= 0 &&
    order.every(({ field, direction }, position) => {
      const indexed = fields[start + position];
      return indexed?.fieldPath === field && 'order' in indexed && indexed.order === direction;
    });
  if (!endsInOrder) return undefined;
  return fields
    .slice(0, start)
    .map((field) => ('order' in field ? field.fieldPath : `${field.fieldPath} contains`));
}

function inWords({ field, direction }: Ordered): string {
  return direction === 'DESCENDING' ? `${field} desc` : field;
}

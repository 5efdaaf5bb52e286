import { z } from 'zod';

const fieldSchema = z.object({ segments: z.array(z.string()) });
const filterSchema: z.ZodType<WebFilter> = z.union([
  z.object({ op: z.enum(['and', 'or']), filters: z.lazy(() => z.array(filterSchema)) }),
  z.object({ op: z.string(), field: fieldSchema }),
]);
type WebFilter =
  | { op: 'and' | 'or'; filters: WebFilter[] }
  | { op: string; field: z.infer<typeof fieldSchema> };

/** A query of the web SDK, as it is inside. */
const querySchema = z.object({
  _query: z.object({
    path: z.object({ segments: z.array(z.string()) }),
    collectionGroup: z.string().nullable(),
    explicitOrderBy: z.array(z.object({ field: fieldSchema, dir: z.enum(['asc', 'desc']) })),
    filters: z.array(filterSchema),
  }),
});

const OPERATORS: Readonly<Record<string, string>> = {
  '==': 'EQUAL',
  in: 'IN',
  'array-contains': 'ARRAY_CONTAINS',
  'array-contains-any': 'ARRAY_CONTAINS_ANY',
};

/** A query of the web SDK in the words that both SDKs send. */
export function structuredQueryOf(query: unknown): object {
  const { path, collectionGroup, explicitOrderBy, filters } = querySchema.parse(query)._query;
  const collectionId = collectionGroup ?? path.segments.at(-1);
  return {
    from: [{ collectionId, allDescendants: collectionGroup !== null }],
    ...(filters.length === 0 ? {} : { where: filterOf({ op: 'and', filters }) }),
    orderBy: explicitOrderBy.map(({ field, dir }) => ({
      field: { fieldPath: field.segments.join('.') },
      direction: dir === 'asc' ? 'ASCENDING' : 'DESCENDING',
    })),
  };
}

function filterOf(filter: WebFilter): object {
  if ('filters' in filter) {
    const { op, filters } = filter;
    return { compositeFilter: { op: op.toUpperCase(), filters: filters.map(filterOf) } };
  }
  const fieldPath = filter.field.segments.join('.');
  // Everything else compares, and is served alike.
  const op = OPERATORS[filter.op] ?? 'LESS_THAN';
  return { fieldFilter: { field: { fieldPath }, op } };
}

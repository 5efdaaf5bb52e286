import { z } from 'zod';

/** What of one alternative of a query decides which indexes can serve it. */
export interface Alternative {
  /** Fields that must equal a value. */
  readonly equal: readonly string[];
  /** Arrays that must contain a value. */
  readonly contains: readonly string[];
  /** Fields that are compared in any other way. */
  readonly ranges: readonly string[];
}

export type Direction = 'ASCENDING' | 'DESCENDING';

/** A query without its values. */
export interface QueryShape {
  readonly collection: string;
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
  /** The filters in disjunctive form: Firestore looks each alternative up by itself. */
  readonly alternatives: readonly Alternative[];
  readonly order: readonly { readonly field: string; readonly direction: Direction }[];
  /** The fields that are added up over what is found. */
  readonly sums: readonly string[];
}

const fieldSchema = z.object({ fieldPath: z.string() });
const fieldFilterSchema = z.object({
  fieldFilter: z.object({ field: fieldSchema, op: z.string() }),
});
const unaryFilterSchema = z.object({
  unaryFilter: z.object({ field: fieldSchema, op: z.string() }),
});
const compositeFilterSchema = z.object({
  compositeFilter: z.object({ op: z.enum(['AND', 'OR']), filters: z.array(z.unknown()) }),
});
const structuredQuerySchema = z.object({
  from: z.tuple([z.object({ collectionId: z.string(), allDescendants: z.boolean().nullish() })]),
  where: z.unknown().optional(),
  orderBy: z
    .array(z.object({ field: fieldSchema, direction: z.enum(['ASCENDING', 'DESCENDING']) }))
    .nullish(),
});

const EQUALITY: ReadonlySet<string> = new Set(['EQUAL', 'IN', 'IS_NULL', 'IS_NAN']);
const CONTAINS: ReadonlySet<string> = new Set(['ARRAY_CONTAINS', 'ARRAY_CONTAINS_ANY']);

/** The shape of a query as the client sends it (`google.firestore.v1.StructuredQuery`). */
export function shapeOf(structuredQuery: unknown, sums: readonly string[] = []): QueryShape {
  const { from, where, orderBy } = structuredQuerySchema.parse(structuredQuery);
  const [{ collectionId, allDescendants }] = from;
  return {
    collection: collectionId,
    queryScope: allDescendants ? 'COLLECTION_GROUP' : 'COLLECTION',
    alternatives: alternativesOf(where),
    order: (orderBy ?? []).map(({ field, direction }) => ({ field: field.fieldPath, direction })),
    sums: sums.toSorted(),
  };
}

const everything: Alternative = { equal: [], contains: [], ranges: [] };

function alternativesOf(filter: unknown): Alternative[] {
  if (filter === undefined || filter === null) return [everything];
  const composite = compositeFilterSchema.safeParse(filter);
  if (composite.success) {
    const { op, filters } = composite.data.compositeFilter;
    const parts = filters.map(alternativesOf);
    return op === 'OR' ? parts.flat() : parts.reduce(bothOf, [everything]);
  }
  const { field, op } =
    fieldFilterSchema.safeParse(filter).data?.fieldFilter ??
    unaryFilterSchema.parse(filter).unaryFilter;
  const name = field.fieldPath;
  if (EQUALITY.has(op)) return [{ ...everything, equal: [name] }];
  if (CONTAINS.has(op)) return [{ ...everything, contains: [name] }];
  return [{ ...everything, ranges: [name] }];
}

function bothOf(left: readonly Alternative[], right: readonly Alternative[]): Alternative[] {
  return left.flatMap((a) =>
    right.map((b) => ({
      equal: distinct([...a.equal, ...b.equal]),
      contains: [...a.contains, ...b.contains],
      ranges: distinct([...a.ranges, ...b.ranges]),
    })),
  );
}

function distinct(fields: readonly string[]): string[] {
  return [...new Set(fields)];
}

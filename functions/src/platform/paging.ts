import { type DocumentSnapshot, type Query, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { idSchema } from './text.schema.ts';

/** The order of a list; the document id breaks ties in the same direction. */
export interface Order {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** A page to fetch: at most `limit` records after `cursor`, which an earlier page answered. */
export interface PageRequest {
  readonly order: Order;
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Records to skip, for doors that number their pages; a cursor costs less. */
  readonly offset?: number;
}

// A Timestamp travels as seconds and nanoseconds: a Date would lose the microseconds by which
// records written in one millisecond are told apart.
const positionSchema = z.tuple([
  z.union([
    z.strictObject({ seconds: z.int(), nanoseconds: z.int().min(0).max(999_999_999) }),
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
  ]),
  idSchema,
]);

/** Restricts a query to one page. @throws AppError invalid-argument: field cursor */
export function pageOf(query: Query, { order, limit, cursor, offset = 0 }: PageRequest): Query {
  const ordered = (offset === 0 ? query : query.offset(offset))
    .orderBy(order.field, order.direction)
    .orderBy('__name__', order.direction)
    .limit(limit);
  if (cursor === undefined) return ordered;
  const [value, id] = decodeCursor(cursor);
  return ordered.startAfter(value, id);
}

/** The cursor that continues after `last`. */
export function cursorAfter(last: Pick<DocumentSnapshot, 'id' | 'get'>, order: Order): string {
  const value: unknown = last.get(order.field);
  const position = [
    value instanceof Timestamp
      ? { seconds: value.seconds, nanoseconds: value.nanoseconds }
      : (value ?? null),
    last.id,
  ];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(cursor: string): [unknown, string] {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [value, id] = positionSchema.parse(json);
    const isTime = value !== null && typeof value === 'object';
    return [isTime ? new Timestamp(value.seconds, value.nanoseconds) : value, id];
  } catch (error) {
    throw new AppError('invalid-argument', 'cursor: use the nextCursor of an earlier answer', {
      field: 'cursor',
      cause: error,
    });
  }
}

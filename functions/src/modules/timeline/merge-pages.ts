import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';

/** Where an entry stands in a timeline: newest first, then by source, then by falling id. */
export interface Place {
  readonly atMs: number;
  readonly source: number;
  readonly id: string;
}

/** What of one source comes after a place: from `atMs` back, that instant included or not, or behind an id. */
export type Bound =
  | { readonly atMs: number; readonly from: 'before' | 'through' }
  | { readonly atMs: number; readonly from: 'after'; readonly id: string };

/** One of the lists that a timeline is merged from. */
export interface Source<T> {
  /** The next `limit` entries after `bound`, newest first and by falling id within an instant. */
  readonly fetch: (bound: Bound | undefined, limit: number) => Promise<readonly Entry<T>[]>;
}

export interface Entry<T> {
  readonly atMs: number;
  readonly id: string;
  readonly value: T;
}

/**
 * One page of several lists merged into one order. Each entry has one place in that order, and a
 * page ends at a place, so pages neither lose nor repeat an entry however many share an instant.
 */
export async function mergePages<T>(
  sources: readonly Source<T>[],
  after: Place | undefined,
  limit: number,
): Promise<{ readonly values: T[]; readonly next: Place | null }> {
  const lists = await Promise.all(
    sources.map(async ({ fetch }, source) => {
      const entries = await fetch(after && boundIn(source, after), limit);
      return entries.map((entry) => ({ ...entry, source }));
    }),
  );
  const merged = lists.flat().sort(comparePlaces);
  const page = merged.slice(0, limit);
  const last = page.at(-1);
  // A source that gave all it was asked for may hold more.
  const isEnd = merged.length <= limit && lists.every((list) => list.length < limit);
  const next = isEnd || last === undefined ? null : placeOf(last);
  return { values: page.map(({ value }) => value), next };
}

function boundIn(source: number, { atMs, source: lastSource, id }: Place): Bound {
  if (source === lastSource) return { atMs, from: 'after', id };
  return { atMs, from: source < lastSource ? 'before' : 'through' };
}

function comparePlaces(a: Place, b: Place): number {
  return b.atMs - a.atMs || a.source - b.source || (a.id < b.id ? 1 : -1);
}

function placeOf({ atMs, source, id }: Place): Place {
  return { atMs, source, id };
}

/** The instants that Firestore has: the years 1 to 9999. */
const instantMsSchema = z.int().min(Date.parse('0001-01-01')).max(Date.parse('9999-12-31'));
/** An event's id is longer than a record's. */
const entryIdSchema = z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,300}$/);
const placeSchema = z.tuple([instantMsSchema, z.int().min(0).max(9), entryIdSchema]);

/** The cursor that continues after a place. */
export function cursorOf({ atMs, source, id }: Place): string {
  return Buffer.from(JSON.stringify([atMs, source, id])).toString('base64url');
}

/** The place a cursor stands for. @throws AppError invalid-argument: field cursor */
export function placeIn(cursor: string): Place {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [atMs, source, id] = placeSchema.parse(json);
    return { atMs, source, id };
  } catch (error) {
    throw new AppError('invalid-argument', 'cursor: use the nextCursor of an earlier answer', {
      field: 'cursor',
      cause: error,
    });
  }
}

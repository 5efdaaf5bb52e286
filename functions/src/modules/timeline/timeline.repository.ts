import type { Query } from 'firebase-admin/firestore';
import type { Collection, Stored } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type Subject, whereAbout } from '../subjects/subjects.public.ts';
import type { Bound } from './merge-pages.ts';

/** What a list of a timeline is read from. */
export interface TimelineList<T extends object> {
  readonly collection: Collection<T>;
  readonly timeField: keyof T & string;
  /** True when what is in the bin is left out. */
  readonly isBinnable: boolean;
  /** Selects what belongs to a record, for lists that do not name it as notes do. */
  readonly select?: (query: Query, subject: Subject) => Query;
}

/** The composite indexes of the lists that have none of the kind of their own. */
export const timelineIndexes: readonly CompositeIndex[] = [
  compositeIndex('events', 'recordType', 'recordId', 'at desc'),
];

/** The next entries of one list about a record, newest first. */
export function findEntries<T extends object>(
  unit: UnitOfWork,
  { collection, timeField, isBinnable, select = whereAbout }: TimelineList<T>,
  subject: Subject,
  bound: Bound | undefined,
  limit: number,
): Promise<Stored<T>[]> {
  return unit.query(collection, (query) => {
    const about = select(query, subject);
    const present = isBinnable ? about.where('deletedAt', '==', null) : about;
    return inBound(present, timeField, bound).limit(limit);
  });
}

function inBound(query: Query, timeField: string, bound: Bound | undefined): Query {
  const at = bound && new Date(bound.atMs);
  const narrowed =
    bound === undefined || bound.from === 'after'
      ? query
      : query.where(timeField, bound.from === 'before' ? '<' : '<=', at);
  const ordered = narrowed.orderBy(timeField, 'desc').orderBy('__name__', 'desc');
  return bound?.from === 'after' ? ordered.startAfter(at, bound.id) : ordered;
}

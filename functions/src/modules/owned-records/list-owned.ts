import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { parseSearch, type SearchQuery } from '../search/search.public.ts';
import {
  maxTagsOf,
  type Query,
  whereFound,
  whereInUse,
  whereTagged,
} from './owned-records.repository.ts';
import type { OwnedRecord, OwnedType } from './owned-type.ts';

/** How many records a search compares in memory before it stops looking. */
const MAX_COMPARED = 500;
const COMPARED_AT_ONCE = 100;
const latestChangeFirst = { field: 'updatedAt', direction: 'desc' } as const;

/** Which records to list. */
export interface ListRequest {
  readonly page: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly search?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** False where nobody asks how many there are; a count is a billed read. */
  readonly isCounted?: boolean;
}

/** A page of a list. */
export interface ListPage<T extends object> {
  readonly records: Stored<T>[];
  /** How many there are in all; not counted again for pages after a cursor. */
  readonly total: number | undefined;
  /** False when a search found so much that it stopped counting. */
  readonly totalIsExact: boolean;
  /** Continues the list; null at its end, and for searches that are compared in memory. */
  readonly nextCursor: string | null;
}

/**
 * A page of the records in use that the caller may see, latest change first. Tags select records
 * that have any of them. A search for one word is a query; what a query cannot say (several words,
 * words beside tags) is compared in memory over at most 500 of the records found by the longest
 * word. Billed: one read for each record looked at or skipped, and one to count.
 * @throws AppError invalid-argument (cursor, tags)
 */
export async function listOwned<T extends OwnedRecord>(
  ctx: Context<Principal>,
  type: OwnedType<T>,
  request: ListRequest,
  narrow: (query: Query) => Query = (query) => query,
): Promise<ListPage<T>> {
  const { search = '', tags = [] } = request;
  requireFewTags(ctx.principal, type, tags);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const visible = (query: Query) => narrow(whereInUse(query, ctx.principal, type.recordType));
  if (search.trim() === '') {
    return queryPage(unit, type, request, (query) => whereTagged(visible(query), tags));
  }
  const sought = parseSearch(search);
  if (sought === undefined) return { records: [], total: 0, totalIsExact: true, nextCursor: null };
  const found = (query: Query) => whereFound(visible(query), sought.token);
  if (sought.isWhole && tags.length === 0) return queryPage(unit, type, request, found);
  if (request.cursor !== undefined) {
    throw new AppError('invalid-argument', 'cursor: such a search is paged by page; leave it out', {
      field: 'cursor',
    });
  }
  const isTagged = (record: T) =>
    tags.length === 0 || record.tags.some((tag) => tags.includes(tag));
  return comparedPage(unit, type, request, found, sought, isTagged);
}

async function queryPage<T extends OwnedRecord>(
  unit: UnitOfWork,
  { collection }: OwnedType<T>,
  { page, limit, cursor, isCounted = cursor === undefined }: ListRequest,
  shape: (query: Query) => Query,
): Promise<ListPage<T>> {
  const [{ records, nextCursor }, total] = await Promise.all([
    unit.page(collection, shape, {
      order: latestChangeFirst,
      limit,
      cursor,
      offset: (page - 1) * limit,
    }),
    isCounted ? unit.count(collection, shape) : undefined,
  ]);
  return { records, total, totalIsExact: true, nextCursor };
}

async function comparedPage<T extends OwnedRecord>(
  unit: UnitOfWork,
  type: OwnedType<T>,
  { page, limit }: ListRequest,
  shape: (query: Query) => Query,
  sought: SearchQuery,
  keep: (record: T) => boolean,
): Promise<ListPage<T>> {
  const matching: Stored<T>[] = [];
  let cursor: string | undefined;
  let compared = 0;
  do {
    const next = await unit.page(type.collection, shape, {
      order: latestChangeFirst,
      limit: COMPARED_AT_ONCE,
      cursor,
    });
    matching.push(
      ...next.records.filter((record) => keep(record) && sought.matches(type.findableOf(record))),
    );
    compared += COMPARED_AT_ONCE;
    cursor = next.nextCursor ?? undefined;
  } while (cursor !== undefined && compared < MAX_COMPARED);
  return {
    records: matching.slice((page - 1) * limit, page * limit),
    total: matching.length,
    totalIsExact: cursor === undefined,
    nextCursor: null,
  };
}

function requireFewTags<T extends OwnedRecord>(
  caller: Principal,
  { recordType }: OwnedType<T>,
  tags: readonly string[],
): void {
  const max = maxTagsOf(caller, recordType);
  if (tags.length <= max) return;
  throw new AppError('invalid-argument', `tags: ask for at most ${max} at a time`, {
    field: 'tags',
  });
}

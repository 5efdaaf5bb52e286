import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { payloadOf } from './event-payload.ts';
import { events } from './events.repository.ts';
import type { Event } from './events.schema.ts';
import { selectFeed } from './feed.repository.ts';
import type { Feed, FeedQuery } from './feed.schema.ts';

/** Pages looked through for one that has an event of the type, when types are compared afterwards. */
const MAX_PAGES = 5;

/**
 * A page of what happened to the records that the caller oversees, the latest first: for an
 * administrator all of them, for a manager those of the managed teams, for a rep their own. A rep who
 * asks for one type may get less than a page, or none of it, while there is a cursor to go on from.
 * Billed: one read each, and for such a rep at most five pages.
 * @throws AppError invalid-argument: field cursor
 */
export async function readFeed(ctx: Context<Principal>, query: FeedQuery): Promise<Feed> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { select, byType } = selectFeed(ctx.principal, query);
  const fits = ({ types }: Event) =>
    byType || query.type === undefined || types.includes(query.type);
  const order = { field: 'at', direction: 'desc' } as const;
  let cursor = query.cursor;
  for (let pages = 1; ; pages += 1) {
    const page = await unit.page(events, select, { order, limit: query.limit, cursor });
    const found: Stored<Event>[] = page.records.filter(fits);
    if (found.length > 0 || page.nextCursor === null || pages === MAX_PAGES) {
      return { events: found.map(payloadOf), nextCursor: page.nextCursor };
    }
    cursor = page.nextCursor;
  }
}

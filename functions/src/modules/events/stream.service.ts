import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import type { StreamPage, StreamQuery } from './event-payload.schema.ts';
import { payloadOf } from './event-payload.ts';
import { pageOfStream } from './stream.repository.ts';

/**
 * Firestore stamps an event with the time at which it takes the commit up, which may be seen a little
 * later than one that was stamped after it: what is younger than this is not told yet.
 */
const SETTLE_MS = 30_000;

/**
 * The events that the caller may see, in the order in which they were recorded; the time of the
 * change itself does not order them, for a lost trigger's event is recorded long after it. A
 * consumer who goes on from the last cursor misses none. Billed: one read for each event.
 * @throws AppError invalid-argument: field after
 */
export async function readStream(
  ctx: Context<Principal>,
  { after, limit }: StreamQuery,
): Promise<StreamPage> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const until = new Date(ctx.now.getTime() - SETTLE_MS);
  const page = await pageOfStream(unit, ctx.principal, { until, after, limit });
  return {
    events: page.records.map(payloadOf),
    cursor: page.endCursor ?? after ?? null,
    hasMore: page.nextCursor !== null,
  };
}

import { findDue } from '../../platform/due-documents.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { enqueueAll } from '../../platform/tasks.ts';
import { taskOf } from './new-delivery.ts';

const SWEEP_LIMIT = 500;
/** A task that was lost is asked for again after so long: until then its name is taken. */
const SPAN_MS = 60 * 1000;

/**
 * Asks for tasks for the deliveries whose next attempt is due: those that failed before, and those
 * whose task was lost or whose worker was killed. A task too many finds nothing to do.
 */
export async function driveDeliveries(
  ctx: Pick<Invocation, 'store' | 'now' | 'log' | 'tasks'>,
): Promise<number> {
  const due = await findDue(ctx.store, 'deliveries', ctx.now, SWEEP_LIMIT);
  const span = Math.floor(ctx.now.getTime() / SPAN_MS);
  await enqueueAll(
    ctx,
    due.map(({ orgId, id }) => taskOf(orgId, id, `${id}-${span}`)),
  );
  return due.length;
}

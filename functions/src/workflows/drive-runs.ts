import pMap from 'p-map';
import { findDue } from '../platform/due-documents.ts';
import { describeError } from '../platform/log.ts';
import type { Invocation } from '../platform/runtime.ts';
import { runWorkflow, wakeRuns } from './run-workflow.ts';
import type { ActionPorts } from './workflow-actions/action.ts';

const PAGE = 100;
/** What one sweep takes on; the next one is a minute away. */
const MAX_PAGES = 20;
const CONCURRENCY = 8;

/**
 * Goes on with the runs whose time has come: waits that are over, steps to be tried again, and what a
 * lost task or a killed worker left behind. Billed: one read for each, and what each of them does.
 * @returns how many it took up
 */
export async function driveRuns(ctx: Invocation, ports: ActionPorts): Promise<number> {
  const woken = await drive(ctx, 'wakes', (orgId, wakeId) =>
    wakeRuns(ctx, ports, { orgId, wakeId }),
  );
  const driven = await drive(ctx, 'runs', (orgId, runId) =>
    runWorkflow(ctx, ports, { orgId, runId }),
  );
  return woken + driven;
}

async function drive(
  ctx: Invocation,
  collection: 'runs' | 'wakes',
  work: (orgId: string, id: string) => Promise<void>,
): Promise<number> {
  const seen = new Set<string>();
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const due = await findDue(ctx.store, collection, ctx.now, PAGE);
    // One that cannot even be read stays due; it must not be taken up for ever.
    const fresh = due.filter(({ orgId, id }) => !seen.has(`${orgId} ${id}`));
    if (fresh.length === 0) break;
    for (const { orgId, id } of fresh) seen.add(`${orgId} ${id}`);
    await pMap(
      fresh,
      async ({ orgId, id }) => {
        try {
          await work(orgId, id);
        } catch (error) {
          ctx.log.error({ orgId, collection, id, ...describeError(error) }, 'run not driven');
        }
      },
      { concurrency: CONCURRENCY },
    );
  }
  return seen.size;
}

import type { Stored } from '../../platform/collection.ts';
import { updateRecord } from '../../platform/records.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import type { Stage } from '../stages/stages.schema.ts';
import { enterStage, lostReasonIn } from './deals.policy.ts';
import { deals } from './deals.repository.ts';

/** One page of a stage's deals, in the order of their ids, to move to another stage. */
export interface MoveOut {
  readonly fromStageId: string;
  readonly to: Stored<Stage>;
  readonly afterId: string | null;
  readonly limit: number;
  readonly actor: string;
}

/**
 * Moves a page of a stage's deals, those in the bin included, in one commit. What has been moved
 * is not found again, so it may be repeated. Billed: one read and one write a deal.
 * @returns how many were moved, and the last of them
 */
export async function moveDealsOut(
  { store, now }: WorkContext,
  orgId: string,
  { fromStageId, to, afterId, limit, actor }: MoveOut,
): Promise<{ readonly moved: number; readonly lastId: string | null }> {
  return runUnitOfWork({ store, now }, orgId, async (unit) => {
    const page = await unit.query(deals, (query) => {
      const ordered = query.where('stageId', '==', fromStageId).orderBy('__name__').limit(limit);
      return afterId === null ? ordered : ordered.startAfter(afterId);
    });
    for (const deal of page) {
      const entered = enterStage(to, undefined, now, deal);
      const lostReason = lostReasonIn(to.kind, undefined, deal.lostReason);
      updateRecord(unit, deals, deal, { ...entered, lostReason }, { actor, now });
    }
    return { moved: page.length, lastId: page.at(-1)?.id ?? null };
  });
}

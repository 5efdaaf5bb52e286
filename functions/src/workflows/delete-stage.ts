import { moveDealsOut } from '../modules/deals/deals.public.ts';
import { addJob, enqueueJob, type StepResult } from '../modules/jobs/jobs.public.ts';
import {
  closeStage,
  findClosingStages,
  removeStage,
  stages,
} from '../modules/stages/stages.public.ts';
import type { DeleteStage, Stage } from '../modules/stages/stages.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { describeError } from '../platform/log.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { openUnit } from '../platform/unit-of-work.ts';

/**
 * How long a closing stage is watched for deals that are still on their way into it: a move that
 * read the stage before it closed carries no guard of it. No invocation that puts deals into stages
 * lives longer; a job's task, the longest, ends after five minutes.
 */
export const STRAGGLERS_MS = 6 * 60 * 1000;
const PAGE = 200;
const CLOSING_STAGES_A_RUN = 100;

type Work = Pick<Invocation, 'store' | 'now' | 'log'>;

/**
 * Orders the deletion of a stage: from this commit on it takes no more deals, a job moves those in
 * it to another stage, and `finishStageDeletions` removes it when nothing can be on its way to it.
 * @throws AppError permission-denied, not-found, failed-precondition, invalid-argument (moveToStageId)
 */
export async function deleteStage(
  ctx: Context<Principal>,
  input: DeleteStage,
): Promise<{ readonly stage: Stored<Stage>; readonly jobId: string }> {
  const newJobId = ctx.newId();
  // The id comes back with the result: a repeated request gets that of the first one's job.
  const ordered = await runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const stage = await closeStage(ctx, unit, input);
    const { stageId } = input;
    addJob(ctx, unit, { id: newJobId, type: 'deleteStage', input: { stageId } });
    return { stage, jobId: newJobId };
  });
  await enqueueJob(ctx, ordered.jobId);
  return ordered;
}

/** A step of the job: moves the next page of the closing stage's deals. */
export async function moveDealsOfStage(
  ctx: Work & { readonly principal: Pick<Principal, 'orgId'> },
  step: {
    readonly input: { readonly stageId: string };
    readonly cursor: string | null;
    readonly limit: number;
  },
): Promise<StepResult> {
  const { orgId } = ctx.principal;
  const stage = await findClosing(ctx, orgId, step.input.stageId);
  if (stage === undefined) return { cursor: null, processed: 0, done: true };
  const { moved, lastId } = await movePage(ctx, orgId, stage, step.cursor, step.limit);
  const done = moved < step.limit;
  return { cursor: done ? null : lastId, processed: moved, counts: { moved }, done };
}

/**
 * Removes the stages whose deletion was ordered long enough ago, in all organisations, after the
 * last deals that came in late have been moved. It does so whatever became of the job.
 * @returns how many were removed
 */
export async function finishStageDeletions(ctx: Work): Promise<number> {
  const before = new Date(ctx.now.getTime() - STRAGGLERS_MS);
  const due = await findClosingStages(ctx.store, before, CLOSING_STAGES_A_RUN);
  let removed = 0;
  for (const { orgId, stageId } of due) {
    try {
      if (await finishDeletion(ctx, orgId, stageId)) removed += 1;
    } catch (error) {
      ctx.log.error({ orgId, stageId, ...describeError(error) }, 'stage deletion not finished');
    }
  }
  return removed;
}

async function finishDeletion(ctx: Work, orgId: string, stageId: string): Promise<boolean> {
  const stage = await findClosing(ctx, orgId, stageId);
  if (stage === undefined) return false;
  let moved: number;
  do {
    ({ moved } = await movePage(ctx, orgId, stage, null, PAGE));
  } while (moved === PAGE);
  const { store, now } = ctx;
  return runUnitOfWork({ store, now }, orgId, async (unit) => {
    const present = await unit.get(stages, stageId);
    if (present.closing === null) return false;
    removeStage(unit, present, now);
    return true;
  });
}

async function findClosing(
  ctx: Work,
  orgId: string,
  stageId: string,
): Promise<Stored<Stage> | undefined> {
  const stage = await openUnit(ctx, orgId).find(stages, stageId);
  return stage === undefined || stage.closing === null ? undefined : stage;
}

async function movePage(
  ctx: Work,
  orgId: string,
  { id, closing }: Stored<Stage>,
  afterId: string | null,
  limit: number,
): Promise<{ readonly moved: number; readonly lastId: string | null }> {
  if (closing === null) throw new Error(`Stage ${id} is not closing`);
  const to = await openUnit(ctx, orgId).get(stages, closing.moveToStageId);
  const actor = closing.orderedBy;
  return moveDealsOut(ctx, orgId, { fromStageId: id, to, afterId, limit, actor });
}

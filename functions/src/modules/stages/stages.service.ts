import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import {
  changeRecord,
  firstVersion,
  getPresent,
  requireVersion,
  updateRecord,
} from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import {
  requireDeletable,
  requireKeyFits,
  requirePermutation,
  requireRoom,
} from './stages.policy.ts';
import { loadStages, stages } from './stages.repository.ts';
import type {
  DeleteStage,
  NewStage,
  ReorderStages,
  Stage,
  StageKind,
  UpdateStage,
} from './stages.schema.ts';

type Caller = Context<Principal>;

/** Held by every change that other stages must agree with: kinds that remain, keys, order. */
const PIPELINE_GUARD = 'pipeline';
const usualProbability: Readonly<Record<StageKind, number>> = { open: 50, won: 100, lost: 0 };

/** The pipeline's stages in their order. Billed: one read a stage. */
export async function listStages(ctx: Caller): Promise<Stored<Stage>[]> {
  requireOrgAccess(ctx.principal, 'read', 'stage');
  return loadStages(openUnit(ctx, ctx.principal.orgId));
}

/**
 * Adds a stage after the others.
 * @throws AppError permission-denied, already-exists (systemKey), invalid-argument, failed-precondition
 */
export async function createStage(ctx: Caller, input: NewStage): Promise<Stored<Stage>> {
  requireOrgAccess(ctx.principal, 'create', 'stage');
  const stageId = ctx.newId();
  return changePipeline(ctx, async (unit, present) => {
    requireRoom(present);
    requireKeyFits(present, input.systemKey, input.kind);
    return unit.create(stages, stageId, {
      ...firstVersion(changeOf(ctx)),
      name: input.name,
      kind: input.kind,
      sortOrder: Math.max(-1, ...present.map(({ sortOrder }) => sortOrder)) + 1,
      defaultProbability: input.defaultProbability ?? usualProbability[input.kind],
      colour: input.colour ?? 'slate',
      systemKey: input.systemKey ?? null,
      closing: null,
      requiresDealFields: present.some(({ requiresDealFields }) => requiresDealFields),
      deletedAt: null,
    });
  });
}

/**
 * Renames a stage, or changes its colour or default probability; deals in it keep theirs.
 * @throws AppError permission-denied, not-found, conflict (version)
 */
export async function updateStage(ctx: Caller, input: UpdateStage): Promise<Stored<Stage>> {
  requireOrgAccess(ctx.principal, 'update', 'stage');
  const { stageId, version, ...patch } = input;
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const stage = await getPresent(unit, stages, stageId);
    requireVersion(stage, version);
    return changeRecord(unit, stages, stage, patch, changeOf(ctx));
  });
}

/**
 * Puts the stages into another order, in one commit.
 * @throws AppError permission-denied, invalid-argument (stageIds)
 */
export async function reorderStages(
  ctx: Caller,
  { stageIds }: ReorderStages,
): Promise<Stored<Stage>[]> {
  requireOrgAccess(ctx.principal, 'update', 'stage');
  return changePipeline(ctx, async (unit, present) => {
    requirePermutation(present, stageIds);
    const closing = present.filter(({ id }) => !stageIds.includes(id)).map(({ id }) => id);
    const order = [...stageIds, ...closing];
    const placed = present.map((stage) => {
      const sortOrder = order.indexOf(stage.id);
      return changeRecord(unit, stages, stage, { sortOrder }, changeOf(ctx));
    });
    return placed.sort((a, b) => a.sortOrder - b.sortOrder);
  });
}

/**
 * Closes a stage to deals, as the first step of its deletion. Held against other changes of the
 * pipeline, so that one open, one won and one lost stage remain whoever else deletes beside it.
 * @throws AppError permission-denied, not-found, failed-precondition, invalid-argument (moveToStageId)
 */
export async function closeStage(
  ctx: Caller,
  unit: UnitOfWork,
  input: DeleteStage,
): Promise<Stored<Stage>> {
  requireOrgAccess(ctx.principal, 'delete', 'stage');
  await holdGuard(unit, PIPELINE_GUARD, ctx.now);
  const stage = requireDeletable(await loadStages(unit), input);
  const { uid } = ctx.principal;
  const closing = { moveToStageId: input.moveToStageId, since: ctx.now, orderedBy: uid };
  return updateRecord(unit, stages, stage, { closing }, changeOf(ctx));
}

/** Ends the deletion of a closed stage that has no deals left; its key is free for another. */
export function removeStage(unit: UnitOfWork, stage: Stored<Stage>, now: Date): Stored<Stage> {
  const actor = stage.closing?.orderedBy ?? 'system:delete-stage';
  const gone = { deletedAt: now, closing: null, systemKey: null };
  return updateRecord(unit, stages, stage, gone, { actor, now });
}

/**
 * Notes in every stage whether deals have required custom fields. Held against other changes of the
 * pipeline, for a new stage takes this over from those that are there.
 */
export async function noteRequiredDealFields(
  ctx: Caller,
  unit: UnitOfWork,
  requiresDealFields: boolean,
): Promise<void> {
  await holdGuard(unit, PIPELINE_GUARD, ctx.now);
  for (const stage of await loadStages(unit)) {
    changeRecord(unit, stages, stage, { requiresDealFields }, changeOf(ctx));
  }
}

function changePipeline<R>(
  ctx: Caller,
  work: (unit: UnitOfWork, present: Stored<Stage>[]) => Promise<R>,
): Promise<R> {
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    await holdGuard(unit, PIPELINE_GUARD, ctx.now);
    return work(unit, await loadStages(unit));
  });
}

function changeOf({ principal, now }: Caller) {
  return { actor: principal.uid, now };
}

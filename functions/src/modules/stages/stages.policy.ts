import type { Stored } from '../../platform/collection.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import {
  type DeleteStage,
  INTAKE_STAGE_ID,
  type Stage,
  type StageKind,
  type SystemKey,
} from './stages.schema.ts';

/** An organisation's stages are read together; a pipeline of more is no pipeline. */
export const MAX_STAGES = 50;

const keyKinds: Readonly<Record<SystemKey, StageKind>> = {
  LEAD: 'open',
  QUALIFIED: 'open',
  PROPOSAL: 'open',
  NEGOTIATION: 'open',
  CLOSED_WON: 'won',
  CLOSED_LOST: 'lost',
};

type Stages = readonly Stored<Stage>[];

/**
 * Refuses a system key that another stage has, or whose meaning is another kind of stage.
 * @throws AppError invalid-argument, already-exists: field systemKey
 */
export function requireKeyFits(stages: Stages, key: SystemKey | undefined, kind: StageKind): void {
  if (key === undefined) return;
  if (keyKinds[key] !== kind) {
    throw new AppError(
      'invalid-argument',
      `systemKey: ${key} is for a stage of kind ${keyKinds[key]}; give that kind or leave the key out`,
      { field: 'systemKey' },
    );
  }
  const holder = stages.find(({ systemKey }) => systemKey === key);
  if (holder === undefined) return;
  throw new AppError(
    'already-exists',
    `systemKey: ${key} belongs to the stage '${holder.name}'; leave the key out`,
    { field: 'systemKey' },
  );
}

/** Refuses one stage too many. @throws AppError failed-precondition */
export function requireRoom(stages: Stages): void {
  if (stages.length < MAX_STAGES) return;
  throw new AppError(
    'failed-precondition',
    `A pipeline has at most ${MAX_STAGES} stages; delete one you no longer need first`,
  );
}

/**
 * Refuses an order that does not name each stage exactly once; stages being deleted are left out.
 * @throws AppError invalid-argument: field stageIds
 */
export function requirePermutation(stages: Stages, stageIds: readonly string[]): void {
  const open = stages.filter(({ closing }) => closing === null).map(({ id }) => id);
  const given = new Set(stageIds);
  const unknown = stageIds.find((id) => !open.includes(id));
  const missing = open.find((id) => !given.has(id));
  const problem =
    (unknown !== undefined && `there is no stage '${unknown}'`) ||
    (missing !== undefined && `stage '${missing}' is missing`) ||
    (given.size !== stageIds.length && 'a stage is named twice');
  if (!problem) return;
  throw new AppError(
    'invalid-argument',
    `stageIds: ${problem}; name every stage of the pipeline exactly once`,
    { field: 'stageIds' },
  );
}

/**
 * The stage to delete and the one that takes its deals, when that may be done.
 * @throws AppError not-found, failed-precondition, invalid-argument: field moveToStageId
 */
export function requireDeletable(
  stages: Stages,
  { stageId, moveToStageId }: DeleteStage,
): Stored<Stage> {
  const stage = stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw notFound('Stage', stageId);
  const target = stages.find(({ id }) => id === moveToStageId);
  if (target === undefined || target.closing !== null || target.id === stage.id) {
    throw new AppError(
      'invalid-argument',
      `moveToStageId: '${moveToStageId}' cannot take the deals; give the id of another stage that is not being deleted`,
      { field: 'moveToStageId' },
    );
  }
  if ((target.kind === 'won') !== (stage.kind === 'won')) throw winsOrUnwins(stage, target);
  const obstacle = obstacleTo(stages, stage);
  if (obstacle !== undefined) throw new AppError('failed-precondition', obstacle);
  return stage;
}

/** Winning a deal pays people, and taking the win back takes the pay: both are decided deal by deal. */
function winsOrUnwins(stage: Stage, target: Stage): AppError {
  const kind = stage.kind === 'won' ? 'won' : 'not won';
  return new AppError(
    'invalid-argument',
    `moveToStageId: the deals of '${stage.name}' are ${kind}, and moving them to '${target.name}' would change that for all of them at once; give another stage of deals that are ${kind}`,
    { field: 'moveToStageId' },
  );
}

function obstacleTo(stages: Stages, stage: Stored<Stage>): string | undefined {
  if (stage.id === INTAKE_STAGE_ID) {
    return `'${stage.name}' is the intake stage, where new deals land; rename it instead`;
  }
  if (stage.closing !== null) return `'${stage.name}' is being deleted already`;
  if (stages.some(({ closing }) => closing?.moveToStageId === stage.id)) {
    return `'${stage.name}' is taking the deals of a stage being deleted; try again in some minutes`;
  }
  const others = stages.filter(({ id, closing }) => id !== stage.id && closing === null);
  if (others.some(({ kind }) => kind === stage.kind)) return undefined;
  return `'${stage.name}' is the last ${stage.kind} stage; create another one first`;
}

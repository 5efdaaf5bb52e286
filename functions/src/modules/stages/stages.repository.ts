import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import { MAX_STAGES } from './stages.policy.ts';
import { type Stage, type StageKind, stageSchema, systemKeySchema } from './stages.schema.ts';

export const stages: Collection<Stage> = orgCollection('stages', 'Stage', stageSchema);

/** The composite indexes that queries of stages need. */
export const stageIndexes: readonly CompositeIndex[] = [
  compositeIndex('stages', 'deletedAt', 'sortOrder'),
  compositeIndex('stages', 'deletedAt', 'kind', 'sortOrder'),
];

/** The stage with this id or system key, or undefined. */
export async function findStageByRef(
  unit: UnitOfWork,
  stageRef: string,
): Promise<Stored<Stage> | undefined> {
  const systemKey = systemKeySchema.safeParse(stageRef);
  if (!systemKey.success) {
    const stage = await unit.find(stages, stageRef);
    return stage?.deletedAt === null ? stage : undefined;
  }
  const [found] = await unit.query(stages, (query) =>
    query.where('systemKey', '==', systemKey.data).limit(1),
  );
  return found;
}

/** The first stage of a kind that takes deals. At least one of each kind always exists. */
export async function findFirstStage(
  unit: UnitOfWork,
  kind: StageKind,
): Promise<Stored<Stage> | undefined> {
  const found = await unit.query(stages, (query) =>
    query
      .where('deletedAt', '==', null)
      .where('kind', '==', kind)
      .orderBy('sortOrder')
      .limit(MAX_STAGES),
  );
  return found.find(({ closing }) => closing === null);
}

/** All stages in their order. */
export function loadStages(unit: UnitOfWork): Promise<Stored<Stage>[]> {
  return unit.query(stages, (query) =>
    query.where('deletedAt', '==', null).orderBy('sortOrder').limit(MAX_STAGES),
  );
}

/** Stages of any organisation whose deletion was ordered before `orderedBefore`. */
export async function findClosingStages(
  { db, meter }: Store,
  orderedBefore: Date,
  limit: number,
): Promise<{ readonly orgId: string; readonly stageId: string }[]> {
  const query = db
    .collectionGroup('stages')
    .where('closing.since', '<', orderedBefore)
    .orderBy('closing.since')
    .limit(limit);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += Math.max(1, docs.length);
  return docs.flatMap(({ id, ref }) => {
    const orgId = ref.parent.parent?.id;
    return orgId === undefined ? [] : [{ orgId, stageId: id }];
  });
}

/** The refusal of a stage that is not in the organisation's pipeline. */
function unknownStage(stageRef: string): AppError {
  return new AppError(
    'invalid-argument',
    `stage: there is no stage '${stageRef}'; use the id or system key of one of your stages`,
    { field: 'stage' },
  );
}

/**
 * The stage, when deals may be put into it.
 * @throws AppError invalid-argument, failed-precondition: field stage
 */
export function requireTakesDeals(
  stage: Stored<Stage> | undefined,
  stageRef: string,
): Stored<Stage> {
  if (stage === undefined) throw unknownStage(stageRef);
  if (stage.closing === null) return stage;
  throw new AppError(
    'failed-precondition',
    `stage: '${stage.name}' is being deleted and takes no more deals; use another stage`,
    { field: 'stage' },
  );
}

import { type BatchRow, requireDistinct, runBatch } from '../../platform/batch.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { enqueueAll } from '../../platform/tasks.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { policy, requireAccess, whereVisible } from '../access/access.public.ts';
import { getWorkflowVersion, workflows } from '../automations/automations.public.ts';
import { allSteps } from '../automations/steps.schema.ts';
import { LEFT_TO_TASK_MS, taskOf } from './new-run.ts';
import { runs, whereRun } from './runs.repository.ts';
import type { ListRuns, Redrive, Run } from './runs.schema.ts';

type Caller = Context<Principal>;

/** A page of the runs visible to the caller, newest first. @throws AppError invalid-argument (cursor) */
export async function listRuns(
  ctx: Caller,
  { status, workflowId, recordId, cursor, limit }: ListRuns,
): Promise<{ records: Stored<Run>[]; nextCursor: string | null }> {
  const { principal } = ctx;
  const relations = policy.run.read[principal.role];
  const seesAll = relations.includes('any');
  if (!seesAll && (relations.length === 0 || principal.managedTeamIds.length === 0)) {
    return { records: [], nextCursor: null };
  }
  return openUnit(ctx, principal.orgId).page(
    runs,
    (query) => whereVisible(whereRun(query, { status, workflowId, recordId }), principal, 'run'),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
}

/** The run with this id. One billed read. @throws AppError not-found */
export async function getRun(ctx: Caller, runId: string): Promise<Stored<Run>> {
  const run = await openUnit(ctx, ctx.principal.orgId).get(runs, runId);
  requireAccess(ctx.principal, 'read', 'run', run);
  return run;
}

/**
 * Has a failed run go on from the step that failed; what its earlier steps did is not done again.
 * With the newest version it goes on at the step of the same id. Billed: one read and one write, and
 * two reads more with the newest version.
 * @throws AppError not-found, permission-denied, failed-precondition (status, version)
 */
export async function redriveRun(
  ctx: Caller,
  runId: string,
  { version }: Redrive,
): Promise<Stored<Run>> {
  const { principal, now } = ctx;
  const run = await runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const failed = await unit.get(runs, runId);
    requireAccess(principal, 'update', 'run', failed);
    requireFailed(failed);
    return unit.update(runs, failed, {
      ...(version === 'newest' ? await onNewestVersion(unit, failed) : {}),
      ...{ status: 'running', attempts: 0, error: null, finishedAt: null, updatedAt: now },
      nextSendAt: new Date(now.getTime() + LEFT_TO_TASK_MS),
      redrives: failed.redrives + 1,
    });
  });
  await enqueueAll(ctx, [taskOf(principal.orgId, runId, String(run.redrives))]);
  return run;
}

/** Has many failed runs go on, each by itself: one that is refused leaves the others alone. */
export async function redriveRuns(
  ctx: Caller,
  { ids, version }: { readonly ids: readonly string[] } & Redrive,
): Promise<BatchRow<Stored<Run>>[]> {
  requireDistinct(ids);
  return runBatch(ctx, ids, (each, id) => redriveRun(each, id, { version }));
}

function requireFailed({ status }: Run): void {
  if (status === 'failed') return;
  throw new AppError(
    'failed-precondition',
    `status: the run is ${status}; only a failed one can be had to go on`,
    {
      field: 'status',
    },
  );
}

async function onNewestVersion(
  unit: UnitOfWork,
  { workflowId, workflowVersion, position, error }: Run,
): Promise<Partial<Run>> {
  const { latestVersion, activeVersion } = await unit.get(workflows, workflowId);
  const newest = activeVersion ?? latestVersion;
  if (newest === workflowVersion) return {};
  const { definition } = await getWorkflowVersion(unit, workflowId, newest);
  const stepId = error?.stepId ?? null;
  // A run that failed before its first step has nothing to go on from.
  if (stepId === null) return { workflowVersion: newest, position: '0' };
  for (const { step, path } of allSteps(definition.steps)) {
    if (step.id === stepId) return { workflowVersion: newest, position: positionOf(path) };
  }
  throw new AppError(
    'failed-precondition',
    `version: version ${newest} of the workflow has no step '${stepId}', where the run is (${position}); go on with the version it has`,
    { field: 'version' },
  );
}

/** The way to a step through a definition, as a run has it: without the names in between. */
function positionOf(path: readonly PropertyKey[]): string {
  return path.filter((part) => typeof part === 'number' || part === 'otherwise').join('.');
}

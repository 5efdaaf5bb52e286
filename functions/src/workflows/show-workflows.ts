import { requireOrgAccess } from '../modules/access/access.public.ts';
import {
  findVersions,
  getWorkflowVersion,
  listVersions,
  type ShownWorkflow,
  workflows,
} from '../modules/automations/automations.public.ts';
import type { Workflow, WorkflowVersion } from '../modules/automations/automations.schema.ts';
import type { ListWorkflows } from '../modules/automations/workflow-inputs.schema.ts';
import { runs } from '../modules/runs/runs.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/**
 * A page of the organisation's workflows, newest first, with how often each has run. Billed for each:
 * the workflow, one version, and one read for every thousand runs.
 * @throws AppError permission-denied
 */
export async function listWorkflows(
  ctx: Caller,
  { status, cursor, limit }: ListWorkflows,
): Promise<{ shown: ShownWorkflow[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'workflow');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(
    workflows,
    (query) => (status === undefined ? query : query.where('status', '==', status)),
    { order: { field: 'createdAt', direction: 'desc' }, cursor, limit },
  );
  const [versions, counts] = await Promise.all([
    findVersions(
      unit,
      records.map((workflow) => [workflow.id, shownNumber(workflow)]),
    ),
    Promise.all(records.map(({ id }) => countRuns(unit, id))),
  ]);
  const shown = records.flatMap((workflow, index) => {
    const version = versions[index];
    const executionCount = counts[index] ?? 0;
    return version === undefined ? [] : [{ workflow, version, executionCount }];
  });
  return { shown, nextCursor };
}

/**
 * One workflow with the version that is shown of it, and its latest one.
 * @throws AppError permission-denied, not-found
 */
export async function showWorkflow(
  ctx: Caller,
  workflowId: string,
): Promise<{ shown: ShownWorkflow; latest: WorkflowVersion }> {
  requireOrgAccess(ctx.principal, 'read', 'workflow');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const workflow = await unit.get(workflows, workflowId);
  const number = shownNumber(workflow);
  const [version, executionCount, draft] = await Promise.all([
    getWorkflowVersion(unit, workflowId, number),
    countRuns(unit, workflowId),
    workflow.latestVersion === number
      ? undefined
      : getWorkflowVersion(unit, workflowId, workflow.latestVersion),
  ]);
  return { shown: { workflow, version, executionCount }, latest: draft ?? version };
}

/** The versions of a workflow, latest first. @throws AppError permission-denied, not-found */
export async function showVersions(ctx: Caller, workflowId: string): Promise<WorkflowVersion[]> {
  requireOrgAccess(ctx.principal, 'read', 'workflow');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [, versions] = await Promise.all([
    unit.get(workflows, workflowId),
    listVersions(unit, workflowId),
  ]);
  return versions;
}

/** Of a workflow that runs the version that does; of any other the latest. */
function shownNumber({ status, activeVersion, latestVersion }: Stored<Workflow>): number {
  return status === 'ACTIVE' ? (activeVersion ?? latestVersion) : latestVersion;
}

function countRuns(unit: UnitOfWork, workflowId: string): Promise<number> {
  return unit.count(runs, (query) => query.where('workflowId', '==', workflowId));
}

import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import {
  changeRecord,
  firstVersion,
  requireVersion,
  updateRecord,
} from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import {
  getWorkflowVersion,
  versionId,
  workflows,
  workflowVersions,
} from './automations.repository.ts';
import type { Definition, Workflow } from './automations.schema.ts';
import { checkDefinition, type Warning } from './check-definition.ts';
import { definitionIn, namingFields } from './contract-form.ts';
import { listen, stopStarting } from './listen.ts';
import type {
  Activation,
  CheckedDefinition,
  DefinitionInput,
  NewWorkflow,
  WorkflowChange,
} from './workflow-inputs.schema.ts';

type Caller = Context<Principal>;

/** A workflow as it was saved, and what looks like a mistake in what it does. */
export interface SavedWorkflow {
  readonly workflow: Stored<Workflow>;
  readonly warnings: readonly Warning[];
}

/**
 * Creates a workflow with its first version, and lets it run when it is to be active.
 * @throws AppError permission-denied, invalid-argument (the field of the definition at fault),
 * failed-precondition (too many are active)
 */
export async function createWorkflow(ctx: Caller, input: NewWorkflow): Promise<SavedWorkflow> {
  requireOrgAccess(ctx.principal, 'create', 'workflow');
  const workflowId = ctx.newId();
  const { name, description = null, status } = input;
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const definition = getDefinition(input);
    const warnings = await namingFields(input, () => checkDefinition(unit, definition));
    const isActive = status === 'ACTIVE';
    const workflow = unit.create(workflows, workflowId, {
      ...firstVersion(changeOf(ctx)),
      ...{ name, description, status, latestVersion: 1 },
      activeVersion: isActive ? 1 : null,
      activeTrigger: isActive ? definition.trigger.kind : null,
    });
    addVersion(unit, ctx, workflow, definition);
    if (isActive) await listen(unit, workflowId, 1, definition);
    return { workflow, warnings };
  });
}

/**
 * Checks a definition as it would be checked if it were saved; nothing is.
 * @returns what looks like a mistake in it
 * @throws AppError permission-denied, invalid-argument (the field of the definition at fault)
 */
export async function checkWorkflow(
  ctx: Caller,
  input: CheckedDefinition,
): Promise<readonly Warning[]> {
  requireOrgAccess(ctx.principal, 'create', 'workflow');
  const unit = openUnit(ctx, ctx.principal.orgId);
  return namingFields(input, () => checkDefinition(unit, input.definition));
}

/**
 * Changes a workflow. Another definition becomes its latest version; the active one runs on until
 * that is activated.
 * @throws AppError not-found, permission-denied, conflict (version), invalid-argument,
 * failed-precondition (archived)
 */
export async function updateWorkflow(
  ctx: Caller,
  workflowId: string,
  input: WorkflowChange,
): Promise<SavedWorkflow> {
  requireOrgAccess(ctx.principal, 'update', 'workflow');
  const { name, description, version } = input;
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const found = await getInUse(unit, workflowId);
    requireVersion(found, version);
    const definition = definitionIn(input);
    const isNew = definition !== undefined && !(await isLatest(unit, found, definition));
    const warnings = isNew
      ? await namingFields(input, () => checkDefinition(unit, definition))
      : [];
    const latestVersion = found.latestVersion + (isNew ? 1 : 0);
    const change = { name, description, latestVersion };
    const workflow = changeRecord(unit, workflows, found, change, changeOf(ctx));
    if (isNew) addVersion(unit, ctx, workflow, definition);
    return { workflow, warnings };
  });
}

/**
 * Has a version of a workflow run from this commit on, in place of any other. What is active
 * already stays as it is.
 * @throws AppError not-found, permission-denied, invalid-argument (the field of the definition at
 * fault by now), failed-precondition (archived, too many are active)
 */
export async function activateWorkflow(
  ctx: Caller,
  workflowId: string,
  { workflowVersion }: Activation,
): Promise<SavedWorkflow> {
  requireOrgAccess(ctx.principal, 'update', 'workflow');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const found = await getInUse(unit, workflowId);
    const number = workflowVersion ?? found.latestVersion;
    if (found.status === 'ACTIVE' && found.activeVersion === number) {
      return { workflow: found, warnings: [] };
    }
    requireNumber(found, number);
    const { definition } = await getWorkflowVersion(unit, workflowId, number);
    // What it names may be gone by now.
    const warnings = await namingFields({ definition }, () => checkDefinition(unit, definition));
    await listen(unit, workflowId, number, definition);
    const patch = {
      ...{ status: 'ACTIVE' as const, activeVersion: number },
      activeTrigger: definition.trigger.kind,
    };
    return { workflow: updateRecord(unit, workflows, found, patch, changeOf(ctx)), warnings };
  });
}

/**
 * Has a workflow start for nothing more until it is activated again; its runs go on.
 * @throws AppError not-found, permission-denied, failed-precondition (a draft, archived)
 */
export async function pauseWorkflow(ctx: Caller, workflowId: string): Promise<Stored<Workflow>> {
  requireOrgAccess(ctx.principal, 'update', 'workflow');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const found = await getInUse(unit, workflowId);
    if (found.status === 'PAUSED') return found;
    if (found.status === 'DRAFT') {
      throw new AppError(
        'failed-precondition',
        'The workflow is a draft and does not run; activate it first',
      );
    }
    return silence(unit, ctx, found, 'PAUSED');
  });
}

/** Takes a workflow out of use for good; its runs go on, its versions stay. @throws AppError not-found, permission-denied */
export async function archiveWorkflow(ctx: Caller, workflowId: string): Promise<Stored<Workflow>> {
  requireOrgAccess(ctx.principal, 'delete', 'workflow');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const found = await unit.get(workflows, workflowId);
    return found.status === 'ARCHIVED' ? found : silence(unit, ctx, found, 'ARCHIVED');
  });
}

async function silence(
  unit: UnitOfWork,
  ctx: Caller,
  found: Stored<Workflow>,
  status: 'PAUSED' | 'ARCHIVED',
): Promise<Stored<Workflow>> {
  if (found.status === 'ACTIVE') await stopStarting(unit, found.id);
  return updateRecord(unit, workflows, found, { status, activeTrigger: null }, changeOf(ctx));
}

function getDefinition(input: DefinitionInput): Definition {
  const definition = definitionIn(input);
  // The schema of the request has asked for one.
  if (definition === undefined) throw new Error('a new workflow without a definition');
  return definition;
}

async function getInUse(unit: UnitOfWork, workflowId: string): Promise<Stored<Workflow>> {
  const workflow = await unit.get(workflows, workflowId);
  if (workflow.status !== 'ARCHIVED') return workflow;
  throw new AppError('failed-precondition', 'The workflow is archived; create a new one');
}

async function isLatest(
  unit: UnitOfWork,
  { id, latestVersion }: Stored<Workflow>,
  definition: Definition,
): Promise<boolean> {
  const latest = await getWorkflowVersion(unit, id, latestVersion);
  return isDeepStrictEqual(latest.definition, definition);
}

function addVersion(
  unit: UnitOfWork,
  { principal, now }: Caller,
  { id, latestVersion }: Stored<Workflow>,
  definition: Definition,
): void {
  unit.create(workflowVersions, versionId(id, latestVersion), {
    ...{ workflowId: id, number: latestVersion, definition },
    ...{ createdAt: now, createdBy: principal.uid },
  });
}

function requireNumber({ latestVersion }: Workflow, number: number): void {
  if (number <= latestVersion) return;
  throw new AppError(
    'invalid-argument',
    `workflowVersion: there is no version ${number}; the latest is ${latestVersion}`,
    { field: 'workflowVersion' },
  );
}

function changeOf({ principal, now }: Caller) {
  return { actor: principal.uid, now };
}

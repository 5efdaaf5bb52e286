import { requireOrgAccess } from '../modules/access/access.public.ts';
import {
  checkDefinition,
  evaluate,
  getWorkflowVersion,
  workflows,
} from '../modules/automations/automations.public.ts';
import type { Definition, Workflow } from '../modules/automations/automations.schema.ts';
import type { EventContent } from '../modules/events/events.schema.ts';
import { getOrg } from '../modules/orgs/orgs.public.ts';
import type { DryRun, DryRunView } from '../modules/runs/trials.schema.ts';
import { getSubject } from '../modules/subjects/subjects.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { getContactOf } from './workflow-actions/subject.ts';
import { fillIn } from './workflow-actions/templates.ts';
import { type Visited, walkSteps } from './workflow-actions/walk.ts';

type Caller = Context<Principal>;

const FAR_FUTURE = new Date('9999-01-01T00:00:00Z');

/** A workflow as it is to be tried. */
export interface Tried {
  readonly workflow: Stored<Workflow>;
  readonly definition: Definition;
}

/**
 * The definition that is to be tried: one that is given, which is checked as if it were saved, or the
 * latest version.
 * @throws AppError not-found, permission-denied, invalid-argument (definition)
 */
export async function findTried(
  unit: UnitOfWork,
  principal: Principal,
  workflowId: string,
  given: Definition | undefined,
): Promise<Tried> {
  requireOrgAccess(principal, 'read', 'workflow');
  const workflow = await unit.get(workflows, workflowId);
  if (given !== undefined) await checkDefinition(unit, given);
  const { latestVersion } = workflow;
  const definition =
    given ?? (await getWorkflowVersion(unit, workflowId, latestVersion)).definition;
  return { workflow, definition };
}

/**
 * What a workflow would do with a record now: which steps in which order, with what they would be
 * asked to do. Waits are taken as over when their time has come; of events nobody can know. Nothing
 * is written and nobody is called.
 * @throws AppError not-found, permission-denied, invalid-argument (definition)
 */
export async function dryRunWorkflow(
  ctx: Caller,
  workflowId: string,
  { definition: given, recordType, recordId }: DryRun,
): Promise<DryRunView> {
  const { principal, now } = ctx;
  const unit = openUnit(ctx, principal.orgId);
  const { definition } = await findTried(unit, principal, workflowId, given);
  const [subject, { timeZone }] = await Promise.all([
    getSubject(unit, principal, { recordType, recordId }),
    getOrg(unit),
  ]);
  const state = { ...subject.record };
  const event = triedEvent(subject, principal.uid, now);
  const scene = { event, before: state, timeZone };
  const { condition } = definition;
  const { visited, end } = walkSteps({
    ...{ steps: definition.steps, scene, start: now, end: FAR_FUTURE },
    ...{ stateAt: () => state, eventAt: () => undefined },
  });
  const ref = { recordType, recordId: subject.recordId };
  const filling = { unit, subject: ref, event, timeZone, record: () => Promise.resolve(state) };
  const steps: DryRunView['steps'] = [];
  for (const visit of visited) steps.push(await showVisit(visit, now, filling));
  const known = { event, before: state, after: state };
  const conditionHolds = condition === null || evaluate(condition, known, { now, timeZone });
  return { ...ref, conditionHolds, steps, end };
}

type Filling = Parameters<typeof fillIn>[1] & { readonly subject: { readonly recordId: string } };

const needsContact: ReadonlySet<string> = new Set([
  'SEND_SMS',
  'SEND_WHATSAPP',
  'DRAFT_MESSAGE',
  'CREATE_APPOINTMENT',
]);

async function showVisit(
  { step, at, branch, problem }: Visited,
  start: Date,
  filling: Filling,
): Promise<DryRunView['steps'][number]> {
  const afterMinutes = (at.getTime() - start.getTime()) / 60_000;
  const shown = { stepId: step.id, type: step.type, afterMinutes, branch };
  if (step.type === 'BRANCH') return { ...shown, input: {}, problem };
  const input = { ...(await fillIn(step.config, filling)) };
  return { ...shown, input, problem: problem ?? (await problemOf(step.type, filling)) };
}

/** What can be told beforehand to keep a step from being done. */
async function problemOf(type: string, { subject, record }: Filling): Promise<string | null> {
  if (subject === undefined || !needsContact.has(type)) return null;
  try {
    await getContactOf({ subject: () => subject, record });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function triedEvent(
  { recordType, recordId, audience }: Awaited<ReturnType<typeof getSubject>>,
  actor: string,
  at: Date,
): EventContent {
  const { ownerId, teamId, participantIds } = audience;
  return {
    ...{ ownerId, teamId, participantIds: [...participantIds], recordType, recordId, version: 0 },
    ...{ types: ['automation.manual'], actor, at, before: {}, after: {}, cause: null },
    recovered: false,
  };
}

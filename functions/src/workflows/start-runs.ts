import { isAllowed } from '../modules/access/access.public.ts';
import {
  evaluate,
  getWorkflowVersion,
  workflows,
} from '../modules/automations/automations.public.ts';
import type { Definition } from '../modules/automations/automations.schema.ts';
import type { EventContent } from '../modules/events/events.schema.ts';
import { getOrg } from '../modules/orgs/orgs.public.ts';
import { addRun, newRun, runIdOf, runs, taskOf } from '../modules/runs/runs.public.ts';
import type { Run, RunOrigin } from '../modules/runs/runs.schema.ts';
import { getSubject } from '../modules/subjects/subjects.public.ts';
import type { SubjectRef } from '../modules/subjects/subjects.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Audience, Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { enqueueAll } from '../platform/tasks.ts';
import { isAlreadyExists, openUnit } from '../platform/unit-of-work.ts';

/** What the clock, or a person, starts a run for. */
export interface Occasion {
  /** Tells this occasion from all others of the workflow. */
  readonly id: string;
  readonly origin: Exclude<RunOrigin, 'event'>;
  readonly recordType: string;
  readonly recordId: string;
  readonly record: object;
  readonly audience: Audience;
  readonly actor: string;
}

/** A version of a workflow that runs. */
export interface Running {
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly timeZone: string;
  readonly definition: Definition;
}

/** What stands for an event where there was none. */
function eventOf(occasion: Occasion, now: Date): EventContent {
  const { origin, recordType, recordId, audience, actor } = occasion;
  const { ownerId, teamId, participantIds } = audience;
  return {
    ...{ ownerId, teamId, participantIds: [...participantIds], recordType, recordId },
    ...{ version: 0, types: [`automation.${origin}`], actor, at: now },
    ...{ before: {}, after: {}, cause: null, recovered: false },
  };
}

function startOf({ definition: _, ...running }: Running, occasion: Occasion, now: Date) {
  const { id: eventId, origin, record } = occasion;
  const event = eventOf(occasion, now);
  return { ...running, origin, eventId, event, before: record, after: record };
}

/** True when the workflow's conditions hold of the record as it is. */
function holds({ definition, timeZone }: Running, occasion: Occasion, now: Date): boolean {
  const { condition } = definition;
  const { record } = occasion;
  const scope = { event: eventOf(occasion, now), before: record, after: record };
  return condition === null || evaluate(condition, scope, { now, timeZone });
}

/**
 * Starts a run for an occasion whose conditions hold, once however often it is called for it.
 * @returns whether it is new
 */
export async function startOnce(
  ctx: Invocation,
  orgId: string,
  running: Running,
  occasion: Occasion,
): Promise<boolean> {
  if (!holds(running, occasion, ctx.now)) return false;
  const unit = openUnit(ctx, orgId);
  const tasks = addRun(unit, startOf(running, occasion, ctx.now), ctx.now);
  try {
    await unit.commit();
  } catch (error) {
    if (isAlreadyExists(error)) return false;
    throw error;
  }
  await enqueueAll(ctx, tasks);
  return true;
}

/**
 * Starts an active workflow that is started by hand, on one record: for administrators, and for who
 * manages the team of the record. Billed: four reads and one write.
 * @throws AppError not-found, permission-denied, failed-precondition (status, trigger, condition)
 */
export async function startByHand(
  ctx: Context<Principal>,
  workflowId: string,
  ref: SubjectRef,
): Promise<Stored<Run>> {
  const { principal, now } = ctx;
  const id = `manual_${ctx.newId()}`;
  const runId = runIdOf(workflowId, id);
  const run = await runUnitOfWork<Stored<Run>>(ctx, principal.orgId, async (unit) => {
    const { audience, record, recordId } = await getSubject(unit, principal, ref);
    if (!isAllowed(principal, 'update', 'run', audience)) throw denied();
    const { status, activeVersion } = await unit.get(workflows, workflowId);
    if (status !== 'ACTIVE' || activeVersion === null) throw refused('status', 'it is not active');
    const [{ definition }, { timeZone }] = await Promise.all([
      getWorkflowVersion(unit, workflowId, activeVersion),
      getOrg(unit),
    ]);
    const { trigger } = definition;
    if (trigger.kind !== 'manual') throw refused('trigger', 'it is not started by hand');
    if (trigger.recordType !== ref.recordType) {
      throw refused('recordType', `it is for a ${trigger.recordType}`);
    }
    const running = { workflowId, workflowVersion: activeVersion, timeZone, definition };
    const occasion: Occasion = {
      ...{ id, origin: 'manual', recordType: ref.recordType, recordId },
      ...{ record, audience, actor: principal.uid },
    };
    if (!holds(running, occasion, now)) {
      throw refused('condition', 'its conditions do not hold of this record');
    }
    const start = startOf(running, occasion, now);
    return unit.create(runs, runId, newRun(start, now));
  });
  const { eventId } = run;
  await enqueueAll(ctx, [taskOf(principal.orgId, runIdOf(workflowId, eventId))]);
  return run;
}

function denied(): AppError {
  return new AppError(
    'permission-denied',
    'Workflows are started by administrators and by the managers of the record’s team; ask one of them',
  );
}

function refused(field: string, why: string): AppError {
  return new AppError(
    'failed-precondition',
    `${field}: this workflow cannot be started here, ${why}`,
    {
      field,
    },
  );
}

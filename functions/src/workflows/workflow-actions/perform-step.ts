import type { Step } from '../../modules/automations/steps.schema.ts';
import { aboutKeys } from '../../modules/runs/runs.public.ts';
import type { Run } from '../../modules/runs/runs.schema.ts';
import type { Stored } from '../../platform/collection.ts';
import { IdempotencyKey } from '../../platform/idempotency.ts';
import { type Principal, scopeSchema } from '../../platform/principal.schema.ts';
import type { Invocation } from '../../platform/runtime.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Action, ActionPorts, Fields, Result, StepContext } from './action.ts';
import { actions } from './actions.ts';
import { chooseBranch, decidedOn } from './decide.ts';
import { type Position, positionInBranch } from './positions.ts';
import { findState, findSubjectOf, getState, getSubjectOf } from './subject.ts';
import { fillIn } from './templates.ts';
import { waitUntil } from './waits.ts';

/** What a step has led to; `next` is where the run goes on, unless that is simply the next step. */
export type Outcome =
  | {
      readonly kind: 'done' | 'branched' | 'waited' | 'timed_out' | 'stopped';
      readonly input: Record<string, unknown>;
      readonly result: Record<string, unknown>;
      readonly decidedOn?: Record<string, unknown> | undefined;
      readonly next?: Position | undefined;
    }
  | {
      readonly kind: 'wait';
      readonly until: Date;
      readonly types: readonly string[];
      readonly about: readonly string[];
    };

/** A step that a run has come to. */
export interface Come {
  readonly unit: UnitOfWork;
  readonly run: Stored<Run>;
  readonly steps: readonly Step[];
  readonly position: Position;
  readonly step: Step;
}

/** Who a workflow acts as. */
function workflowPrincipal(orgId: string, workflowId: string): Principal {
  return {
    ...{ kind: 'automation', orgId, uid: `workflow_${workflowId}`, role: 'admin' },
    ...{ teamId: null, managedTeamIds: [], scopes: scopeSchema.options },
  };
}

/** Does what a step says. @throws whatever its use case refuses, or what keeps it from being done now */
export async function performStep(
  ctx: Invocation,
  ports: ActionPorts,
  come: Come,
): Promise<Outcome> {
  const { step, run } = come;
  switch (step.type) {
    case 'STOP':
      return { kind: 'stopped', input: {}, result: {} };
    case 'BRANCH':
      return branch(come, step, ctx.now);
    case 'WAIT':
      return run.waiting?.stepId === step.id ? waited(run) : wait(come, step, ctx.now);
    default:
      return act(ctx, ports, come, step);
  }
}

type Effect = Exclude<Step, { readonly type: 'STOP' | 'BRANCH' | 'WAIT' }>;

async function act(
  ctx: Invocation,
  ports: ActionPorts,
  come: Come,
  step: Effect,
): Promise<Outcome> {
  const { unit, run } = come;
  const context = stepContext(ctx, ports, come);
  const config = await fillIn(step.config, {
    ...{ unit, subject: findSubjectOf(run), event: run.scene.event },
    ...{ timeZone: run.scene.timeZone, record: context.record },
  });
  // The table has for each type the action that takes its settings.
  const action = actions[step.type] as (
    ctx: StepContext,
    config: Fields,
  ) => ReturnType<Action<'ADD_TAG'>>;
  const result: Result = await action(context, config);
  return { kind: 'done', input: { ...config }, result: { ...result } };
}

function stepContext(ctx: Invocation, ports: ActionPorts, { unit, run, step }: Come): StepContext {
  const { workflowId, eventId, cause } = run;
  const principal = workflowPrincipal(unit.orgId, workflowId);
  const keyOf = (part: string) =>
    new IdempotencyKey(principal.uid, `${run.id}\n${step.id}\n${part}`, `${run.id} ${step.id}`);
  let record: Promise<Fields> | undefined;
  return {
    caller: {
      ...{ ...ctx, principal, idempotency: keyOf('') },
      cause: {
        eventId,
        chain: [...(cause?.chain ?? []), workflowId],
        depth: (cause?.depth ?? 0) + 1,
      },
    },
    ...{ run, stepId: step.id, ports, keyOf },
    subject: () => getSubjectOf(run),
    record: () => {
      record ??= getState(unit, getSubjectOf(run));
      return record;
    },
  };
}

async function branch(
  { unit, run, steps, position }: Come,
  { config }: Extract<Step, { readonly type: 'BRANCH' }>,
  now: Date,
): Promise<Outcome> {
  const { scene } = run;
  const state = await stateOf(unit, run);
  const taken = chooseBranch(config, { scene, state, now });
  return {
    ...{ kind: 'branched', input: {}, result: { branch: taken } },
    decidedOn: decidedOn(config, state),
    next: positionInBranch(steps, position, taken),
  };
}

async function wait(
  { unit, run }: Come,
  { config }: Extract<Step, { readonly type: 'WAIT' }>,
  now: Date,
): Promise<Outcome> {
  const { scene, workflowId } = run;
  const after = await stateOf(unit, run);
  const { event, timeZone } = scene;
  const before = scene.before ?? undefined;
  const until = waitUntil(config, { now, timeZone, event, before, after });
  if (until <= now) return { kind: 'waited', input: { ...config }, result: { until } };
  const types = config.untilEvent ?? [];
  const subject = findSubjectOf(run) ?? run;
  const about = types.length === 0 ? [] : aboutKeys(workflowId, subject, after ?? null);
  return { kind: 'wait', until, types, about };
}

function waited({ waiting }: Run): Outcome {
  const { until, types = [] } = waiting ?? {};
  const kind = types.length === 0 ? 'waited' : 'timed_out';
  return { kind, input: { untilEvent: types }, result: { until } };
}

/** The record that is worked on as it is now; of others what the event has told. */
async function stateOf(unit: UnitOfWork, run: Run): Promise<Fields | undefined> {
  const subject = findSubjectOf(run);
  const known = run.scene.after ?? run.scene.before ?? undefined;
  const isEventOfSubject = subject?.recordId === run.recordId;
  return subject !== undefined && isEventOfSubject ? findState(unit, subject) : known;
}

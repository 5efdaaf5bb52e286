import { getWorkflowVersion, workflows } from '../modules/automations/automations.public.ts';
import type { Step } from '../modules/automations/steps.schema.ts';
import { hears, removeListener } from '../modules/listeners/listeners.public.ts';
import {
  findWaiting,
  hasRunUnderWay,
  LEFT_TO_TASK_MS,
  runs,
  tellOfFailure,
  wakes,
} from '../modules/runs/runs.public.ts';
import type { LogEntry, Run, Wake } from '../modules/runs/runs.schema.ts';
import type { Stored } from '../platform/collection.ts';
import { describeError } from '../platform/log.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { enqueueAll } from '../platform/tasks.ts';
import { isContention, openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import type { ActionPorts } from './workflow-actions/action.ts';
import { describeFailure, isPassing, nextAttemptAt } from './workflow-actions/failures.ts';
import { type Outcome, performStep } from './workflow-actions/perform-step.ts';
import {
  formatPosition,
  type Position,
  parsePosition,
  positionAfter,
  stepAt,
} from './workflow-actions/positions.ts';

/** More steps than a definition can have, each of which a run comes to once. */
const MAX_MOVES = 100;

/** Which run, of which organisation. */
export interface RunRef {
  readonly orgId: string;
  readonly runId: string;
}

/**
 * Does what is to be done of a run now, a step at a time: each step has its effect by an ordinary use
 * case under a key that follows from run and step, and then the run moves on, unless somebody else
 * has moved it. So it may be killed anywhere and repeated by any number of workers: each effect is
 * there once. A step that fails is tried again by a sweep, unless it has failed for good.
 *
 * Billed of a run with one step: two reads and one write, in three round trips, and what the step's
 * use case is billed for, with one write for its key.
 */
export async function runWorkflow(
  ctx: Invocation,
  ports: ActionPorts,
  { orgId, runId }: RunRef,
): Promise<void> {
  const plan: Plan = new Map();
  for (let moves = 0; moves < MAX_MOVES; moves += 1) {
    const unit = openUnit(ctx, orgId);
    const run = await unit.find(runs, runId);
    if (run === undefined || !isReady(run, ctx.now)) return;
    try {
      const change = await advance(ctx, ports, { unit, run, plan });
      move(unit, run, change, ctx.now);
      const told = change.status === 'failed' ? [{ ...run, ...change }] : [];
      const tasks = told.map((failed) => tellOfFailure(unit, runId, failed, ctx.now));
      await unit.commit();
      await enqueueAll(ctx, tasks);
      if (change.status !== 'running' || change.attempts !== 0) return;
    } catch (error) {
      // Another worker has moved the run on, and goes on with it.
      if (isContention(error)) return;
      throw error;
    }
  }
}

/** True when there is something to be done of a run now. */
function isReady({ status, attempts, nextSendAt }: Run, now: Date): boolean {
  if (nextSendAt === null) return false;
  const isHeld = status === 'waiting' || attempts > 0;
  return !isHeld || nextSendAt <= now;
}

async function findSteps(unit: UnitOfWork, run: Run): Promise<readonly Step[]> {
  const { definition } = await getWorkflowVersion(unit, run.workflowId, run.workflowVersion);
  return definition.steps;
}

/** The steps of the run's version, once they are read. */
type Plan = Map<number, readonly Step[]>;

interface Under {
  readonly unit: UnitOfWork;
  readonly run: Stored<Run>;
  readonly plan: Plan;
}

/** What becomes of a run by its next step. */
async function advance(
  ctx: Invocation,
  ports: ActionPorts,
  { unit, run, plan }: Under,
): Promise<Partial<Run>> {
  const position = parsePosition(run.position);
  let step: Step | undefined;
  try {
    const steps = plan.get(run.workflowVersion) ?? (await findSteps(unit, run));
    plan.set(run.workflowVersion, steps);
    step = stepAt(steps, position);
    if (step === undefined) return { status: 'done' };
    const outcome = await performStep(ctx, ports, { unit, run, steps, position, step });
    return afterStep(run, { steps, position, step }, outcome, ctx.now);
  } catch (error) {
    const failed = failedStep(run, step, error, ctx.now);
    const { id: runId, attempts } = run;
    const line = { orgId: unit.orgId, runId, stepId: step?.id, attempts, ...describeError(error) };
    if (failed.status === 'failed') ctx.log.warn(line, 'step failed for good');
    else ctx.log.warn(line, 'step is tried again later');
    return failed;
  }
}

interface At {
  readonly steps: readonly Step[];
  readonly position: Position;
  readonly step: Step;
}

function afterStep(
  run: Run,
  { steps, position, step }: At,
  outcome: Outcome,
  now: Date,
): Partial<Run> {
  if (outcome.kind === 'wait') {
    const { until, types, about } = outcome;
    const waiting = { stepId: step.id, since: now, until, types: [...types] };
    return { status: 'waiting', waiting, waitingFor: [...about], nextSendAt: until };
  }
  const { input, result, decidedOn = null } = outcome;
  const entry = entryOf(run, step, now, { input, result, decidedOn, outcome: outcome.kind });
  const log = [...run.log, entry];
  if (outcome.kind === 'stopped') return { status: 'stopped', log };
  return movedTo('next' in outcome ? outcome.next : positionAfter(steps, position), log);
}

/** The run at its next step, or at its end. */
function movedTo(next: Position | undefined, log: LogEntry[]): Partial<Run> {
  const onward = { log, waiting: null, waitingFor: [], attempts: 0, error: null };
  if (next === undefined) return { ...onward, status: 'done' };
  return { ...onward, status: 'running', position: formatPosition(next) };
}

function entryOf(
  run: Run,
  step: Step,
  now: Date,
  what: Pick<LogEntry, 'input' | 'result' | 'decidedOn' | 'outcome'>,
): LogEntry {
  const { id: stepId, type } = step;
  const attempts = run.attempts + 1;
  const version = run.workflowVersion;
  return { path: run.position, stepId, type, at: now, ...what, attempts, version, error: null };
}

/** The run with its step to be tried again, or failed; without a step its version was not found. */
function failedStep(run: Run, step: Step | undefined, error: unknown, now: Date): Partial<Run> {
  const attempts = run.attempts + 1;
  const failure = describeFailure(error, step?.id ?? null);
  const again = isPassing(error) ? nextAttemptAt(attempts, now) : undefined;
  if (again !== undefined) {
    return { status: 'running', attempts, error: failure, nextSendAt: again };
  }
  const told = isPassing(error)
    ? { ...failure, message: `${failure.message} (tried ${attempts} times)` }
    : failure;
  if (step === undefined) return { status: 'failed', error: told };
  const entry = entryOf(run, step, now, {
    ...{ input: {}, result: {}, decidedOn: null, outcome: 'failed' },
  });
  return { status: 'failed', error: told, log: [...run.log, { ...entry, error: told }] };
}

const over: ReadonlySet<Run['status']> = new Set(['done', 'stopped', 'failed']);

/** Writes what has become of a run; one that goes on is left to its worker for a while. */
function move(unit: UnitOfWork, run: Stored<Run>, change: Partial<Run>, now: Date): void {
  const isOver = change.status !== undefined && over.has(change.status);
  unit.update(runs, run, {
    nextSendAt: new Date(now.getTime() + LEFT_TO_TASK_MS),
    ...change,
    updatedAt: now,
    ...(isOver ? { nextSendAt: null, finishedAt: now, waiting: null, waitingFor: [] } : {}),
  });
}

/** Which event, of which organisation, runs may be waiting for. */
export interface WakeRef {
  readonly orgId: string;
  readonly wakeId: string;
}

/**
 * Has the runs go on that wait for an event: those whose wait began before it. Called again later, by
 * a sweep, it finds those that were only about to wait at the first time; then it ends.
 */
export async function wakeRuns(
  ctx: Invocation,
  ports: ActionPorts,
  { orgId, wakeId }: WakeRef,
): Promise<void> {
  const unit = openUnit(ctx, orgId);
  const wake = await unit.find(wakes, wakeId);
  if (wake === undefined) return;
  const waiting = await findWaiting(unit, wake.about);
  for (const run of waiting.filter((each) => isWokenBy(each, wake))) {
    if (await wakeRun(ctx, { orgId, runId: run.id }, wake)) {
      await runWorkflow(ctx, ports, { orgId, runId: run.id });
    }
  }
  if (wake.nextSendAt > ctx.now) return;
  await runUnitOfWork(ctx, orgId, async (last) => {
    const found = await last.find(wakes, wakeId);
    if (found === undefined) return;
    last.remove(wakes, found);
    await leaveBook(last, found.workflowId);
  });
}

/** Has an archived workflow listen no more once the last of its runs is over. */
async function leaveBook(unit: UnitOfWork, workflowId: string): Promise<void> {
  const workflow = await unit.find(workflows, workflowId);
  if (workflow?.status !== 'ARCHIVED' || (await hasRunUnderWay(unit, workflowId))) return;
  await removeListener(unit, workflowId);
}

function isWokenBy({ workflowId, waiting, eventId }: Run, wake: Wake): boolean {
  if (waiting === null || workflowId !== wake.workflowId || eventId === wake.eventId) return false;
  return hears(waiting.types, wake.types) && waiting.since <= wake.at && wake.at < waiting.until;
}

/** Ends the wait of a run; false when somebody else has. */
async function wakeRun(ctx: Invocation, { orgId, runId }: RunRef, wake: Wake): Promise<boolean> {
  const unit = openUnit(ctx, orgId);
  const run = await unit.find(runs, runId);
  if (run === undefined || !isWokenBy(run, wake)) return false;
  const steps = await findSteps(unit, run);
  const position = parsePosition(run.position);
  const step = stepAt(steps, position);
  if (step === undefined) return false;
  const result = { eventId: wake.eventId, types: wake.types };
  const entry = entryOf(run, step, ctx.now, {
    ...{ input: { untilEvent: run.waiting?.types ?? [] }, result },
    ...{ decidedOn: null, outcome: 'woken' },
  });
  move(unit, run, movedTo(positionAfter(steps, position), [...run.log, entry]), ctx.now);
  try {
    await unit.commit();
    return true;
  } catch (error) {
    if (isContention(error)) return false;
    throw error;
  }
}

import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { EventContent } from '../events/events.schema.ts';
import { tellOfFailure } from './failure-alert.ts';
import { runs } from './runs.repository.ts';
import type { Run, RunOrigin } from './runs.schema.ts';

/**
 * How far automations may go on from one another: a run whose event is the last of so many, each
 * caused by the one before, is refused and left for a person to look at.
 */
const MAX_DEPTH = 8;

/** Tasks normally begin within seconds, and a step takes seconds: after that the sweep goes on. */
export const LEFT_TO_TASK_MS = 2 * 60 * 1000;

/** What a run is to be made of. */
export interface Start {
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly timeZone: string;
  readonly origin: RunOrigin;
  /** The event's id, or what tells this occasion from all others. */
  readonly eventId: string;
  readonly event: EventContent;
  readonly before: object | undefined;
  readonly after: object | undefined;
  /** True when what the workflow reacts to cannot be read: the run fails before its first step. */
  readonly isUnreadable?: true;
}

/** The id of the one run of a workflow for an event or an occasion. */
export function runIdOf(workflowId: string, eventId: string): string {
  return `${workflowId}_${eventId}`;
}

/** The task that does what is to be done of a run. */
export function taskOf(orgId: string, runId: string, attempt = ''): Task {
  const id = attempt === '' ? runId : `${runId}_${attempt}`;
  return { queue: 'runWorkflow', id, payload: { orgId, runId } };
}

/**
 * Writes a run with a blind create: where there is one for the event already, the commit fails.
 * One that goes too deep is stored as failed, and says by which workflows it came about.
 * @returns the tasks to ask for once it is committed
 */
export function addRun(unit: UnitOfWork, start: Start, now: Date): Task[] {
  const runId = runIdOf(start.workflowId, start.eventId);
  const run = newRun(start, now);
  unit.create(runs, runId, run);
  const isFailed = run.status === 'failed';
  return [isFailed ? tellOfFailure(unit, runId, run, now) : taskOf(unit.orgId, runId)];
}

/** The run as it starts. */
export function newRun(start: Start, now: Date): Run {
  const { workflowId, workflowVersion, timeZone, origin, eventId, event } = start;
  const { ownerId, teamId, recordType, recordId, cause } = event;
  const isLoop = (cause?.depth ?? 0) >= MAX_DEPTH;
  const isRefused = isLoop || start.isUnreadable === true;
  return {
    ...{ ownerId, teamId, participantIds: [] },
    ...{ workflowId, workflowVersion, origin, recordType, recordId, eventId },
    scene: {
      event: { ...event },
      before: start.before === undefined ? null : { ...start.before },
      after: start.after === undefined ? null : { ...start.after },
      ...{ decidedAt: now, timeZone, version: workflowVersion },
    },
    status: isRefused ? 'failed' : 'queued',
    ...{ position: '0', waiting: null, waitingFor: [], log: [], attempts: 0 },
    error: isLoop ? loopError([...(cause?.chain ?? []), workflowId]) : unreadableError(start),
    nextSendAt: isRefused ? null : new Date(now.getTime() + LEFT_TO_TASK_MS),
    ...{ cause, redrives: 0, createdAt: now, updatedAt: now },
    finishedAt: isRefused ? now : null,
  };
}

function unreadableError({ isUnreadable }: Start): Run['error'] {
  if (isUnreadable !== true) return null;
  return {
    code: 'unreadable',
    message:
      'What the workflow reacts to cannot be read; activate it anew, then have this run go on with the newest version',
    ...{ field: null, stepId: null },
  };
}

function loopError(chain: readonly string[]): Run['error'] {
  return {
    code: 'loop',
    message: `Workflows started one another ${MAX_DEPTH} times: ${chain.join(' → ')}; change one of them so that it does not react to what the others do, then have this run go on`,
    ...{ field: null, stepId: null },
  };
}

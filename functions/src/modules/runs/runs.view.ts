import type { Stored } from '../../platform/collection.ts';
import type { Run, RunDetail, RunView } from './runs.schema.ts';

/** What the doors show of a run. */
export function toRunView(run: Stored<Run>): RunView {
  const { id, workflowId, workflowVersion, origin, recordType, recordId, eventId } = run;
  const { status, position, attempts, error, redrives, cause } = run;
  const isHeld = status === 'running' && attempts > 0;
  return {
    ...{ id, workflowId, workflowVersion, origin, recordType, recordId, eventId },
    ...{ status, position, attempts, error, redrives },
    waitingUntil: run.waiting?.until.toISOString() ?? null,
    nextAttemptAt: isHeld ? (run.nextSendAt?.toISOString() ?? null) : null,
    depth: cause?.depth ?? 0,
    chain: [...(cause?.chain ?? [])],
    createdAt: run.createdAt.toISOString(),
    updatedAt: run.updatedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

/** A run with what each of its steps did. */
export function toRunDetail(run: Stored<Run>): RunDetail {
  return {
    ...toRunView(run),
    log: run.log.map(({ decidedOn: _, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
  };
}

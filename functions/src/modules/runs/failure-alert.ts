import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type NewAlert, raiseAlert } from '../notifications/notifications.public.ts';
import type { Run } from './runs.schema.ts';

/**
 * Leaves word for the administrators, in the commit that leaves a run for a person to look at: once
 * for each time that it fails. One billed write.
 * @returns the task to ask for once it is committed
 */
export function tellOfFailure(
  unit: UnitOfWork,
  runId: string,
  { error, redrives }: Pick<Run, 'error' | 'redrives'>,
  now: Date,
): Task {
  const alert: NewAlert = {
    ...{ id: `${runId}_failed_${redrives}`, admins: true, at: now },
    kind: 'run_failed',
    ...{ title: 'A run of a workflow has failed', body: error?.message ?? '' },
    ...{ recordType: 'run', recordId: runId },
  };
  return raiseAlert(unit, alert, now);
}

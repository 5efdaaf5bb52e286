import { useCallback } from 'react';
import type { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { progressSchema } from '../../data/settings.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { Icon } from '../../ui/Icon.tsx';

/** Work that goes on after its order was taken. */
export interface OrderedWork {
  readonly jobId: string;
  /** What it does: Handing over the records of Rita Rep. */
  readonly what: string;
}

interface JobNoticeProps extends OrderedWork {
  readonly rest: Rest;
  readonly onDismiss: () => void;
}

/** How far ordered work is. It goes on when the page is left. */
export function JobNotice({ rest, jobId, what, onDismiss }: JobNoticeProps) {
  const job = useLoad(
    useCallback(() => rest.get(`/api/jobs/${jobId}`, progressSchema), [rest, jobId]),
  );
  const progress = job.status === 'ready' ? job.value : undefined;
  const isUnderWay = progress?.status === 'queued' || progress?.status === 'running';
  usePolling(isUnderWay, job.status === 'ready' ? job.reload : nothingToReload);
  const isBad = progress?.status === 'failed' || (progress?.failed ?? 0) > 0;
  return (
    <div className="settings__job" data-tone={isBad ? 'danger' : undefined} role="status">
      {(job.status === 'loading' || isUnderWay) && <div className="spinner" />}
      <p className="settings__job-text">
        <strong>{what}</strong>{' '}
        {job.status === 'failed' ? job.problem.message : progressText(progress)}
      </p>
      <button className="icon-button" type="button" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function progressText(progress: z.infer<typeof progressSchema> | undefined): string {
  if (progress === undefined) return 'has begun.';
  const { status, processed, failed, error } = progress;
  const records = processed === 1 ? '1 record' : `${processed} records`;
  const failures = failed === 0 ? '' : ` ${failed} could not be changed.`;
  switch (status) {
    case 'queued':
      return 'is about to begin. You can leave this page.';
    case 'running':
      return `is under way: ${records} so far.${failures} You can leave this page.`;
    case 'done':
      return `is done: ${records}.${failures}`;
    case 'failed':
      return `stopped after ${records}. ${error ?? ''}`;
    case 'cancelled':
      return `was cancelled after ${records}.`;
  }
}

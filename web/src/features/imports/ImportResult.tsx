import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import {
  type ImportDetail,
  type ImportJob,
  importDetailSchema,
  importJobSchema,
  jobTypeSchema,
} from '../../data/imports.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { type Live, useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Failure, Loading, StateMessage } from '../../ui/StateMessage.tsx';
import { ImportSteps } from './ImportSteps.tsx';
import { typeWords } from './import-words.ts';
import { JobProgress } from './JobProgress.tsx';
import { UndoButton } from './UndoButton.tsx';

interface ImportResultProps {
  readonly data: WorkspaceData;
  readonly jobId: string;
}

type LiveJob = Live<Stored<ImportJob> | undefined>;

function useJob(data: WorkspaceData, jobId: string): LiveJob {
  return useLive(useMemo(() => data.watchJob(jobId, importJobSchema), [data, jobId]));
}

/** How far an import is and what came of it. It goes on when the page is left. */
export function ImportResult({ data, jobId }: ImportResultProps) {
  const { rest } = data;
  const path = `/api/jobs/${jobId}`;
  // Asked before it is listened to: the server says why it cannot be shown, a listener does not.
  const job = useLoad(useCallback(() => rest.get(path, jobTypeSchema), [rest, path]));
  if (job.status === 'loading') return <Loading what="the import" />;
  if (job.status === 'failed') {
    return (
      <Failure
        title="This import cannot be shown"
        message={job.problem.message}
        onRetry={job.reload}
      />
    );
  }
  return isImport(job.value.type) ? <Known data={data} jobId={jobId} /> : <NoImport />;
}

function isImport(type: string): boolean {
  return type === 'importRecords' || type === 'undoImport';
}

function NoImport() {
  return (
    <StateMessage title="This is no import" actions={<Link href="/import">Your imports</Link>}>
      The address names other work. What you imported is listed on the page Import.
    </StateMessage>
  );
}

function Known({ data, jobId }: ImportResultProps) {
  const job = useJob(data, jobId);
  if (job.status === 'loading') return <Loading what="the import" />;
  if (job.status === 'failed') {
    return (
      <Failure
        title="This import cannot be shown"
        message={job.problem.message}
        onRetry={job.retry}
      />
    );
  }
  return job.value === undefined ? (
    <NoImport />
  ) : (
    <Result data={data} importId={job.value.input.importId} />
  );
}

function Result({ data, importId }: { readonly data: WorkspaceData; readonly importId: string }) {
  const { rest } = data;
  const path = `/api/imports/${importId}`;
  const source = useLoad(useCallback(() => rest.get(path, importDetailSchema), [rest, path]));
  if (source.status === 'loading') return <Loading what="the import" />;
  if (source.status === 'failed') {
    return (
      <Failure
        title="This import cannot be shown"
        message={source.problem.message}
        onRetry={source.reload}
      />
    );
  }
  const { jobId, undoJobId } = source.value;
  return (
    <>
      <ImportSteps current={4} />
      {jobId !== null && (
        <Imported data={data} source={source.value} jobId={jobId} onUndone={source.reload} />
      )}
      {undoJobId !== null && <Undone data={data} source={source.value} jobId={undoJobId} />}
      <p>
        <Link href="/import">Import another file</Link>
      </p>
    </>
  );
}

interface PartProps {
  readonly data: WorkspaceData;
  readonly source: ImportDetail;
  readonly jobId: string;
}

const importTitles = {
  queued: 'The import is about to begin',
  running: 'Importing…',
  done: 'The import is done',
  failed: 'The import stopped',
  cancelled: 'The import was cancelled',
} as const;

function Imported({
  data,
  source,
  jobId,
  onUndone,
}: PartProps & { readonly onUndone: () => void }) {
  const job = useJob(data, jobId);
  const { recordType, fileName, undoJobId } = source;
  const { name, plural, path } = typeWords[recordType];
  if (job.status !== 'ready' || job.value === undefined) return <Loading what="the import" />;
  const { status, counts } = job.value;
  const isOpen = status === 'queued' || status === 'running';
  return (
    <JobProgress
      rest={data.rest}
      source={source}
      job={job.value}
      title={importTitles[status]}
      lead={
        isOpen
          ? 'It goes on when you leave this page. Come back to this address to see how far it is.'
          : `${name}${fileName === null ? '' : ` from ${fileName}`}.`
      }
      cancelLead="The rows that were done stay; you can undo them afterwards. The others are not imported."
      actions={
        !isOpen && (
          <>
            <Link className="button button--primary" href={path}>
              Show {plural}
            </Link>
            {undoJobId === null && (counts.created ?? 0) > 0 && (
              <UndoButton
                rest={data.rest}
                source={source}
                created={counts.created ?? 0}
                onUndone={onUndone}
              />
            )}
          </>
        )
      }
    />
  );
}

const undoTitles = {
  queued: 'Undoing is about to begin',
  running: 'Undoing…',
  done: 'The import is undone',
  failed: 'Undoing stopped',
  cancelled: 'Undoing was cancelled',
} as const;

function Undone({ data, source, jobId }: PartProps) {
  const job = useJob(data, jobId);
  if (job.status !== 'ready' || job.value === undefined) return <Loading what="the undoing" />;
  return (
    <JobProgress
      rest={data.rest}
      source={source}
      job={job.value}
      title={undoTitles[job.value.status]}
      lead="What the import created is put into the bin, where it can be restored for 30 days."
      cancelLead="What is in the bin already stays there. The other records stay."
      actions={undefined}
    />
  );
}

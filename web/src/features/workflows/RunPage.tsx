import type { RunDetail } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { runSchema } from '../../data/workflows.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useFormatMoment } from '../../ui/useTimeZone.ts';
import { RecordLink } from './RecordLink.tsx';
import { RedriveDialog } from './RedriveDialog.tsx';
import { ReplaySection } from './ReplaySection.tsx';
import { errorWords, isMoving, originWords, runStatusWords } from './run-words.ts';
import { StepLog } from './StepLog.tsx';
import { useRecordNames } from './useRecordNames.ts';
import { useWorkflowNames } from './useWorkflowNames.ts';

interface RunPageProps {
  readonly data: WorkspaceData;
  readonly id: string;
  readonly isAdmin: boolean;
}

/** One run of a workflow with what each of its steps did. */
export function RunPage({ data, id, isAdmin }: RunPageProps) {
  const { rest } = data;
  const run = useLoad(useCallback(() => rest.get(`/api/runs/${id}`, runSchema), [rest, id]));
  const isReady = run.status === 'ready';
  usePolling(isReady && isMoving(run.value), isReady ? run.reload : nothingToReload);
  return (
    <div className="page">
      <title>Run · Splitline</title>
      {run.status === 'loading' && <Loading what="the run" />}
      {run.status === 'failed' && (
        <Failure
          title="This run cannot be shown"
          message={run.problem.message}
          onRetry={run.reload}
        />
      )}
      {run.status === 'ready' && (
        <div className="page__content">
          <Stale problem={run.problem} reload={run.reload} />
          <RunFacts data={data} run={run.value} isAdmin={isAdmin} reload={run.reload} />
          <StepLog run={run.value} />
          <ReplaySection rest={rest} run={run.value} />
        </div>
      )}
    </div>
  );
}

interface RunFactsProps {
  readonly data: WorkspaceData;
  readonly run: RunDetail;
  readonly isAdmin: boolean;
  readonly reload: () => void;
}

function RunFacts({ data, run, isAdmin, reload }: RunFactsProps) {
  const names = useWorkflowNames(data.rest, isAdmin);
  const records = useRecordNames(data.rest, [run]);
  const [isAsking, setIsAsking] = useState(false);
  const { workflowId, workflowVersion, status, error, redrives, nextAttemptAt } = run;
  const { name, tone } = runStatusWords[status];
  const title = names.get(workflowId) ?? 'Workflow';
  return (
    <>
      <div className="page__head">
        <div>
          <p className="crumbs">
            <Link href="/workflows/runs">Runs</Link>
          </p>
          <h1 className="page__title">
            Run of {isAdmin ? <Link href={`/workflows/${workflowId}`}>{title}</Link> : 'a workflow'}{' '}
            <span className="tag" data-tone={tone}>
              {name}
            </span>
          </h1>
          <p className="page__lead">
            <RecordLink record={run} names={records} /> · version {workflowVersion}
          </p>
        </div>
        <div className="page__actions">
          <button className="button" type="button" onClick={reload}>
            Refresh
          </button>
          {status === 'failed' && (
            <button
              className="button button--primary"
              type="button"
              onClick={() => setIsAsking(true)}
            >
              Re-drive…
            </button>
          )}
        </div>
      </div>
      {error !== null && (
        <div className={status === 'failed' ? 'message' : 'message message--warning'} role="status">
          <p>{errorWords(error)}</p>
          {nextAttemptAt !== null && (
            <p>
              It was tried {run.attempts} times and is tried again on <Moment at={nextAttemptAt} />.
            </p>
          )}
        </div>
      )}
      <Times run={run} names={names} />
      {redrives > 0 && <p className="soft small">It was re-driven {redrives} times.</p>}
      {isAsking && (
        <RedriveDialog
          rest={data.rest}
          runs={[run]}
          nameOf={() => title}
          onClose={() => setIsAsking(false)}
          onDone={reload}
        />
      )}
    </>
  );
}

interface TimesProps {
  readonly run: RunDetail;
  readonly names: ReadonlyMap<string, string>;
}

function Times({ run, names }: TimesProps) {
  const { origin, createdAt, finishedAt, waitingUntil, chain } = run;
  const format = useFormatMoment();
  const facts = [
    [originWords[origin], format(createdAt)],
    ...(finishedAt === null ? [] : [['Ended', format(finishedAt)]]),
    ...(waitingUntil === null ? [] : [['Waits until, at most', format(waitingUntil)]]),
    ...(chain.length === 0
      ? []
      : [['Came about by', chain.map((id) => names.get(id) ?? 'a workflow').join(', then ')]]),
  ];
  return (
    <dl className="facts facts--wide">
      {facts.map(([label, value]) => (
        <div key={label} className="facts__fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

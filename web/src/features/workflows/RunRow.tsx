import type { RunView } from '@splitline/functions/contracts';
import { Link } from 'wouter';
import { Moment } from '../../ui/Moment.tsx';
import { RecordLink } from './RecordLink.tsx';
import { errorWords, runStatusWords } from './run-words.ts';

interface RunRowProps {
  readonly run: RunView;
  /** What workflows are called. */
  readonly names: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, string>;
}

/** One run: of what, about what, and where it is. */
export function RunRow({ run, names, records }: RunRowProps) {
  const { id, workflowId, workflowVersion, status, error, createdAt, waitingUntil } = run;
  const { name, tone } = runStatusWords[status];
  return (
    <>
      <div className="run-row__main">
        <p>
          <Link href={`/workflows/runs/${id}`} className="row-link">
            {names.get(workflowId) ?? 'Workflow'}
          </Link>{' '}
          <span className="soft small">version {workflowVersion}</span>
        </p>
        <p className="soft small">
          <RecordLink record={run} names={records} />
        </p>
        {error !== null && <p className="field__error run-row__error">{errorWords(error)}</p>}
        {waitingUntil !== null && (
          <p className="soft small">
            Waits until <Moment at={waitingUntil} /> at most
          </p>
        )}
      </div>
      <div className="run-row__aside">
        <span className="tag" data-tone={tone}>
          {name}
        </span>
        <Moment className="soft small" at={createdAt} />
      </div>
    </>
  );
}

import { useCallback } from 'react';
import { jobSchema, type Period } from '../../data/payouts.ts';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { useCommand } from '../../ui/useCommand.ts';
import { periodLabel } from '../earnings/spans.ts';

interface PeriodRowsProps {
  readonly rest: Rest;
  readonly periods: readonly Period[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
  readonly reload: () => void;
}

/** The periods closed or being closed, the latest first; one of them is chosen. */
export function PeriodRows({ rest, periods, chosenId, onChoose, reload }: PeriodRowsProps) {
  return (
    <section className="section" aria-labelledby="periods-title">
      <h2 className="section__title" id="periods-title">
        Periods
      </h2>
      <ul className="rows">
        {periods.map((period) => (
          <li key={period.id} className="rows__row period">
            <button
              className="period__choose"
              type="button"
              aria-pressed={period.id === chosenId}
              onClick={() => onChoose(period.id)}
            >
              {periodLabel(period)}
            </button>
            {period.status === 'closing' ? (
              <Closing rest={rest} period={period} reload={reload} />
            ) : (
              <span className="soft small">{period.entries ?? 0} postings, closed</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ClosingProps {
  readonly rest: Rest;
  readonly period: Period;
  readonly reload: () => void;
}

/** How far the closing is. The work goes on when the page is left. */
function Closing({ rest, period: { id, jobId }, reload }: ClosingProps) {
  const job = useLoad(useCallback(() => rest.get(`/api/jobs/${jobId}`, jobSchema), [rest, jobId]));
  const isReady = job.status === 'ready';
  const isOpen = isReady && ['queued', 'running'].includes(job.value.status);
  usePolling(isOpen, isReady ? job.reload : nothingToReload);
  const { onSubmit, isSending, generalError } = useCommand({
    done: 'Closing goes on.',
    onDone: reload,
    run: async () => {
      await rest.send('POST', `/api/periods/${id}/close`);
      return undefined;
    },
  });
  if (isReady && ['failed', 'cancelled'].includes(job.value.status)) {
    return (
      <form className="period__failed" onSubmit={onSubmit}>
        <span className="field__error">
          {generalError ?? job.value.error ?? 'Closing stopped before its end.'}
        </span>
        <button className="button button--small" type="submit" aria-disabled={isSending}>
          Go on
        </button>
      </form>
    );
  }
  return (
    <span className="period__progress" role="status">
      <progress aria-label="Closing" />
      <span className="soft small">
        {isReady && job.value.processed > 0 ? `Closing, ${job.value.processed} done` : 'Closing…'}
      </span>
    </span>
  );
}

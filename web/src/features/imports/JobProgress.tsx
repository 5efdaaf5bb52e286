import { type ReactNode, useId, useState } from 'react';
import type { ImportDetail, ImportJob } from '../../data/imports.ts';
import type { Rest, Stored } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { Outcomes } from './Outcomes.tsx';
import { Problems } from './Problems.tsx';

interface JobProgressProps {
  readonly rest: Rest;
  readonly source: ImportDetail;
  readonly job: Stored<ImportJob>;
  readonly title: string;
  readonly lead: string;
  /** What follows from cancelling it. */
  readonly cancelLead: string;
  /** What can be done once it has ended. */
  readonly actions: ReactNode;
}

/** Long work: how far it is, what came of it, and what kept rows from being done. */
export function JobProgress({
  rest,
  source,
  job,
  title,
  lead,
  cancelLead,
  actions,
}: JobProgressProps) {
  const { status, processed, total, failed, counts, errors, error } = job;
  const titleId = useId();
  const isOpen = status === 'queued' || status === 'running';
  const numbers = new Intl.NumberFormat();
  return (
    <section className="section import__card" aria-labelledby={titleId}>
      <h2 className="section__title" id={titleId}>
        {title}
      </h2>
      <p className="soft">{lead}</p>
      {isOpen && (
        <div className="progress">
          <progress
            className="progress__bar"
            aria-label={title}
            {...(total === null ? {} : { value: processed, max: total })}
          />
          <span className="soft small amount" role="status">
            {numbers.format(processed)}
            {total !== null && <> of {numbers.format(total)}</>} rows
          </span>
        </div>
      )}
      {error !== null && (
        <p className="message" role="alert">
          {error}
        </p>
      )}
      <Outcomes counts={counts} failed={failed} tense="did" />
      <Problems
        source={source}
        problems={errors.map(({ item, ...problem }) => ({ row: Number(item), ...problem }))}
        failed={failed}
      />
      <div className="page__actions">
        {actions}
        {isOpen && <CancelButton rest={rest} jobId={job.id} lead={cancelLead} />}
      </div>
    </section>
  );
}

interface CancelButtonProps {
  readonly rest: Rest;
  readonly jobId: string;
  readonly lead: string;
}

function CancelButton({ rest, jobId, lead }: CancelButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  const form = useCommand({
    done: 'It is cancelled.',
    onDone: close,
    run: async () => {
      await rest.send('POST', `/api/jobs/${jobId}/cancel`);
      return undefined;
    },
  });
  return (
    <>
      <button className="button" type="button" onClick={() => setIsAsking(true)}>
        Cancel…
      </button>
      {isAsking && (
        <FormDialog
          title="Stop here?"
          lead={lead}
          form={form}
          submit="Stop"
          isDangerous
          onClose={close}
        />
      )}
    </>
  );
}

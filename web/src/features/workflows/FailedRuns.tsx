import type { RunView } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest } from '../../data/port.ts';
import type { Pages } from '../../data/usePages.ts';
import { More } from '../../ui/More.tsx';
import { useFormatMoment } from '../../ui/useTimeZone.ts';
import { RedriveDialog } from './RedriveDialog.tsx';
import { RunRow } from './RunRow.tsx';
import { useRecordNames } from './useRecordNames.ts';

interface FailedRunsProps {
  readonly rest: Rest;
  readonly pages: Pages<RunView>;
  readonly names: ReadonlyMap<string, string>;
  readonly onChange: () => void;
}

/** What has failed for good and waits for a person: some can be chosen and had to go on. */
export function FailedRuns({ rest, pages, names, onChange }: FailedRunsProps) {
  const format = useFormatMoment();
  const records = useRecordNames(rest, pages.records);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setIsAsking] = useState(false);
  const chosen = pages.records.filter(({ id }) => marked.has(id));
  const areAll = chosen.length === pages.records.length;
  const mark = (id: string, isMarked: boolean) =>
    setMarked((before) => {
      const next = new Set(before);
      if (isMarked) next.add(id);
      else next.delete(id);
      return next;
    });
  if (pages.records.length === 0) {
    return <p className="rows rows__empty">Nothing has failed. Failed runs wait here for you.</p>;
  }
  return (
    <>
      <div className="runs__bar">
        <label className="choices__choice">
          <input
            type="checkbox"
            checked={areAll}
            onChange={() =>
              setMarked(areAll ? new Set() : new Set(pages.records.map(({ id }) => id)))
            }
          />
          {chosen.length === 0 ? 'Select all shown' : `${chosen.length} selected`}
        </label>
        {chosen.length > 0 && (
          <button
            className="button button--primary button--small"
            type="button"
            onClick={() => setIsAsking(true)}
          >
            Re-drive {chosen.length}…
          </button>
        )}
      </div>
      <ul className="rows" aria-label="Failed runs">
        {pages.records.map((run) => (
          <li key={run.id} className="rows__row run-row">
            <input
              className="run-row__check"
              type="checkbox"
              aria-label={`Select the run of ${names.get(run.workflowId) ?? 'a workflow'} of ${format(run.createdAt)}`}
              checked={marked.has(run.id)}
              onChange={(event) => mark(run.id, event.currentTarget.checked)}
            />
            <RunRow run={run} names={names} records={records} />
          </li>
        ))}
      </ul>
      <More pages={pages} />
      {isAsking && (
        <RedriveDialog
          rest={rest}
          runs={chosen}
          nameOf={({ workflowId }) => names.get(workflowId) ?? 'Workflow'}
          onClose={() => setIsAsking(false)}
          onDone={() => {
            setMarked(new Set());
            onChange();
          }}
        />
      )}
    </>
  );
}

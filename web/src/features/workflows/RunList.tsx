import type { RunView } from '@splitline/functions/contracts';
import type { Rest } from '../../data/port.ts';
import type { Pages } from '../../data/usePages.ts';
import { More } from '../../ui/More.tsx';
import { RunRow } from './RunRow.tsx';
import { useRecordNames } from './useRecordNames.ts';

interface RunListProps {
  readonly rest: Rest;
  readonly pages: Pages<RunView>;
  readonly names: ReadonlyMap<string, string>;
  readonly empty: string;
}

/** Runs, newest first. */
export function RunList({ rest, pages, names, empty }: RunListProps) {
  const records = useRecordNames(rest, pages.records);
  return (
    <>
      <ul className="rows" aria-label="Runs">
        {pages.records.length === 0 && <li className="rows__empty">{empty}</li>}
        {pages.records.map((run) => (
          <li key={run.id} className="rows__row run-row">
            <RunRow run={run} names={names} records={records} />
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </>
  );
}

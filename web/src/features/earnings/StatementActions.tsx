import { useState } from 'react';
import type { Query, Rest } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { printPage, saveFile } from '../../ui/files.ts';
import { readerLocale } from '../../ui/format.ts';
import { useNotices } from '../../ui/Toasts.tsx';

interface StatementActionsProps {
  readonly rest: Rest;
  readonly query: Query;
  /** What the file is called after. */
  readonly name: string;
}

const PATH = '/api/earnings/statement';

/** Takes the statement along: as a file, or on paper. */
export function StatementActions({ rest, query, name }: StatementActionsProps) {
  const { warn } = useNotices();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (work: () => Promise<Problem | undefined>) => {
    if (isBusy) return;
    setIsBusy(true);
    const problem = await work();
    setIsBusy(false);
    if (problem !== undefined) warn(problem.message);
  };
  const open = (format: string) => () =>
    rest.open(PATH, { ...query, format, locale: readerLocale() });
  return (
    <>
      <button
        className="button"
        type="button"
        aria-disabled={isBusy}
        onClick={() => void run(() => saveFile(open('csv'), `statement-${name}.csv`))}
      >
        Download CSV
      </button>
      <button
        className="button"
        type="button"
        aria-disabled={isBusy}
        onClick={() => void run(() => printPage(open('html')))}
      >
        Print
      </button>
    </>
  );
}

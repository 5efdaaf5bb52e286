import type { Deal } from '@splitline/functions/contracts';
import { useEffect, useRef, useState } from 'react';
import type { Rest, Stored } from '../../../data/port.ts';
import { useNotices } from '../../../ui/Toasts.tsx';
import type { Selection } from '../useSelection.ts';
import { type BulkAction, type BulkProgress, runBulk } from './bulk.ts';
import { bulkWords } from './bulk-words.ts';

/** Something that is done with many deals, or was. */
export interface BulkJob {
  readonly action: BulkAction;
  readonly progress: BulkProgress;
  readonly isRunning: boolean;
  /** The person may hide it: it goes on, and a notice tells of its end. */
  readonly isShown: boolean;
}

export interface Bulk {
  readonly job: BulkJob | undefined;
  readonly start: (action: BulkAction, deals: readonly Stored<Deal>[]) => void;
  readonly stop: () => void;
  readonly hide: () => void;
}

/** Runs one after the other, and goes on when the page is left. */
export function useBulk(rest: Rest, selection: Selection): Bulk {
  const [job, setJob] = useState<BulkJob>();
  const isHidden = useRef(false);
  const isStopped = useRef(false);
  const { announce, offer, warn } = useNotices();
  useEffect(
    () => () => {
      isHidden.current = true;
    },
    [],
  );
  const start = async (action: BulkAction, deals: readonly Stored<Deal>[]) => {
    isHidden.current = false;
    isStopped.current = false;
    const show = (progress: BulkProgress, isRunning: boolean) =>
      setJob({ action, progress, isRunning, isShown: !isHidden.current });
    show({ total: deals.length, done: [], failures: [] }, true);
    const end = await runBulk(rest, deals, action, {
      onProgress: (now) => show(now, true),
      isStopped: () => isStopped.current,
    });
    const { done, failures } = end;
    // Those that were refused stay selected: they are what is left to do.
    selection.selectAll(failures.map(({ deal }) => deal.id));
    const words = `${bulkWords(action, done.length).done}.`;
    const isWhole = failures.length === 0;
    if (isWhole) setJob(undefined);
    else show(end, false);
    if (action.kind === 'delete' && done.length > 0) {
      offer(words, { label: 'Undo', run: () => void start({ kind: 'restore' }, done) });
    } else if (isWhole && done.length > 0) announce(words);
    if (!isWhole && isHidden.current) {
      const [first] = failures;
      warn(
        `${words} ${failures.length} refused, the first: “${first?.deal.title}”. ${first?.reason}`,
      );
    }
  };
  return {
    job,
    start: (action, deals) => void start(action, deals),
    stop: () => {
      isStopped.current = true;
    },
    hide: () => {
      isHidden.current = true;
      setJob((now) => (now?.isRunning ? { ...now, isShown: false } : undefined));
    },
  };
}

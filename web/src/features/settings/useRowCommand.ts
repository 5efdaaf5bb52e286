import { useState } from 'react';
import { toProblem } from '../../data/problem.ts';
import { useNotices } from '../../ui/Toasts.tsx';

interface RowCommand {
  readonly run: () => Promise<unknown>;
  /** What was done, for those who do not see it. */
  readonly done: string;
  /** Stands before the reason when it failed. */
  readonly failed: string;
  readonly onDone: () => void;
}

/** A command that a button carries out at once, without a form: one at a time. */
export function useRowCommand({ run, done, failed, onDone }: RowCommand) {
  const { announce, warn } = useNotices();
  const [isRunning, setIsRunning] = useState(false);
  const start = async () => {
    setIsRunning(true);
    try {
      await run();
      announce(done);
      onDone();
    } catch (error) {
      warn(`${failed} ${toProblem(error).message}`);
    }
    setIsRunning(false);
  };
  return { isRunning, run: () => void (isRunning || start()) };
}

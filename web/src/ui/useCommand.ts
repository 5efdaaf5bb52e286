import { type Problem, toProblem } from '../data/problem.ts';
import { useNotices } from './Toasts.tsx';
import { useSubmit } from './useSubmit.ts';

type Read = (name: string) => string;

interface Command {
  /** Carries it out; answers a problem that it found itself, before asking the server. */
  readonly run: (read: Read) => Promise<Problem | undefined>;
  /** What was done, for those who do not see it. */
  readonly done: string;
  readonly onDone: () => void;
  readonly fields?: readonly string[];
}

/** The form of a dialog that carries out one command and then closes. */
export function useCommand({ run, done, onDone, fields = [] }: Command) {
  const { announce } = useNotices();
  return useSubmit(async (read) => {
    try {
      const problem = await run(read);
      if (problem !== undefined) return problem;
    } catch (error) {
      return toProblem(error);
    }
    announce(done);
    onDone();
    return undefined;
  }, fields);
}

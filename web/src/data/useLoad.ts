import { useCallback, useEffect, useState } from 'react';
import { type Problem, toProblem } from './problem.ts';

export type Loaded<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready';
      readonly value: T;
      /** Why the value could not be refreshed: it is an older one. */
      readonly problem: Problem | undefined;
      readonly reload: () => void;
    }
  | { readonly status: 'failed'; readonly problem: Problem; readonly reload: () => void };

interface Held<T> {
  readonly source: () => Promise<T>;
  readonly key: string;
  readonly value: { readonly of: T } | undefined;
  readonly problem: Problem | undefined;
}

/**
 * Loads while the component is shown, and again whenever `signal` changes or `reload` is called; what
 * was there stays until the new answer has come. `load` has to keep its identity between renders; a
 * new one starts over.
 */
export function useLoad<T>(load: () => Promise<T>, signal = ''): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<Held<T>>();
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const key = `${turn} ${signal}`;
  useEffect(() => {
    let isOver = false;
    const hold = (outcome: Pick<Held<T>, 'value' | 'problem'>) => {
      if (isOver) return;
      setHeld((before) => ({
        ...{ source: load, key, problem: outcome.problem },
        value: outcome.value ?? (before?.source === load ? before.value : undefined),
      }));
    };
    load().then(
      (value) => hold({ value: { of: value }, problem: undefined }),
      (error: unknown) => hold({ value: undefined, problem: toProblem(error) }),
    );
    return () => {
      isOver = true;
    };
  }, [load, key]);
  if (held?.source !== load) return { status: 'loading' };
  const { value, problem } = held;
  if (value !== undefined) return { status: 'ready', value: value.of, problem, reload };
  if (problem === undefined || held.key !== key) return { status: 'loading' };
  return { status: 'failed', problem, reload };
}

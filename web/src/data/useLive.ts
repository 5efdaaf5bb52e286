import { useCallback, useEffect, useState } from 'react';
import type { Subscribe } from './port.ts';
import type { Problem } from './problem.ts';

export type Live<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: Problem; readonly retry: () => void };

interface Held<T> {
  readonly source: Subscribe<T>;
  readonly attempt: number;
  readonly outcome: { readonly value: T } | { readonly problem: Problem };
}

/**
 * Listens while the component is shown. `subscribe` has to keep its identity between renders; a new
 * one starts over, and what the old one held is not shown for it.
 */
export function useLive<T>(subscribe: Subscribe<T>): Live<T> {
  const [attempt, setAttempt] = useState(0);
  const [held, setHeld] = useState<Held<T>>();
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  useEffect(() => {
    let isOver = false;
    const hold = (outcome: Held<T>['outcome']) => {
      if (!isOver) setHeld({ source: subscribe, attempt, outcome });
    };
    const stop = subscribe(
      (value) => hold({ value }),
      (problem) => hold({ problem }),
    );
    return () => {
      isOver = true;
      // Firestore's client fails for good when a query is left and taken up again within a moment
      // (firebase-js-sdk #9267). Left a turn later, one that is taken up again was never left.
      setTimeout(stop);
    };
  }, [subscribe, attempt]);
  if (held === undefined || held.source !== subscribe || held.attempt !== attempt) {
    return { status: 'loading' };
  }
  if ('problem' in held.outcome) {
    return { status: 'failed', problem: held.outcome.problem, retry };
  }
  return { status: 'ready', value: held.outcome.value };
}

import type { Subscribe } from './port.ts';

type Listener<T> = Parameters<Subscribe<T>>;

/**
 * One listener for all who listen at the same time: who comes later is told at once what was heard last.
 * It ends with the last of them, or with a problem.
 */
export function share<T>(subscribe: Subscribe<T>): Subscribe<T> {
  const listeners = new Set<Listener<T>>();
  let latest: { readonly value: T } | undefined;
  let stop: (() => void) | undefined;
  const end = () => {
    const all = [...listeners];
    listeners.clear();
    stop?.();
    stop = undefined;
    latest = undefined;
    return all;
  };
  const start = () =>
    subscribe(
      (value) => {
        latest = { value };
        for (const [onValue] of [...listeners]) onValue(value);
      },
      (problem) => {
        for (const [, onProblem] of end()) onProblem(problem);
      },
    );
  return (...listener) => {
    listeners.add(listener);
    if (latest !== undefined) listener[0](latest.value);
    stop ??= start();
    // It may have failed at once, before there was anything to stop.
    if (listeners.size === 0) end();
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) end();
    };
  };
}

import type { Problem } from '../data/problem.ts';

interface StaleProps {
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/** Says that what is shown could not be refreshed, and offers another try. */
export function Stale({ problem, reload }: StaleProps) {
  if (problem === undefined) return null;
  return (
    <p className="message message--warning" role="alert">
      This may be out of date. {problem.message}{' '}
      <button className="button button--quiet" type="button" onClick={reload}>
        Try again
      </button>
    </p>
  );
}

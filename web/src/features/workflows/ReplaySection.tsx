import { type Replay, type RunDetail, replaySchema } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';

interface ReplaySectionProps {
  readonly rest: Rest;
  readonly run: RunDetail;
}

/** Makes the decisions of a run again on what they were made on, to see that they come out the same. */
export function ReplaySection({ rest, run }: ReplaySectionProps) {
  const [replay, setReplay] = useState<Replay>();
  const [problem, setProblem] = useState<Problem>();
  const [isRunning, setIsRunning] = useState(false);
  const start = async () => {
    if (isRunning) return;
    setIsRunning(true);
    setProblem(undefined);
    try {
      setReplay(await rest.get(`/api/runs/${run.id}/replay`, replaySchema));
    } catch (error) {
      setProblem(toProblem(error));
    }
    setIsRunning(false);
  };
  return (
    <section className="section" aria-labelledby="replay-title">
      <div className="section__head">
        <h2 className="section__title" id="replay-title">
          Decisions
        </h2>
        <button
          className="button button--small"
          type="button"
          aria-disabled={isRunning}
          onClick={() => void start()}
        >
          {isRunning ? 'Replaying…' : 'Replay the decisions'}
        </button>
      </div>
      <p className="soft">
        A replay decides again, on the record as it was then: whether to run, and which ways to
        take. It does nothing else.
      </p>
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem.message}
        </p>
      )}
      {replay !== undefined && <Decisions replay={replay} />}
    </section>
  );
}

function Decisions({ replay: { same, decisions } }: { readonly replay: Replay }) {
  return (
    <div className="outcome" role="status">
      <p className={same ? 'outcome__lead' : 'message'}>
        {same
          ? 'Every decision comes out as it was.'
          : 'Not every decision comes out as it was; compare them below.'}
      </p>
      {decisions.length === 0 && (
        <p className="soft">There was nothing to decide: it was started by hand or by the clock.</p>
      )}
      <ul className="outcome__steps">
        {decisions.map(({ stepId, recorded, recomputed }) => (
          <li key={stepId ?? 'start'} className="outcome__step">
            <p>
              <strong>{stepId ?? 'Whether to run'}</strong>: {decided(recorded)}
              {recorded !== recomputed && `, now ${decided(recomputed)}`}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function decided(decision: boolean | number | string): string {
  if (typeof decision === 'boolean') return decision ? 'yes' : 'no';
  return typeof decision === 'number' ? `way ${decision + 1}` : decision;
}

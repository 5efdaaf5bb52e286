import type { Delivery } from '../../data/webhooks.ts';
import { Moment } from '../../ui/Moment.tsx';
import { answerText } from './webhook-words.ts';

/** The attempts at a delivery, the latest first, each with what the endpoint answered. */
export function Attempts({ attempts }: Pick<Delivery, 'attempts'>) {
  return (
    <section className="side-panel__section" aria-label="Attempts">
      <h3>Attempts</h3>
      {attempts.length === 0 && <p className="soft">It was not tried yet.</p>}
      <ol className="attempts">
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.at} className="attempts__attempt">
            <p className="attempts__line">
              <strong>{answerText(attempt)}</strong>
              <span className="soft small amount">{attempt.latencyMs} ms</span>
              <Moment className="soft small" at={attempt.at} />
            </p>
            {attempt.response !== '' && <pre className="code">{attempt.response}</pre>}
          </li>
        ))}
      </ol>
    </section>
  );
}

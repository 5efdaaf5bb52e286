import type { DeliveryDetail, Webhook } from '../../data/webhooks.ts';
import { prettyJson } from './webhook-words.ts';

interface RequestSectionProps {
  readonly webhook: Webhook;
  readonly delivery: DeliveryDetail;
}

/** What is sent. What differs from attempt to attempt, or is secret, is described. */
export function RequestSection({ webhook, delivery }: RequestSectionProps) {
  const { url, headerNames } = webhook;
  const headers = [
    ['content-type', 'application/json'],
    ['webhook-id', delivery.id],
    ['webhook-timestamp', '(the time of the attempt)'],
    ['webhook-signature', '(made with the secret)'],
    ...headerNames.map((name) => [name.toLowerCase(), '(as you gave it)'] as const),
  ] as const;
  return (
    <section className="side-panel__section" aria-label="Request">
      <h3>Request</h3>
      <p className="delivery__target">
        <strong>POST</strong> {url}
      </p>
      <dl className="facts facts--code">
        {headers.map(([name, value]) => (
          <div key={name} className="facts__row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {delivery.body === null ? (
        <p className="soft">The event it was about is there no more.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to
        <pre className="code" tabIndex={0}>
          {prettyJson(delivery.body)}
        </pre>
      )}
    </section>
  );
}

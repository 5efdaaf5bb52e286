import type { Provider } from '@splitline/functions/contracts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { placeWords, providerWords, remedyFor } from './provider-words.ts';

/** One provider: set up or what is missing, and what to enter at it. */
export function ProviderCard({ provider }: { readonly provider: Provider }) {
  const { id, configured, missing, webhooks } = provider;
  const { name, purpose, without } = providerWords[id];
  return (
    <li className="rows__row provider" aria-label={name}>
      <div className="settings__name">
        <h3>{name}</h3>
        <span className="tag" data-tone={configured ? 'accent' : 'warning'}>
          {configured ? 'Set up' : 'Not set up'}
        </span>
      </div>
      <p className="soft">
        {purpose} {!configured && without}
      </p>
      {missing.length > 0 && (
        <div>
          <h4 className="provider__title">Missing</h4>
          <ul className="provider__list">
            {missing.map((setting) => (
              <li key={setting.name}>
                {setting.kind === 'secret' ? 'Secret' : 'Parameter'} <strong>{setting.name}</strong>
                : <code>{remedyFor(setting)}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {webhooks.map((webhook) => (
        <Webhook key={webhook.at} webhook={webhook} provider={name} />
      ))}
    </li>
  );
}

interface WebhookProps {
  readonly webhook: Provider['webhooks'][number];
  readonly provider: string;
}

function Webhook({ webhook, provider }: WebhookProps) {
  const { at, url, events } = webhook;
  return (
    <div>
      <h4 className="provider__title">{placeWords[at]}</h4>
      <div className="settings__copy">
        <code className="provider__url">{url}</code>
        <CopyButton what={`the address for ${provider}`} text={url} />
      </div>
      {events.length > 0 && (
        <details className="provider__events">
          <summary>{events.length === 1 ? '1 event' : `${events.length} events`} to choose</summary>
          <ul className="provider__list">
            {events.map((event) => (
              <li key={event}>
                <code>{event}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

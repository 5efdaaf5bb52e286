import { useCallback, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { type Webhook, webhookListSchema } from '../../data/webhooks.ts';
import { Icon } from '../../ui/Icon.tsx';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { type NewSecret, SecretDialog } from './SecretDialog.tsx';
import { StatusTag } from './StatusTag.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';
import { webhookStatusWords, whyNotSending } from './webhook-words.ts';

/** The webhooks, the newest first. */
export function WebhookList({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const list = usePages(
    useCallback((at: Query) => rest.get('/api/webhooks', webhookListSchema, at), [rest]),
  );
  const [, navigate] = useLocation();
  const [isAdding, setIsAdding] = useState(false);
  const [added, setAdded] = useState<NewSecret>();
  return (
    <div className="page">
      <title>Webhooks · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Webhooks</h1>
          <button
            className="button button--primary"
            type="button"
            onClick={() => setIsAdding(true)}
          >
            <Icon name="plus" /> Add webhook
          </button>
        </div>
        <p className="page__lead webhooks__lead">
          What happens in Splitline is sent to an address of yours within seconds, signed, and tried
          again for about three days until it is taken.
        </p>
        {list.status === 'loading' && <Loading what="the webhooks" />}
        {list.status === 'failed' && (
          <Failure
            title="The webhooks cannot be shown"
            message={list.problem.message}
            onRetry={list.reload}
          />
        )}
        {list.status === 'ready' && (
          <>
            <Stale problem={list.problem} reload={list.reload} />
            <ul className="rows" aria-label="Webhooks">
              {list.value.records.length === 0 && (
                <li className="rows__empty">
                  No webhooks yet. Add the first one to tell another system what happens here.
                </li>
              )}
              {list.value.records.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} />
              ))}
            </ul>
            <More pages={list.value} />
          </>
        )}
      </div>
      {isAdding && (
        <WebhookDialog
          data={data}
          webhook={undefined}
          onClose={() => setIsAdding(false)}
          onSaved={(saved) => {
            setIsAdding(false);
            setAdded(saved);
          }}
        />
      )}
      {added !== undefined && (
        <SecretDialog made={added} onClose={() => navigate(`/subscriptions/${added.id}`)} />
      )}
    </div>
  );
}

const SHOWN_TYPES = 4;

function WebhookRow({ webhook }: { readonly webhook: Webhook }) {
  const { id, url, description, types, status } = webhook;
  const more = types.length - SHOWN_TYPES;
  const why = status === 'disabled' ? whyNotSending(webhook) : undefined;
  return (
    <li className="rows__row webhook">
      <div className="webhook__main">
        <Link className="webhook__url" href={`/subscriptions/${id}`}>
          {url}
        </Link>
        {description !== '' && <p className="soft small webhook__text">{description}</p>}
        {why !== undefined && <p className="field__error">{why}</p>}
        <ul className="webhook__types" aria-label="Events">
          {types.slice(0, SHOWN_TYPES).map((type) => (
            <li key={type} className="tag">
              {type === '*' ? 'All events' : type}
            </li>
          ))}
          {more > 0 && <li className="soft small">and {more} more</li>}
        </ul>
      </div>
      <StatusTag words={webhookStatusWords[status]} />
    </li>
  );
}

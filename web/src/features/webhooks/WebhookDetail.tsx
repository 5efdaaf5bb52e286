import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { type Webhook, webhookSchema } from '../../data/webhooks.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { Deliveries } from './Deliveries.tsx';
import { DeliveryPanel } from './DeliveryPanel.tsx';
import { StatusTag } from './StatusTag.tsx';
import { WebhookActions } from './WebhookActions.tsx';
import { WebhookFacts } from './WebhookFacts.tsx';
import { webhookStatusWords, whyNotSending } from './webhook-words.ts';

interface WebhookDetailProps {
  readonly data: WorkspaceData;
  readonly id: string;
}

/** One webhook, what it was sent, and beside that the delivery that the address names. */
export function WebhookDetail({ data, id }: WebhookDetailProps) {
  const { rest } = data;
  const path = `/api/webhooks/${id}`;
  const webhook = useLoad(useCallback(() => rest.get(path, webhookSchema), [rest, path]));
  // Raised when something was sent again or tried out: the log has news then.
  const [turn, setTurn] = useState(0);
  const [params, setParams] = useSearchParams();
  const openId = params.get('delivery');
  const isCovering = useMediaQuery('(max-width: 760px)') && openId !== null;
  const show = (deliveryId: string | null) =>
    setParams(deliveryId === null ? {} : { delivery: deliveryId });
  const onNews = () => {
    setTurn((count) => count + 1);
    if (webhook.status !== 'loading') webhook.reload();
  };
  return (
    <>
      <div className="page" inert={isCovering}>
        <title>Webhook · Splitline</title>
        <div className="page__content">
          <Link className="webhook__back" href="/subscriptions">
            All webhooks
          </Link>
          {webhook.status === 'loading' && <Loading what="the webhook" />}
          {webhook.status === 'failed' && (
            <Failure
              title="This webhook cannot be shown"
              message={webhook.problem.message}
              onRetry={webhook.reload}
            />
          )}
          {webhook.status === 'ready' && (
            <>
              <Stale problem={webhook.problem} reload={webhook.reload} />
              <Head data={data} webhook={webhook.value} onChange={webhook.reload} onTried={show} />
              <WebhookFacts data={data} webhook={webhook.value} />
              <Deliveries
                rest={rest}
                webhook={webhook.value}
                turn={turn}
                openId={openId}
                onOpen={show}
                onNews={onNews}
              />
            </>
          )}
        </div>
      </div>
      {openId !== null && webhook.status === 'ready' && (
        <DeliveryPanel
          key={openId}
          rest={rest}
          webhook={webhook.value}
          id={openId}
          onNews={onNews}
          onClose={() => show(null)}
        />
      )}
    </>
  );
}

interface HeadProps {
  readonly data: WorkspaceData;
  readonly webhook: Webhook;
  readonly onChange: () => void;
  readonly onTried: (deliveryId: string) => void;
}

function Head({ data, webhook, onChange, onTried }: HeadProps) {
  const { url, description, status } = webhook;
  const why = whyNotSending(webhook);
  return (
    <>
      <div className="page__head">
        <div className="webhook__title">
          <h1 className="page__title">{url}</h1>
          <StatusTag words={webhookStatusWords[status]} />
        </div>
        <WebhookActions data={data} webhook={webhook} onChange={onChange} onTried={onTried} />
      </div>
      {description !== '' && <p className="page__lead webhook__about">{description}</p>}
      {why !== undefined && (
        <p className={status === 'disabled' ? 'message' : 'message message--warning'}>{why}</p>
      )}
    </>
  );
}

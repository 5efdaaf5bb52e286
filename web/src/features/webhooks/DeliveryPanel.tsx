import { useCallback, useEffect, useRef } from 'react';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { type DeliveryDetail, deliveryDetailSchema, type Webhook } from '../../data/webhooks.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Attempts } from './Attempts.tsx';
import { rowIdOf } from './DeliveryRow.tsx';
import { RequestSection } from './RequestSection.tsx';
import { StatusTag } from './StatusTag.tsx';
import { deliveryStatusWords, isDueSoon, outcomeText } from './webhook-words.ts';

interface DeliveryPanelProps {
  readonly rest: Rest;
  readonly webhook: Webhook;
  readonly id: string;
  /** The log is to be loaded again. */
  readonly onNews: () => void;
  readonly onClose: () => void;
}

/** One delivery: the request, and what came of each attempt. */
export function DeliveryPanel({ rest, webhook, id, onNews, onClose }: DeliveryPanelProps) {
  const path = `/api/webhooks/${webhook.id}/deliveries/${id}`;
  const delivery = useLoad(useCallback(() => rest.get(path, deliveryDetailSchema), [rest, path]));
  const isReady = delivery.status === 'ready';
  const isMoving = isReady && isDueSoon(delivery.value, Date.now());
  usePolling(isMoving, isReady ? delivery.reload : nothingToReload);
  useNewsOf(isReady ? delivery.value : undefined, onNews);
  const close = () => {
    onClose();
    requestAnimationFrame(() => document.getElementById(rowIdOf(id))?.focus());
  };
  return (
    <Panel kind="Delivery" onClose={close}>
      {delivery.status === 'loading' && <Loading what="the delivery" />}
      {delivery.status === 'failed' && (
        <Failure
          title="This delivery cannot be shown"
          message={delivery.problem.message}
          onRetry={delivery.reload}
        />
      )}
      {delivery.status === 'ready' && (
        <>
          <Stale problem={delivery.problem} reload={delivery.reload} />
          <Head delivery={delivery.value} />
          <RedeliverButton
            rest={rest}
            path={path}
            webhook={webhook}
            onDone={() => {
              delivery.reload();
              onNews();
            }}
          />
          <Attempts attempts={delivery.value.attempts} />
          <RequestSection webhook={webhook} delivery={delivery.value} />
        </>
      )}
    </Panel>
  );
}

/** Tells of another status or attempt, but not of the first that was seen. */
function useNewsOf(delivery: DeliveryDetail | undefined, onNews: () => void): void {
  const state = delivery && `${delivery.status} ${delivery.attempts.length}`;
  const seen = useRef(state);
  const tell = useRef(onNews);
  tell.current = onNews;
  useEffect(() => {
    if (state === undefined || seen.current === state) return;
    const isFirst = seen.current === undefined;
    seen.current = state;
    if (!isFirst) tell.current();
  }, [state]);
}

function Head({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { types, status, createdAt, deliveredAt } = delivery;
  return (
    <>
      <h2 className="delivery__title">{types.join(', ')}</h2>
      <p className="delivery__state">
        <StatusTag words={deliveryStatusWords[status]} />
        <span className="soft">{outcomeText(delivery, Date.now())}</span>
      </p>
      <p className="soft small">
        Made <Moment at={createdAt} />
        {deliveredAt !== null && (
          <>
            , taken <Moment at={deliveredAt} />
          </>
        )}
      </p>
    </>
  );
}

interface RedeliverButtonProps {
  readonly rest: Rest;
  readonly path: string;
  readonly webhook: Webhook;
  readonly onDone: () => void;
}

/** Sends it once more; what waits for its next try is tried at once. */
function RedeliverButton({ rest, path, webhook, onDone }: RedeliverButtonProps) {
  const { save, isSaving, problem } = useSaving(async () => {
    await rest.send('POST', `${path}/redeliver`);
    onDone();
  });
  if (webhook.status !== 'active') {
    return <p className="soft small">Resume the webhook to send this again.</p>;
  }
  return (
    <div>
      <button
        className="button"
        type="button"
        aria-disabled={isSaving}
        onClick={() => void save(undefined)}
      >
        Redeliver
      </button>
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </div>
  );
}

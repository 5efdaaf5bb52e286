import { useCallback, useState } from 'react';
import type { Query, Rest } from '../../data/port.ts';
import { usePages } from '../../data/usePages.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { type Delivery, deliveryListSchema, type Webhook } from '../../data/webhooks.ts';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { DeliveryRow, rowIdOf } from './DeliveryRow.tsx';
import { RedeliverDialog } from './RedeliverDialog.tsx';
import { isDueSoon } from './webhook-words.ts';

interface DeliveriesProps {
  readonly rest: Rest;
  readonly webhook: Webhook;
  /** Another one loads the log again. */
  readonly turn: number;
  readonly openId: string | null;
  readonly onOpen: (deliveryId: string) => void;
  readonly onNews: () => void;
}

const tabs = [
  { id: 'all', name: 'All' },
  { id: 'pending', name: 'Pending' },
  { id: 'delivered', name: 'Delivered' },
  { id: 'failed', name: 'Failed' },
  { id: 'skipped', name: 'Skipped' },
] as const;
type Shown = (typeof tabs)[number]['id'];

const PAGE_SIZE = 25;

/** The log of what was sent, the newest first; it follows what is on its way. */
export function Deliveries({ rest, webhook, turn, openId, onOpen, onNews }: DeliveriesProps) {
  const [shown, setShown] = useState<Shown>('all');
  const [isAsking, setIsAsking] = useState(false);
  const path = `/api/webhooks/${webhook.id}/deliveries`;
  const status = shown === 'all' ? undefined : shown;
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get(path, deliveryListSchema, { ...at, status, limit: String(PAGE_SIZE) }),
      [rest, path, status],
    ),
    String(turn),
  );
  const isReady = list.status === 'ready';
  const now = Date.now();
  // A log that was read on stays as it is: loading it again would begin it anew.
  const isFollowed = isReady && list.value.records.length <= PAGE_SIZE;
  const isMoving = isFollowed && list.value.records.some((each) => isDueSoon(each, now));
  usePolling(isMoving, isReady ? list.reload : nothingToReload);
  return (
    <section className="section" aria-labelledby="deliveries-title">
      <div className="section__head">
        <h2 className="section__title" id="deliveries-title">
          Deliveries
        </h2>
        <div className="page__actions">
          <button className="button button--small" type="button" onClick={onNews}>
            Refresh
          </button>
          {webhook.status === 'active' && (
            <button
              className="button button--small"
              type="button"
              onClick={() => setIsAsking(true)}
            >
              Redeliver failed…
            </button>
          )}
        </div>
      </div>
      <div className="webhook__tabs">
        <Tabs label="Which deliveries" tabs={tabs} chosen={shown} onChoose={setShown} />
      </div>
      {list.status === 'loading' && <Loading what="the deliveries" />}
      {list.status === 'failed' && (
        <Failure
          title="The deliveries cannot be shown"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <>
          <Stale problem={list.problem} reload={list.reload} />
          <Rows
            records={list.value.records}
            now={now}
            shown={shown}
            openId={openId}
            onOpen={onOpen}
          />
          <More pages={list.value} />
        </>
      )}
      {isAsking && (
        <RedeliverDialog
          rest={rest}
          webhook={webhook}
          onClose={() => setIsAsking(false)}
          onDone={() => {
            setIsAsking(false);
            onNews();
          }}
        />
      )}
    </section>
  );
}

interface RowsProps extends Pick<DeliveriesProps, 'openId' | 'onOpen'> {
  readonly records: readonly Delivery[];
  readonly now: number;
  readonly shown: Shown;
}

function Rows({ records, now, shown, openId, onOpen }: RowsProps) {
  return (
    <ul className="rows" aria-label="Deliveries">
      {records.length === 0 && (
        <li className="rows__empty">
          {shown === 'all'
            ? 'Nothing was sent yet. The next event of the chosen types appears here; send a test event to see one arrive.'
            : `No delivery is ${shown}.`}
        </li>
      )}
      {records.map((delivery) => (
        <DeliveryRow
          key={delivery.id}
          id={rowIdOf(delivery.id)}
          delivery={delivery}
          now={now}
          isOpen={delivery.id === openId}
          onOpen={() => onOpen(delivery.id)}
        />
      ))}
    </ul>
  );
}

import type { Delivery } from '../../data/webhooks.ts';
import { Moment } from '../../ui/Moment.tsx';
import { StatusTag } from './StatusTag.tsx';
import { answerText, deliveryStatusWords, outcomeText } from './webhook-words.ts';

interface DeliveryRowProps {
  readonly id: string;
  readonly delivery: Delivery;
  readonly now: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** One delivery in the log: what it was about and how its last attempt went. */
export function DeliveryRow({ id, delivery, now, isOpen, onOpen }: DeliveryRowProps) {
  const { types, status, createdAt, attempts } = delivery;
  const last = attempts.at(-1);
  const more = types.length - 1;
  return (
    <li className="rows__row delivery" data-open={isOpen}>
      <StatusTag words={deliveryStatusWords[status]} />
      <div className="delivery__main">
        <button
          id={id}
          className="delivery__open"
          type="button"
          aria-expanded={isOpen}
          onClick={onOpen}
        >
          {types[0]}
          {more > 0 && <span className="soft"> and {more} more</span>}
        </button>
        <span className="soft small">{outcomeText(delivery, now)}</span>
      </div>
      <p className="delivery__answer">
        {last !== undefined && (
          <>
            <span className="delivery__code">{answerText(last)}</span>
            <span className="soft small amount">{last.latencyMs} ms</span>
          </>
        )}
      </p>
      <Moment className="soft small delivery__time" at={createdAt} />
    </li>
  );
}

/** By which the focus finds the row again when its panel closes. */
export function rowIdOf(deliveryId: string): string {
  return `delivery-${deliveryId}`;
}

import type { Stored } from '../../platform/collection.ts';
import type { Delivery, DeliveryView } from './deliveries.schema.ts';

/** A delivery as doors show it; of a call not what is in its headers. */
export function toDeliveryView(delivery: Stored<Delivery>): DeliveryView {
  const { id, subscriptionId, types, message, status } = delivery;
  const event = message.kind === 'event' ? message : undefined;
  return {
    ...{ id, subscriptionId, kind: message.kind, types, status },
    eventId: event?.eventId ?? null,
    recordType: event?.recordType ?? null,
    recordId: event?.recordId ?? null,
    createdAt: delivery.createdAt.toISOString(),
    nextAttemptAt: delivery.nextSendAt?.toISOString() ?? null,
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
    attempts: delivery.attempts.map(({ at, ...attempt }) => ({
      at: at.toISOString(),
      ...attempt,
    })),
  };
}

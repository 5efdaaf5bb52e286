import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { EventContent } from '../events/events.schema.ts';
import type { Listener } from '../listeners/listeners.schema.ts';
import { passesFilters } from '../subscriptions/subscriptions.public.ts';
import { subscriptionFiltersSchema } from '../subscriptions/subscriptions.schema.ts';
import { addDelivery, taskOf } from './new-delivery.ts';

/**
 * How a subscription reacts to an event: a delivery under the id that follows from both, in the
 * commit of the event. One billed write.
 */
export const subscriptionReactions = {
  react(
    unit: UnitOfWork,
    { id, settings }: Listener,
    { eventId, event }: { readonly eventId: string; readonly event: EventContent },
    now: Date,
  ): readonly Task[] {
    const filters = subscriptionFiltersSchema.parse(settings.filters ?? {});
    if (!passesFilters(filters, event)) return [];
    const { types, recordType, recordId } = event;
    const message = { kind: 'event', eventId, recordType, recordId } as const;
    const delivery = { subscriptionId: id, types: [...types], message };
    const deliveryId = deliveryIdOf(id, eventId);
    addDelivery(unit, deliveryId, delivery, now);
    return [taskOf(unit.orgId, deliveryId, deliveryId)];
  },
};

/** The id of what an event sends to a subscription; the receiver is told it with every attempt. */
function deliveryIdOf(subscriptionId: string, eventId: string): string {
  return `${subscriptionId}_${eventId}`;
}

import type { Stored } from '../../platform/collection.ts';
import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { deliveries } from './deliveries.repository.ts';
import type { Delivery } from './deliveries.schema.ts';

/** Writes something to be sent at once, under an id of its own: a blind create. */
export function addDelivery(
  unit: UnitOfWork,
  id: string,
  { subscriptionId, types, message }: Pick<Delivery, 'subscriptionId' | 'types' | 'message'>,
  now: Date,
): Stored<Delivery> {
  return unit.create(deliveries, id, {
    ...{ subscriptionId, types, message, status: 'pending' },
    ...{ createdAt: now, nextSendAt: now, roundStartedAt: now },
    ...{ tries: 0, attempts: [], deliveredAt: null },
  });
}

/** The task that sends one delivery once it is committed; Cloud Tasks takes each `name` once. */
export function taskOf(orgId: string, deliveryId: string, name: string): Task {
  return { queue: 'deliverWebhook', id: name, payload: { orgId, deliveryId } };
}

import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { PageRequest } from '../../platform/paging.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { type Delivery, type DeliveryStatus, deliverySchema } from './deliveries.schema.ts';

export const deliveries: Collection<Delivery> = orgCollection(
  'deliveries',
  'Delivery',
  deliverySchema,
);

export const deliveryIndexes: readonly CompositeIndex[] = [
  compositeIndex('deliveries', 'subscriptionId', 'createdAt desc'),
  compositeIndex('deliveries', 'subscriptionId', 'status', 'createdAt'),
  compositeIndex('deliveries', 'subscriptionId', 'status', 'createdAt desc'),
  compositeIndex('deliveries', 'subscriptionId', 'deliveredAt'),
];

/** Which deliveries of a subscription a page is of. */
interface Selection {
  readonly subscriptionId: string;
  readonly statuses?: readonly DeliveryStatus[] | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdUntil?: Date | undefined;
}

/** One page of a subscription's deliveries by the time they were made. */
export function pageOfDeliveries(
  unit: UnitOfWork,
  { subscriptionId, statuses, createdFrom, createdUntil }: Selection,
  { direction, ...page }: Omit<PageRequest, 'order'> & { readonly direction: 'asc' | 'desc' },
): Promise<{ records: Stored<Delivery>[]; nextCursor: string | null }> {
  return unit.page(
    deliveries,
    (all) => {
      let query = all.where('subscriptionId', '==', subscriptionId);
      if (statuses !== undefined) query = query.where('status', 'in', statuses);
      if (createdFrom !== undefined) query = query.where('createdAt', '>=', createdFrom);
      if (createdUntil !== undefined) query = query.where('createdAt', '<', createdUntil);
      return query;
    },
    { ...page, order: { field: 'createdAt', direction } },
  );
}

/** True when anything has reached the endpoint of a subscription since then. One billed read. */
export async function wasReached(
  unit: UnitOfWork,
  subscriptionId: string,
  since: Date,
): Promise<boolean> {
  const reached = await unit.query(deliveries, (query) =>
    query
      .where('subscriptionId', '==', subscriptionId)
      .where('deliveredAt', '>=', since)
      .orderBy('deliveredAt')
      .limit(1),
  );
  return reached.length > 0;
}

import { type Collection, orgCollection, type Stored } from '../../platform/collection.ts';
import type { Store, UnitOfWork } from '../../platform/unit-of-work.ts';
import { type PaymentLink, paymentLinkSchema } from './payments.schema.ts';

export const paymentLinks: Collection<PaymentLink> = orgCollection(
  'paymentLinks',
  'Payment',
  paymentLinkSchema,
);

/** More payments than a deal can sensibly have; beyond them its sums would be wrong, so it fails. */
const MAX_PAYMENTS = 500;

/**
 * All payments for a deal. Read the deal before: then a payment that comes in meanwhile changes the
 * deal, and whoever did not see it fails on the deal's read time.
 */
export async function listPaymentsOf(
  unit: UnitOfWork,
  dealId: string,
): Promise<Stored<PaymentLink>[]> {
  const found = await unit.query(paymentLinks, (query) =>
    query.where('dealId', '==', dealId).limit(MAX_PAYMENTS),
  );
  if (found.length < MAX_PAYMENTS) return found;
  throw new Error(`Deal ${dealId} has more than ${MAX_PAYMENTS} payments`);
}

/** Which deal of which organisation a payment is for, by one of the provider's ids. One read. */
export async function findPaymentLink(
  { db, meter }: Store,
  field: 'paymentIntentId' | 'chargeId',
  value: string,
): Promise<
  { readonly orgId: string; readonly linkId: string; readonly dealId: string } | undefined
> {
  const query = db.collectionGroup('paymentLinks').where(field, '==', value).limit(1);
  const { docs } = await meter.trip(() => query.get());
  meter.reads += 1;
  const [doc] = docs;
  const orgId = doc?.ref.parent.parent?.id;
  const dealId: unknown = doc?.get('dealId');
  if (doc === undefined || orgId === undefined || typeof dealId !== 'string') return undefined;
  return { orgId, linkId: doc.id, dealId };
}

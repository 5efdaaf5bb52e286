import { type BatchRow, requireDistinct, runBatch } from '../../platform/batch.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { BulkUpdateDeals, Deal } from './deals.schema.ts';
import { updateDeal } from './update-deal.ts';

/**
 * Makes the same change to many deals, each by itself: one that is refused leaves the others alone.
 * @throws AppError invalid-argument (ids)
 */
export async function bulkUpdateDeals(
  ctx: Context<Principal>,
  { ids, change }: BulkUpdateDeals,
): Promise<BatchRow<Stored<Deal>>[]> {
  requireDistinct(ids);
  return runBatch(ctx, ids, (item, dealId) => updateDeal(item, { ...change, dealId }));
}

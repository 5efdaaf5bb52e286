import { dealSchema } from '../deals/deals.schema.ts';
import type { EarningState } from './postings.ts';

/** What of a deal decides its postings. */
const earningDealSchema = dealSchema
  .pick({ valueMinor: true, refundedMinor: true, currency: true, stageKind: true, splits: true })
  .extend(dealSchema.pick({ termsId: true, deletedAt: true, title: true }).shape)
  .loose();

/** The deal that a fold of its events gives, as far as it decides postings; undefined without one. */
export function earningDealOf(fields: object): EarningState['deal'] {
  const parsed = earningDealSchema.safeParse(fields);
  if (!parsed.success) return undefined;
  const { valueMinor, refundedMinor, currency, stageKind, splits } = parsed.data;
  const { termsId, deletedAt, title } = parsed.data;
  return { valueMinor, refundedMinor, currency, stageKind, splits, termsId, deletedAt, title };
}

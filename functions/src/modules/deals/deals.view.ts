import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { toMajorUnits } from '../../platform/money.schema.ts';
import { type Deal, dealSchema } from './deals.schema.ts';

/** A deal as the `/api` door shows it: `value` is in major units of `currency`. */
export const dealViewSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    value: z.number(),
    currency: z.string(),
    stage: z.string(),
    stageId: z.string(),
    probability: z.int(),
    expectedCloseDate: z.string().nullable(),
    closedAt: z.string().nullable(),
    lostReason: z.string().nullable(),
    description: z.string().nullable(),
    ownerId: z.string(),
    teamId: z.string().nullable(),
    splits: dealSchema.shape.splits,
    paidMinor: z.int(),
    refundedMinor: z.int(),
    contacts: z.array(z.object({ id: z.string(), firstName: z.string(), lastName: z.string() })),
    companyId: z.string().nullable(),
    tags: z.array(z.string()),
    customFields: z.record(z.string(), z.unknown()),
    externalIds: dealSchema.shape.externalIds,
    version: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    deletedAt: z.string().nullable(),
  })
  .openapi('Deal');
type DealView = z.infer<typeof dealViewSchema>;

/** What the `/api` door shows of a deal. */
export function toDealView(deal: Stored<Deal>): DealView {
  const { id, title, currency, stageId, probability, lostReason, description } = deal;
  const { ownerId, teamId, splits, contacts, companyId, tags, customFields, externalIds } = deal;
  return {
    ...{ id, title, currency, stageId, probability, lostReason, description },
    ...{ ownerId, teamId, splits, contacts, companyId, tags, customFields, externalIds },
    version: deal.version,
    paidMinor: deal.paidMinor,
    refundedMinor: deal.refundedMinor,
    value: toMajorUnits(deal.valueMinor, currency),
    stage: deal.stageKey ?? stageId,
    expectedCloseDate: deal.expectedCloseDate?.toISOString() ?? null,
    closedAt: deal.closedAt?.toISOString() ?? null,
    createdAt: deal.createdAt.toISOString(),
    updatedAt: deal.updatedAt.toISOString(),
    deletedAt: deal.deletedAt?.toISOString() ?? null,
  };
}

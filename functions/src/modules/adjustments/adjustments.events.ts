import type { Adjustment } from './adjustments.schema.ts';

/** What can happen to a manual adjustment. */
export const adjustmentEventTypes = [
  'adjustment.requested',
  'adjustment.approved',
  'adjustment.rejected',
  'adjustment.updated',
] as const;
export type AdjustmentEventType = (typeof adjustmentEventTypes)[number];

/** Names what happened to an adjustment between two of its states. */
export function nameAdjustmentChanges(
  before: Pick<Adjustment, 'status'> | undefined,
  after: Pick<Adjustment, 'status'>,
): AdjustmentEventType[] {
  if (before?.status === after.status) return ['adjustment.updated'];
  return [`adjustment.${after.status}`];
}

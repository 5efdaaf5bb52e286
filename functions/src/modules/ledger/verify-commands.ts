import type { Event } from '../events/events.schema.ts';
import type { LedgerEntry } from './ledger.schema.ts';

/** The states of a payout that money moves into. */
const MOVED: ReadonlySet<unknown> = new Set(['approved', 'sending', 'paid', 'failed', 'returned']);

/** The entries that the event of a payout, a dispute or an adjustment says were posted with it. */
export function expectedOfCommand(event: Event): string[] {
  const { recordType, recordId, version, before, after, recovered } = event;
  if (recovered) return [];
  switch (recordType) {
    case 'payout': {
      const isReturn = 'returnedMinor' in before && 'returnedMinor' in after;
      const isMove = 'status' in before && MOVED.has(after.status);
      return isMove || isReturn ? [`payout_${recordId}_${version}`] : [];
    }
    case 'dispute': {
      const isHold = version === 1 && Number(after.heldMinor) > 0;
      const isAdjustment = version > 1 && typeof after.adjustmentMinor === 'number';
      const id = `dispute_${recordId}_${version}`;
      return [...(isHold ? [id] : []), ...(isAdjustment ? [`${id}_adjustment`] : [])];
    }
    case 'adjustment':
      return after.status === 'approved' ? [`adjustment_${recordId}`] : [];
    default:
      return [];
  }
}

/** What a command's entry must be linked to: an event, or a period that was closed. */
export type CommandCause =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'period'; readonly periodId: string };

/**
 * What caused an entry that no deal's event posted, or undefined when its id is not the one that
 * follows from its links.
 */
export function commandCauseOf(id: string, entry: LedgerEntry): CommandCause | undefined {
  const { payoutId, disputeId, eventId, reason } = entry;
  if (eventId === null) return undefined;
  if (reason === 'tier_adjustment') {
    const { ownerId, currency, planKey } = entry;
    const isDerived = id.startsWith(`${eventId}_tier_${ownerId}_${currency}_${planKey}_`);
    const periodId = /^close_(.+)$/.exec(eventId)?.[1];
    return isDerived && periodId !== undefined ? { kind: 'period', periodId } : undefined;
  }
  const event: CommandCause = { kind: 'event', eventId };
  if (payoutId !== null) return id === `payout_${eventId}` && isOf(payoutId) ? event : undefined;
  if (disputeId !== null) {
    const ids = [`dispute_${eventId}`, `dispute_${eventId}_adjustment`];
    return ids.includes(id) && isOf(disputeId) ? event : undefined;
  }
  const adjusted = /^adjustment_(.+)$/.exec(id)?.[1];
  return adjusted !== undefined && isOf(adjusted) ? event : undefined;

  function isOf(recordId: string): boolean {
    return eventId?.startsWith(`${recordId}_`) ?? false;
  }
}

import type { Stored } from '../../platform/collection.ts';
import { updateRecord } from '../../platform/records.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { post } from '../ledger/ledger.public.ts';
import type { Move, Mover } from './payout-moves.ts';
import { payouts } from './payouts.repository.ts';
import type { Payout } from './payouts.schema.ts';

/**
 * Makes one step of a payout read in this unit of work: the record and its posting in one commit.
 * The posting's id follows from the version, so of two that step from one state only one does.
 */
export function movePayout(
  unit: UnitOfWork,
  payout: Stored<Payout>,
  { patch, amounts, reason, note }: Move,
  { actor, now }: Mover,
): Stored<Payout> {
  const after = updateRecord(unit, payouts, payout, patch, { actor, now });
  if (Object.keys(amounts).length === 0) return after;
  const { ownerId, teamId, currency } = payout;
  post(unit, `payout_${payout.id}_${after.version}`, {
    ...{ ownerId, teamId, currency, reason, note, actor },
    ...amounts,
    payoutId: payout.id,
    eventId: `${payout.id}_${after.version}`,
    ...{ at: now, postedAt: now },
  });
  return after;
}

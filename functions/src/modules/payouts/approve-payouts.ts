import { type BatchRow, requireDistinct, runBatch } from '../../platform/batch.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireAccess } from '../access/access.public.ts';
import { payeeGuard } from './close-payee.ts';
import { movePayout } from './move-payout.ts';
import { approveMove, type Move, type Mover, voidMove } from './payout-moves.ts';
import { payouts, sumPending } from './payouts.repository.ts';
import type { ApprovePayouts, Payout, VoidPayout } from './payouts.schema.ts';

type Caller = Context<Principal>;

/**
 * Approves a draft, for at most what is pending now; with nothing left it is voided. Approving what
 * has been approved answers it as it is. Billed: the payout, the guard and a sum; three writes.
 * @throws AppError not-found, permission-denied, failed-precondition (voided)
 */
export function approvePayout(ctx: Caller, payoutId: string): Promise<Stored<Payout>> {
  return changePayout(ctx, payoutId, async (unit, payout, mover) => {
    if (payout.status !== 'draft' && payout.status !== 'voided') return undefined;
    return approveMove(payout, await sumPending(unit, payout), mover);
  });
}

/**
 * Approves many drafts, each by itself: one that is refused leaves the others alone.
 * @throws AppError invalid-argument (ids)
 */
export async function approvePayouts(
  ctx: Caller,
  { ids }: ApprovePayouts,
): Promise<BatchRow<Stored<Payout>>[]> {
  requireDistinct(ids);
  return runBatch(ctx, ids, approvePayout);
}

/**
 * Gives up a draft, or an approved payout that is not under way; its money is pending again.
 * @throws AppError not-found, permission-denied, failed-precondition (on its way, paid)
 */
export function voidPayout(ctx: Caller, { payoutId, reason }: VoidPayout): Promise<Stored<Payout>> {
  return changePayout(ctx, payoutId, async (_unit, payout) =>
    payout.status === 'voided' ? undefined : voidMove(payout, reason),
  );
}

/**
 * Makes one step of a payout in one commit, under the guard of its payee, so that no other command
 * on the payee's money comes between what `decide` reads and what is posted. Without a step the
 * payout is answered as it is. Nobody takes a step of what they are paid themselves.
 * @throws AppError not-found, permission-denied, and what `decide` throws
 */
export function changePayout(
  ctx: Caller,
  payoutId: string,
  decide: (unit: UnitOfWork, payout: Stored<Payout>, mover: Mover) => Promise<Move | undefined>,
): Promise<Stored<Payout>> {
  const mover = { actor: ctx.principal.uid, now: ctx.now };
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const payout = await unit.get(payouts, payoutId);
    requireAccess(ctx.principal, 'move', 'payout', payout);
    requireOther(ctx.principal, payout);
    await holdGuard(unit, payeeGuard(payout.ownerId), ctx.now);
    const move = await decide(unit, payout, mover);
    return move === undefined ? payout : movePayout(unit, payout, move, mover);
  });
}

/** @throws AppError permission-denied */
function requireOther({ uid }: Principal, { ownerId }: Payout): void {
  if (uid !== ownerId) return;
  throw new AppError(
    'permission-denied',
    'This payout is your own; another administrator must decide about it',
  );
}

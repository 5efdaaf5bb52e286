import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { changePayout } from './approve-payouts.ts';
import { payeeGuard } from './close-payee.ts';
import { movePayout } from './move-payout.ts';
import { markPaidMove, type Outcome, payableOf, sendMove, settleMove } from './payout-moves.ts';
import { payouts, sumPending } from './payouts.repository.ts';
import type { MarkPaid, Payout } from './payouts.schema.ts';

type Caller = Context<Principal>;

/**
 * Records that an approved payout was paid by other means than Stripe. A payee who owes is paid that
 * much less, and nothing when it is all of it: then the payout is voided. Repeated with the same
 * reference it answers the payout as it is.
 * @throws AppError not-found, permission-denied, failed-precondition, conflict (reference, amountMinor)
 */
export function markPaid(
  ctx: Caller,
  { payoutId, reference, amountMinor }: MarkPaid,
): Promise<Stored<Payout>> {
  return changePayout(ctx, payoutId, async (unit, payout, mover) => {
    if (payout.method === 'manual' && payout.status === 'paid') {
      requireReference(payout, reference);
      return undefined;
    }
    const pendingMinor = await sumPending(unit, payout);
    requireAmount(payableOf(payout, pendingMinor), amountMinor);
    return markPaidMove(payout, pendingMinor, reference, mover);
  });
}

/** What is about to be sent to whom. */
export type Payable = Pick<Payout, 'ownerId' | 'currency' | 'amountMinor'>;

/**
 * Begins an attempt to pay an approved payout by Stripe, netted against what the payee owes, unless
 * `admit` refuses it. The answer says what to transfer, unless it is voided because nothing is left.
 * A payout that is being sent, or was paid by Stripe, is answered as it is: of two who send it at
 * once one begins the attempt.
 * @throws AppError not-found, permission-denied, failed-precondition, and what `admit` throws
 */
export function startSending(
  ctx: Caller,
  payoutId: string,
  admit: (unit: UnitOfWork, payable: Payable) => Promise<void> = async () => {},
): Promise<Stored<Payout>> {
  return changePayout(ctx, payoutId, async (unit, payout, mover) => {
    if (payout.status === 'sending') return undefined;
    if (payout.status === 'paid' && payout.method === 'stripe') return undefined;
    const move = sendMove(payout, await sumPending(unit, payout), mover);
    if (move.patch.status === 'sending') await admit(unit, { ...payout, ...move.patch });
    return move;
  });
}

/**
 * Brings what the payment provider said of a payout into it. Repeated and overtaken outcomes change
 * nothing.
 * @throws AppError not-found, failed-precondition (it was never sent)
 */
export function settlePayout(
  { store, now }: WorkContext,
  orgId: string,
  payoutId: string,
  outcome: Outcome,
  actor: string,
): Promise<Stored<Payout>> {
  return runUnitOfWork({ store, now }, orgId, async (unit) => {
    const payout = await unit.get(payouts, payoutId);
    const move = settleMove(payout, outcome, { actor, now });
    if (move === undefined) return payout;
    await holdGuard(unit, payeeGuard(payout.ownerId), now);
    return movePayout(unit, payout, move, { actor, now });
  });
}

function requireReference(payout: Payout, reference: string): void {
  if (payout.reference === reference) return;
  throw new AppError(
    'conflict',
    `reference: the payout is paid under '${payout.reference ?? ''}' already`,
    { field: 'reference' },
  );
}

function requireAmount(payableMinor: number, amountMinor: number | undefined): void {
  if (amountMinor === undefined || amountMinor === payableMinor) return;
  throw new AppError(
    'conflict',
    `amountMinor: ${payableMinor} is to be paid by now, not ${amountMinor}; pay that, or void the payout`,
    { field: 'amountMinor' },
  );
}

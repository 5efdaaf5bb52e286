import type { StripeTransfer } from '../integrations/stripe/stripe.port.ts';
import { toTransfer } from '../integrations/stripe/stripe-transfer.ts';
import { type InboxHandler, InboxRefusal } from '../modules/inbox/inbox.public.ts';
import { payouts, settlePayout } from '../modules/payouts/payouts.public.ts';
import type { Payout } from '../modules/payouts/payouts.schema.ts';
import type { Stored } from '../platform/collection.ts';
import type { Invocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';

type Work = Pick<Invocation, 'store' | 'now'>;

/** Who has changed a payout when Stripe made us do it. */
const ACTOR = 'system:stripe';

/** How a transfer and our payouts contradict each other, which a person has to settle. */
export type Mismatch = 'no_payout' | 'amount_differs' | 'second_transfer';

/** A transfer that cannot be brought into a payout, however often it is tried. */
export class TransferMismatch extends InboxRefusal {
  readonly mismatch: Mismatch;

  constructor(mismatch: Mismatch, message: string) {
    super(message);
    this.name = 'TransferMismatch';
    this.mismatch = mismatch;
  }
}

/**
 * Brings a transfer into its payout, whoever tells of it: Stripe's answer to our request, a webhook,
 * or the daily comparison; in any order and any number of times.
 *
 * A payout is paid as soon as its transfer exists. Stripe makes a transfer within the request and at
 * once: the money has left the platform's balance and is on the payee's, who alone decides about it
 * from then on (https://docs.stripe.com/connect/separate-charges-and-transfers). There is no later
 * event that would confirm it, and none by which it fails: what can still happen is that somebody
 * takes it back, in parts or as a whole, `amount_reversed` being all of it so far. What happens
 * between the payee's balance and their bank is kept with the payee (see payee-handlers.ts).
 * @throws TransferMismatch; AppError failed-precondition when the payout cannot have been sent
 */
export async function settleTransfer(
  ctx: Work,
  transfer: StripeTransfer,
): Promise<{ readonly payout: Stored<Payout>; readonly isChanged: boolean }> {
  const { orgId, payoutId } = targetOf(transfer);
  const before = await openUnit(ctx, orgId).find(payouts, payoutId);
  if (before === undefined) {
    throw mismatch(transfer, 'no_payout', `there is no payout '${payoutId}' of '${orgId}'`);
  }
  requireSame(before, transfer);
  const { id: transferId, reversedMinor } = transfer;
  let payout = await settlePayout(ctx, orgId, payoutId, { kind: 'paid', transferId }, ACTOR);
  if (reversedMinor > 0) {
    const reason = 'The transfer was taken back at Stripe';
    const outcome = { kind: 'returned', returnedMinor: reversedMinor, reason } as const;
    payout = await settlePayout(ctx, orgId, payoutId, outcome, ACTOR);
  }
  return { payout, isChanged: payout.version !== before.version };
}

/** Stripe's events about transfers. Both carry the whole transfer as it was then. */
export function transferHandlers() {
  const settle: InboxHandler = {
    source: 'platform',
    run: async (ctx, { payload }) => {
      const transfer = toTransfer(payload);
      // The platform's account may make transfers that are no payouts.
      if (transfer.metadata.payoutId === undefined) return;
      await settleTransfer(ctx, transfer);
    },
  };
  return { 'transfer.created': settle, 'transfer.reversed': settle };
}

/** @throws TransferMismatch */
function targetOf(transfer: StripeTransfer): { readonly orgId: string; readonly payoutId: string } {
  const orgId = idSchema.safeParse(transfer.metadata.orgId);
  const payoutId = idSchema.safeParse(transfer.metadata.payoutId);
  if (orgId.success && payoutId.success) return { orgId: orgId.data, payoutId: payoutId.data };
  throw mismatch(transfer, 'no_payout', 'its metadata name no payout');
}

/** @throws TransferMismatch */
function requireSame(payout: Stored<Payout>, transfer: StripeTransfer): void {
  const { amountMinor, currency, transferId } = payout;
  if (transferId !== null && transferId !== transfer.id) {
    const why = `payout '${payout.id}' was paid by ${transferId} already`;
    throw mismatch(transfer, 'second_transfer', `${why}; reverse one of them at Stripe`);
  }
  if (amountMinor !== transfer.amountMinor || currency !== transfer.currency) {
    const why = `payout '${payout.id}' is ${amountMinor} ${currency}`;
    throw mismatch(transfer, 'amount_differs', `${why}; correct the transfer at Stripe`);
  }
}

function mismatch({ id, amountMinor, currency }: StripeTransfer, what: Mismatch, why: string) {
  return new TransferMismatch(what, `Transfer ${id} of ${amountMinor} ${currency}: ${why}`);
}

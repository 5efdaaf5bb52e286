import {
  type NewStripeTransfer,
  StripePermanentError,
  type StripePort,
  type StripeTransfer,
  StripeTransientError,
} from '../integrations/stripe/stripe.port.ts';
import { toStripeAmount } from '../integrations/stripe/stripe-amount.ts';
import { requireAccess } from '../modules/access/access.public.ts';
import { payees, stateOf, syncAccount } from '../modules/payees/payees.public.ts';
import {
  type Payable,
  payouts,
  sendingPayouts,
  settlePayout,
  startSending,
} from '../modules/payouts/payouts.public.ts';
import type { Payout } from '../modules/payouts/payouts.schema.ts';
import { users } from '../modules/users/users.public.ts';
import { type BatchRow, requireDistinct, runBatch } from '../platform/batch.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { describeError } from '../platform/log.ts';
import type { Principal } from '../platform/principal.schema.ts';
import type { Invocation } from '../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { settleTransfer, TransferMismatch } from './settle-transfer.ts';

type Caller = Context<Principal>;
type Work = Pick<Invocation, 'store' | 'now' | 'log'>;
/** What of Stripe sending a payout needs. */
export type SendingStripe = Pick<
  StripePort,
  'createTransfer' | 'findTransferByPayout' | 'retrieveAccount'
>;

const ACTOR = 'system:stripe';
/**
 * How long an attempt is left to the request that began it. No request lives longer, so an attempt is
 * driven by one process at a time, and none is still at an attempt when there is a later one.
 */
const LEFT_TO_REQUEST_MS = 2 * 60 * 1000;

/**
 * Pays an approved payout by Stripe. The attempt is committed before the transfer is made, and the
 * transfer's idempotency key follows from it; whatever is cut short, `driveSendings` goes on with the
 * same attempt. A payout that somebody else is sending is answered as it is. When Stripe does not
 * answer it stays `sending`; when Stripe refuses it is `failed`, says why, and can be sent again.
 * @throws AppError not-found, permission-denied, failed-precondition (status, payeeId, amountMinor)
 */
export async function sendPayout(
  ctx: Caller,
  stripe: SendingStripe,
  payoutId: string,
): Promise<Stored<Payout>> {
  await refreshPayee(ctx, stripe, payoutId);
  const begun = await startSending(ctx, payoutId, requireSendable);
  // What a repeated request began has gone on since.
  if (ctx.idempotency?.replayed) return openUnit(ctx, ctx.principal.orgId).get(payouts, payoutId);
  const isMine = begun.sentAt?.getTime() === ctx.now.getTime();
  if (begun.status !== 'sending' || !isMine) return begun;
  return drive(ctx, stripe, ctx.principal.orgId, begun);
}

/**
 * Pays many payouts, each by itself: one that is refused leaves the others alone.
 * @throws AppError invalid-argument (ids)
 */
export async function sendPayouts(
  ctx: Caller,
  stripe: SendingStripe,
  { ids }: { readonly ids: readonly string[] },
): Promise<BatchRow<Stored<Payout>>[]> {
  requireDistinct(ids);
  return runBatch(ctx, ids, (each, id) => sendPayout(each, stripe, id));
}

/**
 * Goes on with the attempts that a killed process left behind, or that Stripe did not answer.
 * @returns how many are not under way any more
 */
export async function driveSendings(ctx: Work, stripe: SendingStripe): Promise<number> {
  let ended = 0;
  for await (const { orgId, payout } of sendingPayouts(ctx.store)) {
    const sentAt = payout.sentAt?.getTime() ?? 0;
    if (ctx.now.getTime() - sentAt < LEFT_TO_REQUEST_MS) continue;
    try {
      const driven = await drive(ctx, stripe, orgId, payout);
      if (driven.status !== 'sending') ended += 1;
    } catch (error) {
      // One that cannot be driven must not keep the others from it.
      ctx.log.error({ orgId, payoutId: payout.id, ...describeError(error) }, 'payout not sent');
    }
  }
  return ended;
}

/** Makes the transfer of an attempt that is committed, and settles the payout by what became of it. */
async function drive(
  ctx: Work,
  stripe: SendingStripe,
  orgId: string,
  payout: Stored<Payout>,
): Promise<Stored<Payout>> {
  const { id: payoutId, ownerId: uid, amountMinor, currency, attempts: attempt } = payout;
  try {
    const destination = await getAccount(ctx, orgId, uid);
    const order = { payoutId, orgId, uid, amountMinor, currency, destination, attempt };
    const made = await transferOnce(stripe, order);
    if (!(made instanceof StripePermanentError)) return (await settleTransfer(ctx, made)).payout;
    const outcome = { kind: 'failed', attempt, reason: explain(made) } as const;
    ctx.log.warn({ orgId, payoutId, attempt, ...describeError(made) }, 'transfer refused');
    return settlePayout(ctx, orgId, payoutId, outcome, ACTOR);
  } catch (error) {
    const line = { orgId, payoutId, attempt, ...describeError(error) };
    if (error instanceof StripeTransientError) ctx.log.warn(line, 'transfer is tried again later');
    else if (error instanceof TransferMismatch || error instanceof StripePermanentError) {
      ctx.log.error(line, 'transfer needs somebody to look at it');
    } else throw error;
    return openUnit(ctx, orgId).get(payouts, payoutId);
  }
}

/**
 * The transfer of a payout, or why Stripe makes none. Stripe forgets an idempotency key after a day;
 * so an earlier transfer is looked for first, and once more before an attempt counts as failed.
 */
async function transferOnce(
  stripe: SendingStripe,
  order: NewStripeTransfer,
): Promise<StripeTransfer | StripePermanentError> {
  const earlier = await stripe.findTransferByPayout(order.payoutId);
  if (earlier !== undefined) return earlier;
  try {
    return await stripe.createTransfer(order);
  } catch (error) {
    if (!(error instanceof StripePermanentError)) throw error;
    return (await stripe.findTransferByPayout(order.payoutId)) ?? error;
  }
}

async function getAccount(ctx: Work, orgId: string, uid: string): Promise<string> {
  const payee = await openUnit(ctx, orgId).find(payees, uid);
  const accountId = payee?.stripeAccountId ?? null;
  if (accountId === null) throw new Error(`Payee ${uid} has no account any more`);
  return accountId;
}

/** Asks Stripe about a payee who could not be paid when it was last heard of. */
async function refreshPayee(ctx: Caller, stripe: SendingStripe, payoutId: string): Promise<void> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const payout = await unit.get(payouts, payoutId);
  requireAccess(ctx.principal, 'move', 'payout', payout);
  const payee = await unit.find(payees, payout.ownerId);
  const accountId = payee?.stripeAccountId ?? null;
  if (accountId === null || payee?.transfersEnabled) return;
  try {
    await syncAccount(ctx, stripe, accountId);
  } catch (error) {
    if (!(error instanceof StripePermanentError || error instanceof StripeTransientError)) {
      throw error;
    }
    ctx.log.warn({ accountId, ...describeError(error) }, 'account not refreshed');
  }
}

/** @throws AppError failed-precondition: field payeeId or amountMinor */
async function requireSendable(
  unit: UnitOfWork,
  { ownerId, currency, amountMinor }: Payable,
): Promise<void> {
  const [payee, user] = await Promise.all([unit.find(payees, ownerId), unit.find(users, ownerId)]);
  if (payee === undefined || payee.stripeAccountId === null || !payee.transfersEnabled) {
    const { message } = stateOf(payee);
    throw refusal('payeeId', `${user?.name ?? ownerId} cannot be paid by Stripe yet. ${message}`);
  }
  try {
    toStripeAmount(amountMinor, currency);
  } catch (error) {
    if (!(error instanceof StripePermanentError)) throw error;
    throw refusal('amountMinor', error.message, error);
  }
}

function refusal(field: string, why: string, cause?: unknown): AppError {
  const message = `${field}: ${why}. Or pay by other means and mark the payout as paid`;
  return new AppError('failed-precondition', message, { field, cause });
}

const NOT_READY =
  'The payee’s account at Stripe cannot receive money yet; the payee must finish the onboarding, then send it again';
const explanations: Readonly<Record<string, string>> = {
  balance_insufficient:
    'There is not enough money on your balance at Stripe; add some there, then send it again',
  insufficient_capabilities_for_transfer: NOT_READY,
  transfers_not_allowed: NOT_READY,
  account_invalid: NOT_READY,
  resource_missing:
    'The payee’s account at Stripe does not exist any more; pay by other means and mark the payout as paid',
};

/** Why Stripe made no transfer, and what to do about it. */
function explain({ code, message }: StripePermanentError): string {
  return explanations[code] ?? `Stripe refused the transfer: ${message}`;
}

import type { Stored } from '../../platform/collection.ts';
import { AppError } from '../../platform/errors.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { Amounts, Reason } from '../ledger/ledger.schema.ts';
import type { Payout } from './payouts.schema.ts';

/** One step of a payout: what it changes of the record, and what it moves between accounts. */
export interface Move {
  readonly patch: Partial<Omit<Payout, keyof RecordFields>>;
  /** Sums to zero; empty when nothing moves. */
  readonly amounts: Partial<Amounts>;
  readonly reason: Reason;
  readonly note: string | null;
}

/** Who moves a payout, and when. */
export interface Mover {
  readonly actor: string;
  readonly now: Date;
}

/** What the payment provider said became of an attempt to pay. */
export type Outcome =
  | { readonly kind: 'paid'; readonly transferId?: string }
  /** `attempt`: which one it is about, so that an old failure does not undo a new attempt. */
  | { readonly kind: 'failed'; readonly attempt: number; readonly reason: string }
  /** `returnedMinor`: all that has come back so far, so that a repeated notice changes nothing. */
  | { readonly kind: 'returned'; readonly returnedMinor: number; readonly reason: string };

const NOTHING_OWED =
  'Nothing is owed any more: what was earned since the cut does not make up for what was taken back';

/**
 * Approves a draft for what is still pending: what was taken back after the period was closed
 * lowers it at once. With nothing left it is voided.
 */
export function approveMove(
  payout: Stored<Payout>,
  pendingMinor: number,
  { actor, now }: Mover,
): Move {
  requireStatus(payout, ['draft'], 'approve');
  const amountMinor = Math.min(payout.amountMinor, pendingMinor);
  if (amountMinor <= 0) return voidMove(payout, NOTHING_OWED);
  return {
    patch: { status: 'approved', amountMinor, approvedBy: actor, approvedAt: now },
    amounts: { pendingMinor: -amountMinor, approvedMinor: amountMinor },
    reason: 'approval',
    note: null,
  };
}

/** Gives up a payout that is not under way; its money is pending again, for the next period. */
export function voidMove(payout: Stored<Payout>, reason: string): Move {
  requireStatus(payout, ['draft', 'approved', 'failed'], 'void');
  const back = payout.status === 'draft' ? 0 : payout.amountMinor;
  return {
    patch: { status: 'voided', reason },
    amounts: moved({ approvedMinor: -back, pendingMinor: back }),
    reason: 'approval',
    note: reason.slice(0, 500),
  };
}

/**
 * What of an approved payout may be paid when so much is pending: a payee who owes is paid that
 * much less, so that nobody is ever paid more than earned.
 */
export function payableOf(payout: Payout, pendingMinor: number): number {
  return Math.max(0, payout.amountMinor - Math.max(0, -pendingMinor));
}

/** Begins an attempt to pay by Stripe; the transfer is made when this is committed. */
export function sendMove(payout: Stored<Payout>, pendingMinor: number, { now }: Mover): Move {
  requireStatus(payout, ['approved', 'failed'], 'send');
  const payable = payableOf(payout, pendingMinor);
  if (payable === 0) return voidMove(payout, NOTHING_OWED);
  return {
    patch: {
      ...{ status: 'sending', amountMinor: payable, method: 'stripe', sentAt: now },
      ...{ attempts: payout.attempts + 1, failure: null },
    },
    amounts: moved({
      approvedMinor: -payout.amountMinor,
      pendingMinor: payout.amountMinor - payable,
      inTransitMinor: payable,
    }),
    reason: 'payout',
    note: null,
  };
}

/** Records that somebody has paid by other means. */
export function markPaidMove(
  payout: Stored<Payout>,
  pendingMinor: number,
  reference: string,
  { now }: Mover,
): Move {
  requireStatus(payout, ['approved', 'failed'], 'mark as paid');
  const payable = payableOf(payout, pendingMinor);
  if (payable === 0) return voidMove(payout, NOTHING_OWED);
  return {
    patch: { status: 'paid', amountMinor: payable, method: 'manual', reference, paidAt: now },
    amounts: moved({
      approvedMinor: -payout.amountMinor,
      pendingMinor: payout.amountMinor - payable,
      paidMinor: payable,
    }),
    reason: 'payout',
    note: reference,
  };
}

/**
 * What an outcome does to a payout, or undefined when it is known already or overtaken by a later
 * one. Outcomes may come repeatedly and in any order: money that came back was paid before,
 * whichever notice is first.
 */
export function settleMove(
  payout: Stored<Payout>,
  outcome: Outcome,
  mover: Mover,
): Move | undefined {
  requireStatus(payout, ['sending', 'paid', 'failed', 'returned'], 'settle');
  if (outcome.kind !== 'failed') requireNotManual(payout);
  switch (outcome.kind) {
    case 'paid':
      return paidMove(payout, outcome.transferId ?? null, mover);
    case 'failed':
      return failedMove(payout, outcome);
    case 'returned':
      return returnedMove(payout, outcome, mover);
  }
}

function paidMove(
  payout: Stored<Payout>,
  transferId: string | null,
  { now }: Mover,
): Move | undefined {
  const known = transferId === null || payout.transferId === transferId;
  if (isPaid(payout)) {
    if (!known) requireNoTransfer(payout);
    return known ? undefined : only({ transferId });
  }
  return {
    patch: {
      ...{ status: 'paid', paidAt: now, failure: null },
      ...(transferId === null ? {} : { transferId }),
    },
    amounts: { ...takenFromWay(payout), paidMinor: payout.amountMinor },
    reason: 'payout',
    note: null,
  };
}

function failedMove(
  payout: Stored<Payout>,
  { attempt, reason }: { readonly attempt: number; readonly reason: string },
): Move | undefined {
  if (payout.status !== 'sending' || payout.attempts !== attempt) return undefined;
  return {
    patch: { status: 'failed', failure: reason },
    amounts: { inTransitMinor: -payout.amountMinor, approvedMinor: payout.amountMinor },
    reason: 'payout_failure',
    note: reason.slice(0, 500),
  };
}

function returnedMove(
  payout: Stored<Payout>,
  { returnedMinor, reason }: { readonly returnedMinor: number; readonly reason: string },
  { now }: Mover,
): Move | undefined {
  if (returnedMinor > payout.amountMinor) {
    throw new AppError(
      'invalid-argument',
      `returnedMinor: at most the ${payout.amountMinor} that were paid can come back`,
      { field: 'returnedMinor' },
    );
  }
  const back = returnedMinor - payout.returnedMinor;
  if (back <= 0) return undefined;
  const isKnownPaid = isPaid(payout);
  return {
    patch: {
      ...{ status: 'returned', returnedMinor, failure: reason },
      ...(isKnownPaid ? {} : { paidAt: now }),
    },
    amounts: moved({
      ...(isKnownPaid ? {} : takenFromWay(payout)),
      paidMinor: (isKnownPaid ? 0 : payout.amountMinor) - back,
      pendingMinor: back,
    }),
    reason: 'payout_return',
    note: reason.slice(0, 500),
  };
}

function isPaid({ status }: Payout): boolean {
  return status === 'paid' || status === 'returned';
}

/** The account that a payout's money is on while it is not paid: a failed one's is approved again. */
function takenFromWay({ status, amountMinor }: Payout): Partial<Amounts> {
  return status === 'failed' ? { approvedMinor: -amountMinor } : { inTransitMinor: -amountMinor };
}

function only(patch: Move['patch']): Move {
  return { patch, amounts: {}, reason: 'payout', note: null };
}

function moved(amounts: Partial<Amounts>): Partial<Amounts> {
  return Object.fromEntries(Object.entries(amounts).filter(([, minor]) => minor !== 0));
}

/** @throws AppError failed-precondition */
function requireNoTransfer({ transferId }: Payout): void {
  if (transferId === null) return;
  throw new AppError(
    'failed-precondition',
    `transferId: the payout was paid by transfer ${transferId} already; reverse one of the two`,
    { field: 'transferId' },
  );
}

/** Money that moved although it was paid by hand went out twice. @throws AppError failed-precondition */
function requireNotManual({ method, reference }: Payout): void {
  if (method !== 'manual') return;
  throw new AppError(
    'failed-precondition',
    `method: the payout was paid by other means already (${reference ?? ''}); take one of the payments back`,
    { field: 'method' },
  );
}

/** @throws AppError failed-precondition when the payout is not in one of these states */
function requireStatus(payout: Payout, statuses: readonly Payout['status'][], what: string): void {
  if (statuses.includes(payout.status)) return;
  const why = payout.reason === null ? '' : ` (${payout.reason})`;
  throw new AppError(
    'failed-precondition',
    `status: the payout is ${payout.status}${why}; you can ${what} one that is ${statuses.join(' or ')}`,
    { field: 'status' },
  );
}

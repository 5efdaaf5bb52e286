import type { Stored } from '../../platform/collection.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { isAllowed } from '../access/access.public.ts';
import type { Deal } from '../deals/deals.schema.ts';
import type { Split } from '../ledger/ledger.schema.ts';
import { type Dispute, MAX_COMMENTS } from './disputes.schema.ts';

/**
 * Refuses a dispute by somebody whom nothing connects with the deal. Whoever earns, or has earned,
 * on it may dispute that even when the deal has since been deleted.
 * @throws AppError not-found, permission-denied
 */
export function requirePart(
  caller: Principal,
  dealId: string,
  deal: Deal | undefined,
  split: Split | undefined,
): void {
  if (split !== undefined) return;
  if (deal === undefined || deal.deletedAt !== null) throw notFound('deal', dealId);
  if (deal.participantIds.includes(caller.uid)) return;
  if (!isAllowed(caller, 'read', 'deal', deal)) throw notFound('deal', dealId);
  throw new AppError(
    'permission-denied',
    'You have no part of this deal and earn nothing on it; its payees dispute their own earnings',
  );
}

/**
 * What a dispute contests: all that is earned unless it says otherwise.
 * @throws AppError invalid-argument: field contestedMinor
 */
export function contestedIn(
  given: number | undefined,
  earnedMinor: number,
  currency: string,
): number {
  const mostMinor = Math.max(0, earnedMinor);
  if (given === undefined || given <= mostMinor) return given ?? mostMinor;
  throw new AppError(
    'invalid-argument',
    `contestedMinor: you earn ${mostMinor} (minor units of ${currency}) on this deal; contest at most that, and say in expectedMinor what is right`,
    { field: 'contestedMinor' },
  );
}

/** Refuses a step of a dispute that is over. @throws AppError failed-precondition */
export function requireOpen({ status, outcome }: Dispute): void {
  if (status === 'open') return;
  throw new AppError(
    'failed-precondition',
    `The dispute is over: it was ${outcome ?? 'withdrawn'}; open another one if need be`,
  );
}

/** Refuses anybody but the payee. @throws AppError permission-denied */
export function requirePayee({ uid }: Principal, { ownerId }: Dispute): void {
  if (uid === ownerId) return;
  throw new AppError(
    'permission-denied',
    'Only the payee who opened the dispute can withdraw it; you can resolve it instead',
  );
}

/** Refuses the payee. @throws AppError permission-denied */
export function requireNotPayee({ uid }: Principal, { ownerId }: Stored<Dispute>): void {
  if (uid !== ownerId) return;
  throw new AppError(
    'permission-denied',
    'Nobody resolves their own dispute; ask another manager of your team or an administrator',
  );
}

/** @throws AppError failed-precondition */
export function requireRoomForComment({ comments }: Dispute): void {
  if (comments.length < MAX_COMMENTS) return;
  throw new AppError(
    'failed-precondition',
    `A dispute has at most ${MAX_COMMENTS} comments; settle the rest in person`,
  );
}

import { requireCreate } from '../modules/access/access.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import {
  addNotice,
  contestedIn,
  disputes,
  findOpenDispute,
  hold,
  holdable,
  requirePart,
} from '../modules/disputes/disputes.public.ts';
import type { Dispute, NewDispute } from '../modules/disputes/disputes.schema.ts';
import { splits } from '../modules/ledger/ledger.public.ts';
import type { Split } from '../modules/ledger/ledger.schema.ts';
import { payeeGuard } from '../modules/payouts/payouts.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { holdGuard } from '../platform/guards.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { firstVersion } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/**
 * Opens a dispute of the caller's own earnings on a deal. What of the contested amount is not paid
 * yet is held, in the same commit; the rest goes on being paid. What is paid already stays so: a
 * dispute of it that is upheld goes into the next payout. Billed: guard, deal, split and open
 * dispute, and with something contested the payee's postings on the deal, the payouts since, the
 * balance and the open payouts; five writes and one for each payout that gets smaller.
 * @throws AppError not-found, permission-denied, already-exists (one is open), invalid-argument
 */
export function openDispute(ctx: Caller, input: NewDispute): Promise<Stored<Dispute>> {
  const { principal, now } = ctx;
  const { uid, teamId } = principal;
  const audience = { ownerId: uid, teamId, participantIds: [uid] };
  requireCreate(principal, 'dispute', audience);
  const id = ctx.newId();
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    await holdGuard(unit, payeeGuard(uid), now);
    const contested = await contestedEarnings(unit, principal, input);
    const { dealId, currency, contestedMinor } = contested;
    const share = { id, ownerId: uid, teamId, dealId, currency };
    const most = contestedMinor === 0 ? undefined : await holdable(unit, share);
    const change = { actor: uid, now };
    const heldMinor = Math.min(contestedMinor, most?.amountMinor ?? 0);
    if (most !== undefined) await hold(unit, share, { ...most, amountMinor: heldMinor }, change);
    addNotice(unit, { id, version: 0 }, 'dispute.opened', change);
    return unit.create(disputes, id, {
      ...firstVersion(change),
      ...audience,
      ...contested,
      ...{ heldMinor, expectedMinor: input.expectedMinor ?? null, reason: input.reason },
      ...{ status: 'open', outcome: null, adjustmentMinor: null, resolution: null },
      ...{ closedBy: null, closedAt: null, comments: [] },
    });
  });
}

async function contestedEarnings(
  unit: UnitOfWork,
  principal: Principal,
  { dealId, contestedMinor: given, currency: givenCurrency }: NewDispute,
): Promise<Pick<Dispute, 'dealId' | 'currency' | 'contestedMinor'>> {
  const { uid } = principal;
  const [deal, split, open] = await Promise.all([
    unit.find(deals, dealId),
    unit.find(splits, `${dealId}_${uid}`),
    findOpenDispute(unit, uid, dealId),
  ]);
  requirePart(principal, dealId, deal, split);
  if (open !== undefined) {
    throw new AppError(
      'already-exists',
      `dealId: your dispute '${open.id}' about this deal is open; comment on it or withdraw it first`,
      { field: 'dealId' },
    );
  }
  const currency = givenCurrency ?? currencyOf(deal, split);
  const earnedMinor = split?.earnedMinor[currency] ?? 0;
  return { dealId, currency, contestedMinor: contestedIn(given, earnedMinor, currency) };
}

/** The deal's currency; of one that was removed for good the first that was earned in. */
function currencyOf(deal: Deal | undefined, split: Split | undefined): string {
  const currency = deal?.currency ?? Object.keys(split?.earnedMinor ?? {}).toSorted()[0];
  if (currency !== undefined) return currency;
  throw new AppError('invalid-argument', 'currency: give the currency of the earnings', {
    field: 'currency',
  });
}

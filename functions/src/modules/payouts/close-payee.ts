import type { Stored } from '../../platform/collection.ts';
import { holdGuard } from '../../platform/guards.ts';
import { firstVersion } from '../../platform/records.ts';
import { runUnitOfWork, type WorkContext } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { ledger, post } from '../ledger/ledger.public.ts';
import { users } from '../users/users.public.ts';
import {
  findPayoutsOf,
  type PayeeAccount,
  payouts,
  sumBefore,
  sumPendingSince,
} from './payouts.repository.ts';
import type { Payout, Timeline } from './payouts.schema.ts';
import type { PeriodSpan } from './periods.ts';
import {
  type TierAdjustment,
  tierAdjustmentsOf,
  tierEntry,
  tierEntryId,
} from './tier-adjustments.ts';

/** A closing under way. */
export interface Closing {
  readonly period: PeriodSpan;
  readonly timeline: Timeline;
  readonly actor: string;
}

type Work = Pick<WorkContext, 'store' | 'now'>;

/** What of a payee's money a period pays. */
export interface Payable {
  /** Pending and held at the cut, tier adjustments included. */
  readonly pendingMinor: number;
  readonly heldMinor: number;
  /** What is in drafts of earlier periods, was approved since the cut, or held since. */
  readonly spokenForMinor: number;
  /** What is left to pay; nothing when it would be negative, which is carried forward. */
  readonly amountMinor: number;
}

/** Adjustments in one commit: each is one write. */
const ADJUSTMENTS_PER_COMMIT = 200;

/** The guard of all commands on a payee's money. */
export function payeeGuard(ownerId: string): string {
  return `payee_${ownerId}`;
}

/**
 * Closes a period for one payee and currency: posts the tier adjustments, then drafts the payout.
 * May be killed anywhere and be run again, even beside itself: what is there already is left.
 * @returns whether there is a payout
 */
export async function closePayee(
  ctx: Work,
  orgId: string,
  closing: Closing,
  account: PayeeAccount,
): Promise<boolean> {
  const { store, now } = ctx;
  const { period, timeline } = closing;
  const unit = openUnit(ctx, orgId);
  const adjustments = await tierAdjustmentsOf(unit, period, timeline, account);
  for (let from = 0; from < adjustments.length; from += ADJUSTMENTS_PER_COMMIT) {
    const part = adjustments.slice(from, from + ADJUSTMENTS_PER_COMMIT);
    await runUnitOfWork({ store, now }, orgId, (each) =>
      postAdjustments(each, closing, account, part, now),
    );
  }
  // Most payees who get nothing are known by one sum, which the cut has made final.
  const { pendingMinor } = await sumBefore(unit, account, period.endsAt);
  if (pendingMinor <= 0) return false;
  return runUnitOfWork({ store, now }, orgId, async (each) => {
    await holdGuard(each, payeeGuard(account.ownerId), now);
    return (await draftPayout(each, closing, account, now)) !== undefined;
  });
}

/** What a period pays of a payee's money as things are; `adjustedMinor` is not posted yet. */
export async function payableOfPeriod(
  unit: UnitOfWork,
  { endsAt }: PeriodSpan,
  account: PayeeAccount,
  adjustedMinor = 0,
): Promise<Payable> {
  const since = { startsAt: endsAt };
  const [atCut, approved, held, drafts] = await Promise.all([
    sumBefore(unit, account, endsAt),
    sumPendingSince(unit, account, ['approval'], since),
    sumPendingSince(unit, account, ['dispute_hold', 'release'], since),
    findPayoutsOf(unit, account, ['draft']),
  ]);
  const drafted = drafts
    .filter(({ periodEndsAt }) => periodEndsAt < endsAt)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const pendingMinor = atCut.pendingMinor + adjustedMinor;
  // What came back to pending since the cut belongs to a later period: it adds nothing here.
  const spokenForMinor = drafted - Math.min(0, approved) - Math.min(0, held);
  const amountMinor = Math.max(0, pendingMinor - spokenForMinor);
  return { pendingMinor, heldMinor: atCut.heldMinor, spokenForMinor, amountMinor };
}

async function postAdjustments(
  unit: UnitOfWork,
  { period, actor }: Closing,
  account: PayeeAccount,
  adjustments: readonly TierAdjustment[],
  now: Date,
): Promise<void> {
  await holdGuard(unit, payeeGuard(account.ownerId), now);
  const ids = adjustments.map((adjustment) => tierEntryId(period, account, adjustment));
  const posted = await unit.findMany(ledger, ids);
  for (const [index, adjustment] of adjustments.entries()) {
    const id = ids[index];
    if (id === undefined || posted.has(id)) continue;
    post(unit, id, tierEntry(period, account, adjustment, actor));
  }
}

async function draftPayout(
  unit: UnitOfWork,
  { period, actor }: Closing,
  account: PayeeAccount,
  now: Date,
): Promise<Stored<Payout> | undefined> {
  const { ownerId, currency } = account;
  const id = `${period.id}_${ownerId}_${currency}`;
  const [known, payee, { amountMinor }] = await Promise.all([
    unit.find(payouts, id),
    unit.find(users, ownerId),
    payableOfPeriod(unit, period, account),
  ]);
  if (known !== undefined || amountMinor === 0) return known;
  return unit.create(payouts, id, {
    ...firstVersion({ actor, now }),
    ...{ ownerId, currency, teamId: payee?.teamId ?? null, participantIds: [ownerId] },
    ...{ periodId: period.id, periodStartsAt: period.startsAt, periodEndsAt: period.endsAt },
    status: 'draft',
    ...{ amountMinor, draftedMinor: amountMinor, returnedMinor: 0 },
    ...{ method: null, reference: null, transferId: null, attempts: 0 },
    ...{ failure: null, reason: null },
    ...{ approvedBy: null, approvedAt: null, sentAt: null, paidAt: null },
  });
}

import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { holdGuard } from '../../platform/guards.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireAccess, requireCreate, whereVisible } from '../access/access.public.ts';
import { deals } from '../deals/deals.public.ts';
import { post } from '../ledger/ledger.public.ts';
import { payeeGuard } from '../payouts/payouts.public.ts';
import { users } from '../users/users.public.ts';
import { adjustments, whereAdjustment } from './adjustments.repository.ts';
import type { Adjustment, ListAdjustments, NewAdjustment } from './adjustments.schema.ts';

type Caller = Context<Principal>;

/**
 * Asks for a manual adjustment of what somebody earns, who may have left: for administrators and the
 * managers of the payee's team. Nothing is posted until somebody else approves it. Billed: the payee
 * and the deal if one is named; one write.
 * @throws AppError invalid-argument (payeeId), permission-denied, not-found (deal)
 */
export function requestAdjustment(
  ctx: Caller,
  { payeeId, amountMinor, currency, reason, dealId }: NewAdjustment,
): Promise<Stored<Adjustment>> {
  const { principal, now } = ctx;
  const id = ctx.newId();
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const payee = await unit.find(users, payeeId);
    if (payee === undefined) throw unknownPayee(payeeId);
    const audience = { ownerId: payeeId, teamId: payee.teamId, participantIds: [payeeId] };
    requireCreate(principal, 'adjustment', audience);
    if (dealId !== undefined) {
      requireAccess(principal, 'read', 'deal', await unit.get(deals, dealId));
    }
    return unit.create(adjustments, id, {
      ...firstVersion({ actor: principal.uid, now }),
      ...audience,
      ...{ amountMinor, currency, reason, dealId: dealId ?? null },
      ...{ status: 'requested', decidedBy: null, decidedAt: null, decisionNote: null },
    });
  });
}

/** A decision on an adjustment. */
export interface Decision {
  readonly adjustmentId: string;
  readonly note?: string | undefined;
}

/**
 * Approves an adjustment, which posts it: it is pending from then on. For administrators and
 * managers of the payee's team other than the payee and whoever asked for it. Billed: two reads,
 * three writes, and one more for an adjustment on a deal.
 * @throws AppError not-found, permission-denied, failed-precondition (decided)
 */
export function approveAdjustment(ctx: Caller, decision: Decision): Promise<Stored<Adjustment>> {
  const { principal, now } = ctx;
  return decide(ctx, decision, 'approved', async (unit, adjustment) => {
    const { id, ownerId, teamId, currency, amountMinor, dealId, reason, version } = adjustment;
    await holdGuard(unit, payeeGuard(ownerId), now);
    post(unit, `adjustment_${id}`, {
      ...{ ownerId, teamId, currency, dealId, note: reason },
      reason: 'manual_adjustment',
      ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor },
      ...{ eventId: `${id}_${version + 1}`, actor: principal.uid, at: now, postedAt: now },
    });
  });
}

/**
 * Turns an adjustment down; the same people may do that.
 * @throws AppError not-found, permission-denied, failed-precondition (decided)
 */
export function rejectAdjustment(ctx: Caller, decision: Decision): Promise<Stored<Adjustment>> {
  return decide(ctx, decision, 'rejected', () => Promise.resolve());
}

async function decide(
  ctx: Caller,
  { adjustmentId, note }: Decision,
  status: 'approved' | 'rejected',
  write: (unit: UnitOfWork, adjustment: Stored<Adjustment>) => Promise<void>,
): Promise<Stored<Adjustment>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const adjustment = await unit.get(adjustments, adjustmentId);
    requireAccess(principal, 'read', 'adjustment', adjustment);
    requireOther(principal, adjustment);
    requireAccess(principal, 'move', 'adjustment', adjustment);
    requireUndecided(adjustment);
    await write(unit, adjustment);
    const decided = { decidedBy: principal.uid, decidedAt: now, decisionNote: note ?? null };
    const change = { actor: principal.uid, now };
    return updateRecord(unit, adjustments, adjustment, { status, ...decided }, change);
  });
}

/** The adjustment with this id. @throws AppError not-found */
export async function getAdjustment(ctx: Caller, id: string): Promise<Stored<Adjustment>> {
  const adjustment = await openUnit(ctx, ctx.principal.orgId).get(adjustments, id);
  requireAccess(ctx.principal, 'read', 'adjustment', adjustment);
  return adjustment;
}

/** A page of the adjustments visible to the caller, newest first. @throws AppError invalid-argument (cursor) */
export function listAdjustments(
  ctx: Caller,
  { cursor, limit, ...filters }: ListAdjustments,
): Promise<{ records: Stored<Adjustment>[]; nextCursor: string | null }> {
  return openUnit(ctx, ctx.principal.orgId).page(
    adjustments,
    (query) => whereVisible(whereAdjustment(query, filters), ctx.principal, 'adjustment'),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
}

function requireOther({ uid }: Principal, { ownerId, createdBy }: Adjustment): void {
  if (uid !== ownerId && uid !== createdBy) return;
  throw new AppError(
    'permission-denied',
    'Somebody else decides on an adjustment than its payee and whoever asked for it; ask another manager of the team or an administrator',
  );
}

function requireUndecided({ status }: Adjustment): void {
  if (status === 'requested') return;
  throw new AppError(
    'failed-precondition',
    `The adjustment is ${status} already; ask for another one to change that`,
  );
}

function unknownPayee(payeeId: string): AppError {
  return new AppError(
    'invalid-argument',
    `payeeId: there is no member '${payeeId}'; give the id of a member of your organisation`,
    { field: 'payeeId' },
  );
}

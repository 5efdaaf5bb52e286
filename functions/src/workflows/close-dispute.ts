import { requireAccess } from '../modules/access/access.public.ts';
import type { DisputeEventType } from '../modules/disputes/disputes.events.ts';
import {
  addNotice,
  adjust,
  disputes,
  release,
  requireNotPayee,
  requireOpen,
  requirePayee,
} from '../modules/disputes/disputes.public.ts';
import type { Dispute, Resolution } from '../modules/disputes/disputes.schema.ts';
import { payeeGuard } from '../modules/payouts/payouts.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import { holdGuard } from '../platform/guards.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { updateRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';
import { addRestatement } from './restate-deal.ts';

type Caller = Context<Principal>;

/**
 * Takes a dispute back, by its payee; what is held is released. Billed: two reads, five writes.
 * @throws AppError not-found, permission-denied, failed-precondition (over)
 */
export function withdrawDispute(ctx: Caller, disputeId: string): Promise<Stored<Dispute>> {
  const { principal } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const dispute = await unit.get(disputes, disputeId);
    requireAccess(principal, 'update', 'dispute', dispute);
    requirePayee(principal, dispute);
    requireOpen(dispute);
    const patch = { status: 'withdrawn' as const };
    return close(unit, ctx, dispute, { patch, what: 'dispute.withdrawn', note: null });
  });
}

/**
 * Ends a dispute, by a manager of the payee's team or an administrator and never by the payee. What
 * is held is released in any case; an adjustment is posted, or the deal restated, in the same
 * commit. Billed: two reads, five to seven writes, and what `restateDeal` costs.
 * @throws AppError not-found, permission-denied, failed-precondition (over), and those of
 * `restateDeal`
 */
export function resolveDispute(
  ctx: Caller,
  disputeId: string,
  resolution: Resolution,
): Promise<Stored<Dispute>> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const dispute = await unit.get(disputes, disputeId);
    requireAccess(principal, 'read', 'dispute', dispute);
    requireNotPayee(principal, dispute);
    requireAccess(principal, 'move', 'dispute', dispute);
    requireOpen(dispute);
    const { outcome, note } = resolution;
    if (resolution.outcome === 'restated') {
      const restatement = { ...resolution.restatement, reason: note };
      await addRestatement(unit, ctx, dispute.dealId, restatement);
    }
    const adjustmentMinor = resolution.outcome === 'upheld' ? resolution.adjustmentMinor : null;
    if (adjustmentMinor !== null) {
      adjust(unit, dispute, adjustmentMinor, { actor: principal.uid, now }, note);
    }
    const patch = { status: 'resolved' as const, outcome, adjustmentMinor, resolution: note };
    return close(unit, ctx, dispute, { patch, what: `dispute.${outcome}`, note });
  });
}

interface Ending {
  readonly patch: Partial<Pick<Dispute, 'status' | 'outcome' | 'adjustmentMinor' | 'resolution'>>;
  readonly what: DisputeEventType;
  readonly note: string | null;
}

/** The dispute's own precondition keeps a second end out; the guard keeps payouts out. */
async function close(
  unit: UnitOfWork,
  { principal, now }: Caller,
  dispute: Stored<Dispute>,
  { patch, what, note }: Ending,
): Promise<Stored<Dispute>> {
  const change = { actor: principal.uid, now };
  await holdGuard(unit, payeeGuard(dispute.ownerId), now);
  release(unit, dispute, change, note);
  addNotice(unit, dispute, what, change);
  const ended = { ...patch, heldMinor: 0, closedBy: principal.uid, closedAt: now };
  return updateRecord(unit, disputes, dispute, ended, change);
}

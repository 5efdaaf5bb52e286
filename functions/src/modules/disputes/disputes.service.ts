import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { requireAccess, whereVisible } from '../access/access.public.ts';
import { addNotice } from './dispute-notices.ts';
import { requireOpen, requireRoomForComment } from './disputes.policy.ts';
import { disputes, findEntriesOfPayee, whereDispute } from './disputes.repository.ts';
import type { Dispute, DisputeDetail, ListDisputes } from './disputes.schema.ts';
import { toDisputeDetail } from './disputes.view.ts';

type Caller = Context<Principal>;

/**
 * Says something about an open dispute: the payee, and whoever oversees the payee. Billed: one read,
 * two writes.
 * @throws AppError not-found, permission-denied, failed-precondition (over, too many)
 */
export function commentOnDispute(
  ctx: Caller,
  { disputeId, text }: { disputeId: string; text: string },
): Promise<Stored<Dispute>> {
  const { principal, now } = ctx;
  const comment = { id: ctx.newId(), authorId: principal.uid, at: now, text };
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const dispute = await unit.get(disputes, disputeId);
    requireAccess(principal, 'update', 'dispute', dispute);
    requireOpen(dispute);
    requireRoomForComment(dispute);
    addNotice(unit, dispute, 'dispute.commented', { actor: principal.uid, now });
    const patch = { comments: [...dispute.comments, comment] };
    return updateRecord(unit, disputes, dispute, patch, { actor: principal.uid, now });
  });
}

/**
 * A dispute with what was posted for its payee on its deal. Billed: one read, and one for each
 * posting.
 * @throws AppError not-found
 */
export async function getDispute(ctx: Caller, disputeId: string): Promise<DisputeDetail> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const dispute = await unit.get(disputes, disputeId);
  requireAccess(ctx.principal, 'read', 'dispute', dispute);
  const entries = await findEntriesOfPayee(unit, dispute.ownerId, dispute.dealId);
  return toDisputeDetail(dispute, entries);
}

/** A page of the disputes visible to the caller, newest first. @throws AppError invalid-argument (cursor) */
export function listDisputes(
  ctx: Caller,
  { status, dealId, cursor, limit }: ListDisputes,
): Promise<{ records: Stored<Dispute>[]; nextCursor: string | null }> {
  return openUnit(ctx, ctx.principal.orgId).page(
    disputes,
    (query) => whereVisible(whereDispute(query, { status, dealId }), ctx.principal, 'dispute'),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
}

import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { INVITATION_KEY, readSecret } from '../../platform/params.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { joinTeams } from '../teams/teams.public.ts';
import { isMemberEmail, requireManagerOf } from '../users/users.public.ts';
import { hashToken, invitationToken, locateInvitation, matchesHash } from './invitation-token.ts';
import { requireAcceptable, requirePending, toBeSent } from './invitations.policy.ts';
import { invitations, whereOpenFor, whereStatus } from './invitations.repository.ts';
import type { Invitation, ListInvitations, NewInvitation } from './invitations.schema.ts';

type Caller = Context<Principal>;

/**
 * Stores an invitation; its mail is sent afterwards, see `sendInvitation`.
 * @throws AppError permission-denied, already-exists (email), invalid-argument (teamId,
 * managedTeamIds)
 */
export async function createInvitation(
  ctx: Caller,
  input: NewInvitation,
): Promise<Stored<Invitation>> {
  requireOrgAccess(ctx.principal, 'create', 'invitation');
  requireManagerOf(input);
  const { orgId, uid } = ctx.principal;
  const { now } = ctx;
  const invitationId = ctx.newId();
  return runUnitOfWork(ctx, orgId, async (unit) => {
    await requireNewcomer(unit, input.email, now);
    await joinTeams(unit, input.teamId === null ? [] : [input.teamId], { field: 'teamId', now });
    const managed = input.managedTeamIds.filter((id) => id !== input.teamId);
    await joinTeams(unit, managed, { field: 'managedTeamIds', now });
    return unit.create(invitations, invitationId, {
      ...firstVersion({ actor: uid, now }),
      ...input,
      managedTeamIds: [...new Set(input.managedTeamIds)],
      ...toBeSent(now),
      ...nextToken(orgId, invitationId, 1),
      userId: null,
    });
  });
}

/** A page of the invitations, the newest first. @throws AppError permission-denied */
export async function listInvitations(
  ctx: Caller,
  { status, cursor, limit }: ListInvitations,
): Promise<{ invitations: Stored<Invitation>[]; nextCursor: string | null }> {
  requireOrgAccess(ctx.principal, 'read', 'invitation');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const { records, nextCursor } = await unit.page(
    invitations,
    (query) => whereStatus(query, status),
    { order: { field: 'createdAt', direction: 'desc' }, limit, cursor },
  );
  return { invitations: records, nextCursor };
}

/** The invitation with this id. @throws AppError permission-denied, not-found */
export async function getInvitation(ctx: Caller, id: string): Promise<Stored<Invitation>> {
  requireOrgAccess(ctx.principal, 'read', 'invitation');
  return openUnit(ctx, ctx.principal.orgId).get(invitations, id);
}

/**
 * Gives an invitation another seven days and another token; the link sent before is void. Its
 * mail is sent afterwards.
 * @throws AppError permission-denied, not-found, failed-precondition when it is not open
 */
export async function renewInvitation(ctx: Caller, id: string): Promise<Stored<Invitation>> {
  requireOrgAccess(ctx.principal, 'update', 'invitation');
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const invitation = await unit.get(invitations, id);
    requirePending(invitation);
    const renewed = { ...toBeSent(ctx.now), ...nextToken(orgId, id, invitation.sendings + 1) };
    return updateRecord(unit, invitations, invitation, renewed, { actor: uid, now: ctx.now });
  });
}

/**
 * Makes an invitation's link void. Revoking it again changes nothing.
 * @throws AppError permission-denied, not-found, failed-precondition when it has been accepted
 */
export async function revokeInvitation(ctx: Caller, id: string): Promise<Stored<Invitation>> {
  requireOrgAccess(ctx.principal, 'delete', 'invitation');
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const invitation = await unit.get(invitations, id);
    if (invitation.status === 'revoked') return invitation;
    requirePending(invitation);
    const revoked = { status: 'revoked' as const, nextSendAt: null };
    return updateRecord(unit, invitations, invitation, revoked, { actor: uid, now: ctx.now });
  });
}

/**
 * The invitation that a token opens. What is no token, belongs to no invitation or to one whose
 * mail has been replaced gets one and the same answer.
 * @throws AppError invalid-argument (token), failed-precondition when it was accepted or revoked
 * or has expired
 */
export async function openInvitation(
  ctx: Parameters<typeof openUnit>[0] & { readonly now: Date },
  token: string,
): Promise<{ orgId: string; invitation: Stored<Invitation> }> {
  const place = locateInvitation(token);
  const invitation =
    place && (await openUnit(ctx, place.orgId).find(invitations, place.invitationId));
  if (place === undefined || !invitation || !matchesHash(token, invitation.tokenHash)) {
    throw new AppError('invalid-argument', 'token: use the newest link you were sent', {
      field: 'token',
    });
  }
  requireAcceptable(invitation, ctx.now);
  return { orgId: place.orgId, invitation };
}

/**
 * Uses an invitation up, in the commit that makes its member.
 * @throws AppError failed-precondition when it cannot be accepted any more
 */
export async function closeInvitation(
  unit: UnitOfWork,
  { id, tokenHash }: Stored<Invitation>,
  userId: string,
  now: Date,
): Promise<void> {
  const current = await unit.get(invitations, id);
  requireAcceptable(current, now);
  // Sent anew while it was being accepted: the link that was used is void.
  if (current.tokenHash !== tokenHash) {
    throw new AppError('invalid-argument', 'token: use the newest link you were sent', {
      field: 'token',
    });
  }
  const accepted = { status: 'accepted' as const, nextSendAt: null, userId };
  updateRecord(unit, invitations, current, accepted, { actor: userId, now });
}

async function requireNewcomer(unit: UnitOfWork, email: string, now: Date): Promise<void> {
  const [isMember, open] = await Promise.all([
    isMemberEmail(unit, email),
    unit.query(invitations, (query) => whereOpenFor(query, email)),
  ]);
  if (isMember) {
    throw new AppError(
      'already-exists',
      'email: this person is a member already; reactivate or change them instead',
      { field: 'email' },
    );
  }
  if (open.some(({ expiresAt }) => expiresAt > now)) {
    throw new AppError(
      'already-exists',
      'email: this person has an open invitation; resend or revoke that one',
      { field: 'email' },
    );
  }
}

function nextToken(orgId: string, invitationId: string, sendings: number) {
  const key = readSecret(INVITATION_KEY);
  return {
    sendings,
    tokenHash: hashToken(invitationToken(key, { orgId, invitationId, sendings })),
  };
}

import { closeInvitation, openInvitation } from '../modules/invitations/invitations.public.ts';
import type { AcceptInvitation } from '../modules/invitations/invitations.schema.ts';
import type { Invocation } from '../platform/runtime.ts';
import { admitMember } from './add-member.ts';

/**
 * Makes the bearer of an invitation's token a member, and uses the invitation up, in one commit.
 * The account's uid is the invitation's id, so two acceptances at once make one account, and one
 * that crashed is continued by the next.
 * @throws AppError invalid-argument (token, password), failed-precondition when the invitation was
 * accepted or revoked or has expired, or the address belongs to a member
 */
export async function acceptInvitation(
  ctx: Pick<Invocation, 'store' | 'now' | 'log' | 'newId'>,
  { token, password, name }: AcceptInvitation,
): Promise<{ userId: string; orgId: string; email: string }> {
  const { orgId, invitation } = await openInvitation(ctx, token);
  const { email, role, teamId, managedTeamIds } = invitation;
  const member = { email, role, teamId, managedTeamIds, password, name: name ?? invitation.name };
  const { userId } = await admitMember(ctx, member, {
    orgId,
    uid: invitation.id,
    alongside: (unit, uid) => closeInvitation(unit, invitation, uid, ctx.now),
  });
  return { userId, orgId, email };
}

import type { Invitation } from './invitations.schema.ts';

/** What can happen to an invitation; an event lists every name that fits, most telling first. */
export type InvitationEventType =
  | 'invitation.created'
  | 'invitation.accepted'
  | 'invitation.revoked'
  | 'invitation.renewed'
  | 'invitation.sent'
  | 'invitation.send_failed'
  | 'invitation.updated';

/** Names what happened to an invitation between two of its states. */
export function nameInvitationChanges(
  before: Invitation | undefined,
  after: Invitation,
): InvitationEventType[] {
  if (before === undefined) return ['invitation.created'];
  const names: InvitationEventType[] = [];
  if (before.status !== after.status && after.status === 'accepted') {
    names.push('invitation.accepted');
  }
  if (before.status !== after.status && after.status === 'revoked')
    names.push('invitation.revoked');
  if (before.sendings !== after.sendings) names.push('invitation.renewed');
  if (before.sentAt === null && after.sentAt !== null) names.push('invitation.sent');
  if (after.sendAttempts > before.sendAttempts && after.sendError !== null) {
    names.push('invitation.send_failed');
  }
  return names.length === 0 ? ['invitation.updated'] : names;
}

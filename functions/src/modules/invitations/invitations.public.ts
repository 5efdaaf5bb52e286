export { invitationKind } from './invitations.kind.ts';
export { closeInvitation, openInvitation } from './invitations.service.ts';
export { sendDueInvitations } from './send-invitation.ts';

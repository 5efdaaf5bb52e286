import type { Email } from '../../integrations/email/email.port.ts';
import type { Invitation } from './invitations.schema.ts';

interface Letter {
  readonly invitation: Pick<Invitation, 'email' | 'name' | 'expiresAt' | 'sendings'> & {
    readonly id: string;
  };
  readonly orgName: string;
  readonly appUrl: string;
  readonly token: string;
}

/**
 * The mail of an invitation. The token is in the fragment of the link, which browsers send to no
 * server, so it stays out of every access log.
 */
export function invitationEmail({ invitation, orgName, appUrl, token }: Letter): Email {
  const lastDay = invitation.expiresAt.toISOString().slice(0, 10);
  return {
    id: `invitation-${invitation.id}-${invitation.sendings}`,
    to: invitation.email,
    subject: `You are invited to ${orgName} on Splitline`,
    text: [
      `Hello ${invitation.name},`,
      '',
      `you are invited to join ${orgName} on Splitline. Open this link and choose a password:`,
      '',
      `${appUrl}/accept-invitation#token=${token}`,
      '',
      `The link works once, until ${lastDay} (UTC). If you did not expect it, ignore this mail.`,
      '',
    ].join('\n'),
  };
}

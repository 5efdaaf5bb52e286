import type { MessagePorts } from '../modules/conversations/conversations.public.ts';
import { AppError } from '../platform/errors.ts';
import { smtpSettings } from '../platform/params.ts';
import { email } from './email.ts';
import { twilio, twilioSettingsOrRefusal } from './twilio.ts';

/** What messages are sent with, as the deployment is set up for it. */
export const messagePorts: MessagePorts = {
  twilio,
  email,
  requireReady: (channel) => {
    if (channel === 'EMAIL') requireSmtp();
    else twilioSettingsOrRefusal();
  },
};

function requireSmtp(): void {
  try {
    smtpSettings();
  } catch (error) {
    throw new AppError(
      'unavailable',
      'Mails are not set up here: an administrator has to set the parameters SMTP_HOST, SMTP_USER and SMTP_FROM and the secret SMTP_PASSWORD',
      { cause: error },
    );
  }
}

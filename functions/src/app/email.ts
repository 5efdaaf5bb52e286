import type { EmailPort } from '../integrations/email/email.port.ts';

/** The mail server of the deployment; its SDK is loaded with the first mail. */
export const email: EmailPort = {
  send: async (mail) => {
    const { smtpClient } = await import('../integrations/email/email.client.ts');
    await smtpClient.send(mail);
  },
};

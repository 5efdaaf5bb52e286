import { createTransport } from 'nodemailer';
import { smtpSettings } from '../../platform/params.ts';
import { type EmailPort, EmailRefusedError } from './email.port.ts';

const TIMEOUT_MS = 10_000;
const IMPLICIT_TLS_PORT = 465;

/** Sends mails over SMTP, one connection each: mails are rare, and instances come and go. */
export const smtpClient: EmailPort = {
  send: async ({ to, subject, text, html, id }) => {
    const { host, port, tls, user, password, from } = smtpSettings();
    const transport = createTransport({
      host,
      port,
      secure: port === IMPLICIT_TLS_PORT,
      requireTLS: tls === 'required' && port !== IMPLICIT_TLS_PORT,
      ignoreTLS: tls === 'none',
      auth: { user, pass: password },
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Nothing of ours attaches a file or a page; a text must never become one.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        messageId: `<${id}@splitline>`,
      });
    } catch (error) {
      throw isFinal(error)
        ? new EmailRefusedError(`The mail server refused ${to}`, { cause: error })
        : error;
    } finally {
      transport.close();
    }
  },
};

/** True for a refusal of this recipient or mail (5xx), as against a server that is not there or busy. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && 'responseCode' in error)) return false;
  const { code, responseCode } = error;
  const concernsMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return concernsMail && typeof responseCode === 'number' && responseCode >= 500;
}

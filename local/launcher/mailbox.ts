import { SMTP_FAKE_USER, startSmtpFake } from '../../test/fakes/smtp.ts';
import { HOST } from './project.ts';

/** A mail server that keeps what is sent for a person to read. */
export interface Mailbox {
  /** Where a person reads the mails. */
  readonly url: string;
  /** The parameters by which functions send their mails there. */
  readonly params: Readonly<Record<string, string>>;
}

/** Starts a mailbox on free ports, with its mails in `dir`; it ends with the process. */
export async function startMailbox(dir: string): Promise<Mailbox> {
  const fake = await startSmtpFake({ port: 0, httpPort: 0, dir });
  return {
    url: fake.url,
    params: {
      SMTP_HOST: HOST,
      SMTP_PORT: String(fake.port),
      SMTP_USER: SMTP_FAKE_USER,
      SMTP_FROM: 'Splitline <no-reply@splitline.test>',
      SMTP_TLS: 'none',
    },
  };
}

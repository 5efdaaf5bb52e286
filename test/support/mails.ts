import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import {
  type FakeMail,
  SMTP_FAKE_PASSWORD,
  SMTP_FAKE_USER,
  type SmtpFake,
  type SmtpFault,
  startSmtpFake,
} from '../fakes/smtp.ts';

/** Where the links in the mails of tests lead. */
const APP_URL = 'https://app.example.test';

/** The mails that the product in this process sends. */
export interface Mails {
  /** Those to one address, the oldest first. */
  readonly to: (address: string) => Promise<FakeMail[]>;
  /** The newest one to an address. @throws Error when there is none */
  readonly newestTo: (address: string) => Promise<FakeMail>;
  /** Lets the next mails fail. */
  readonly fail: (fault: SmtpFault, count?: number) => void;
  /** Where they are listed for a person. */
  readonly url: () => string;
}

/** Gives a test file a mail server of its own, and points the product in this process at it. */
export function useMails(): Mails {
  let started: { fake: SmtpFake; dir: string } | undefined;
  const fake = () => {
    if (started === undefined) throw new Error('the mail server runs during tests only');
    return started.fake;
  };

  beforeAll(async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'splitline-mails-'));
    started = { dir, fake: await startSmtpFake({ port: 0, httpPort: 0, dir }) };
    Object.assign(process.env, {
      ...{ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(fake().port), SMTP_TLS: 'none' },
      ...{ SMTP_USER: SMTP_FAKE_USER, SMTP_PASSWORD: SMTP_FAKE_PASSWORD },
      ...{ SMTP_FROM: 'Splitline <no-reply@example.test>', APP_URL },
      INVITATION_KEY: 'the key of tests',
    });
  });
  afterAll(async () => {
    await started?.fake.stop();
    if (started !== undefined) await rm(started.dir, { recursive: true });
  });

  const to = async (address: string) =>
    (await fake().mails()).filter((mail) => mail.to.includes(address));
  return {
    to,
    newestTo: async (address) => {
      const newest = (await to(address)).at(-1);
      if (newest === undefined) throw new Error(`no mail has come for ${address}`);
      return newest;
    },
    fail: (fault, count) => fake().fail(fault, count),
    url: () => fake().url,
  };
}

/** The token in the link of an invitation's mail. */
export function tokenIn({ text }: FakeMail): string {
  const token = new RegExp(`${APP_URL}/accept-invitation#token=(\\S+)`).exec(text)?.[1];
  if (token === undefined) throw new Error(`there is no link in ${text}`);
  return token;
}

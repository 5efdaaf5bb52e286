import type { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

const HOST = '127.0.0.1';

/** The account that the fake accepts: fixed, so that anybody can sign in to it. */
export const SMTP_FAKE_USER = 'splitline';
export const SMTP_FAKE_PASSWORD = 'local-smtp-password-worth-nothing';

/** A mail that the fake has taken over. */
export interface FakeMail {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The page beside the text; empty when there is none. */
  readonly html: string;
}

/**
 * What happens to the next mails: `refuse` says 550 to the recipient, `busy` 451 to the mail,
 * `drop` takes the mail over and hangs up before it says so.
 */
export type SmtpFault = 'refuse' | 'busy' | 'drop';

export interface SmtpFakeOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Where a person can read the mails in a browser; 0 for any free port. */
  readonly httpPort: number;
  /** Each mail is kept here as a file that mail programs open; mails of earlier runs stay. */
  readonly dir: string;
}

export interface SmtpFake {
  readonly port: number;
  readonly url: string;
  /** All mails, the oldest first. */
  mails(): Promise<FakeMail[]>;
  /** Lets the next `count` mails fail. */
  fail(fault: SmtpFault, count?: number): void;
  stop(): Promise<void>;
}

/**
 * A mail server on the wire that delivers nothing and keeps everything: in files, and at
 * `http://127.0.0.1:{httpPort}/` for a person to open; `/mails` is the same as JSON.
 */
export async function startSmtpFake({ port, httpPort, dir }: SmtpFakeOptions): Promise<SmtpFake> {
  await mkdir(dir, { recursive: true });
  const box = createBox(dir);
  const faults: SmtpFault[] = [];
  const smtp = new SMTPServer(smtpOptions(box, faults));
  const listening = smtp.listen(port, HOST);
  await opened(listening);
  const http = createServer((request, response) => {
    answer(request, response, box).catch((error: unknown) => {
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
    });
  }).listen(httpPort, HOST);
  await opened(http);
  return {
    port: portOf(listening.address()),
    url: `http://${HOST}:${portOf(http.address())}`,
    mails: box.read,
    fail: (fault, count = 1) => faults.push(...Array.from({ length: count }, () => fault)),
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => http.close(() => resolve())),
      ]);
    },
  };
}

interface Box {
  keep(raw: Buffer): Promise<void>;
  read(): Promise<FakeMail[]>;
}

function createBox(dir: string): Box {
  let kept = 0;
  return {
    keep: async (raw) => {
      kept += 1;
      // Sorted by name they are in the order of their arrival, across restarts too.
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${String(kept).padStart(6, '0')}`;
      await writeFile(path.join(dir, `${name}.eml`), raw);
    },
    read: async () => {
      const files = (await readdir(dir)).filter((file) => file.endsWith('.eml')).sort();
      return Promise.all(files.map((file) => readMail(dir, file)));
    },
  };
}

async function readMail(dir: string, file: string): Promise<FakeMail> {
  const mail = await PostalMime.parse(await readFile(path.join(dir, file)));
  return {
    id: file.replace(/\.eml$/, ''),
    messageId: mail.messageId ?? '',
    from: mail.from?.address ?? '',
    to: (mail.to ?? []).map(({ address }) => address ?? ''),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
  };
}

function smtpOptions(box: Box, faults: SmtpFault[]): SMTPServerOptions {
  return {
    // The client is told to do without TLS, which a server with a known key could not give anyway.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === SMTP_FAKE_USER && password === SMTP_FAKE_PASSWORD) {
        done(null, { user: SMTP_FAKE_USER });
      } else {
        done(smtpError(535, 'Wrong user name or password'));
      }
    },
    onRcptTo: (_address, _session, done) => {
      if (faults[0] !== 'refuse') return done();
      faults.shift();
      done(smtpError(550, 'No such mailbox'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = faults.shift();
        if (fault === 'busy') return done(smtpError(451, 'Busy, try again later'));
        box.keep(Buffer.concat(chunks)).then(
          () => (fault === 'drop' ? done(smtpError(421, `Lost ${session.id}`)) : done()),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  };
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function answer(request: IncomingMessage, response: ServerResponse, box: Box) {
  const mails = await box.read();
  if (request.url === '/mails') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(mails));
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageOf(mails));
}

function pageOf(mails: readonly FakeMail[]): string {
  const entries = mails
    .toReversed()
    .map(
      ({ to, subject, text }) =>
        `<h2>${escapeHtml(subject)}</h2><p>To ${escapeHtml(to.join(', '))}</p><pre>${linked(text)}</pre>`,
    );
  return `<!doctype html><meta charset="utf-8"><title>Mails</title><h1>Mails, the newest first</h1>${
    entries.join('<hr>') || '<p>None yet.</p>'
  }`;
}

function linked(text: string): string {
  return escapeHtml(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function opened(server: EventEmitter): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

import path from 'node:path';
import { createProgress, type Progress } from './console.ts';
import { DEMO_PASSWORD, DEMO_USERS } from './demo-users.ts';
import { LauncherError } from './errors.ts';
import { openFunctionLog } from './function-log.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { type LocalOpenAi, startOpenAi } from './openai.ts';
import { describePlatform, type Platform, platformEnvironment, startPlatform } from './platform.ts';
import { assertPortsFree, portsAt, readPortOffset } from './ports.ts';
import { ROOT } from './project.ts';
import { listenForStop } from './stop-signal.ts';
import { type LocalStripe, startStripe } from './stripe.ts';
import { type LocalTwilio, startTwilio } from './twilio.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly fresh: boolean;
  /** Fills in the demo organisation; undefined for a platform without one. */
  readonly seedDemo: ((platform: Platform) => Promise<void>) | undefined;
  /** Builds what the platform serves. */
  readonly build: (progress: Progress) => Promise<void>;
  /** Called with the platform once it is up, to keep it current while it runs. */
  readonly watch?: (platform: Platform) => void;
}

const LOGS = path.join(ROOT, '.logs');

/**
 * Runs a platform for a person at a terminal, from the first build to Ctrl-C. Resolves after a clean stop; rejects with
 * what went wrong when everything that was started is gone.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const stop = listenForStop();
  const aborter = new AbortController();
  const aborted = stop.requested.then(() => {
    const error = new LauncherError('Stopped before it was up.');
    aborter.abort(error);
    throw error;
  });
  // Long after the start this still fires, when nobody waits for it any more.
  aborted.catch(() => undefined);

  const progress = createProgress();
  const offset = readPortOffset(process.env);
  await assertPortsFree(portsAt(offset));
  await Promise.race([options.build(progress), aborted]);
  const mailbox = await startMailbox(path.join(options.dataDir, 'mails'));
  const { hosting } = describePlatform(portsAt(offset)).urls;
  const [stripe, twilio, openAi] = await Promise.all([
    startStripe(path.join(options.dataDir, 'stripe'), hosting),
    startTwilio(hosting),
    startOpenAi(),
  ]);
  const platform = await startPlatform({
    params: { ...mailbox.params, ...stripe.params, ...twilio.params, ...openAi.params },
    portOffset: offset,
    dataDir: options.dataDir,
    fresh: options.fresh,
    logsDir: LOGS,
    schedules: true,
    signal: aborter.signal,
    onProgress: progress.step,
    onLog: openFunctionLog(LOGS, true),
  });
  const ended = Promise.race([
    stop.requested,
    platform.died.then((error) => Promise.reject(error)),
  ]);
  const prepare = async () => {
    await seed(platform, options, progress);
    options.watch?.(platform);
    console.log(
      readyScreen(platform, options, { mailbox, stripe, twilio, openAi }, progress.seconds()),
    );
    await platform.save();
  };
  try {
    await Promise.race([prepare(), ended]);
    await ended;
  } catch (error) {
    await platform.stop({ save: false });
    throw error;
  }
  console.log('\nSaving the data and stopping… (Ctrl-C again: stop at once)');
  await Promise.race([platform.stop(), stop.again.then(() => platform.stop({ save: false }))]);
}

async function seed(platform: Platform, options: ServeOptions, progress: Progress): Promise<void> {
  if (options.seedDemo === undefined) return;
  progress.step('Demo organisation');
  // The demo data may use Google's SDKs in this process.
  Object.assign(process.env, platformEnvironment(platform));
  await options.seedDemo(platform);
}

/** What stands for the providers on this machine. */
interface Providers {
  readonly mailbox: Mailbox;
  readonly stripe: LocalStripe;
  readonly twilio: LocalTwilio;
  readonly openAi: LocalOpenAi;
}

function readyScreen(
  { urls }: Platform,
  options: ServeOptions,
  { mailbox, stripe, twilio, openAi }: Providers,
  seconds: string,
): string {
  const users = DEMO_USERS.map(
    ({ email, role, about }) => `             ${email.padEnd(26)}${role.padEnd(9)}${about}`,
  );
  const signIn = ['  Sign in    with the password', `"${DEMO_PASSWORD}" as one of`].join(' ');
  return [
    '',
    `Splitline is ready after ${seconds} s.`,
    '',
    `  Open       ${urls.hosting}`,
    ...(options.seedDemo === undefined ? [] : [signIn, ...users]),
    `  REST API   ${urls.hosting}/api (its description: ${urls.hosting}/openapi)`,
    `  Mail       ${mailbox.url}: what was sent, invitations among it`,
    `  Stripe     ${stripe.url}: a local one; pay for a deal there, and see who was paid`,
    `  Twilio     ${twilio.url}: a local one; read what was texted, and write as a contact would`,
    `  OpenAI     ${openAi.url}: a local one; see what it was asked for`,
    `  Data       ${shorten(options.dataDir)}, kept between runs (--fresh starts empty)`,
    `  Logs       ${shorten(LOGS)}: functions.log (also shown below), firebase.log, firestore.log`,
    '  Stop       Ctrl-C',
    '',
  ].join('\n');
}

/** Paths inside the checkout are shown from its root. */
function shorten(folder: string): string {
  const relative = path.relative(ROOT, path.resolve(folder));
  return relative.startsWith('..') ? path.resolve(folder) : relative;
}

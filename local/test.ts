/**
 * `npm test [-- arguments for jest]`: starts what the asked-for suites need, once for the whole run and on ports of its
 * own, and leaves nothing behind.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createProgress, exitWithError, type Progress } from './launcher/console.ts';
import { LauncherError } from './launcher/errors.ts';
import { openFunctionLog } from './launcher/function-log.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { JEST, selectedNeeds } from './launcher/jest-selection.ts';
import { startMailbox } from './launcher/mailbox.ts';
import { startOpenAi } from './launcher/openai.ts';
import {
  describePlatform,
  platformEnvironment,
  type RunningPlatform,
  startPlatform,
} from './launcher/platform.ts';
import { findFreeOffset, portsAt } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';
import { listenForStop } from './launcher/stop-signal.ts';
import { startStripe } from './launcher/stripe.ts';
import { startTwilio } from './launcher/twilio.ts';
import { buildWebIfStale } from './launcher/web-build.ts';

/**
 * Well above what people choose for `npm start`, so that both run at once; where exactly differs from run to run, so
 * that two runs that begin together do not see the same ports free.
 */
const FIRST_OFFSET = 1000 + (process.pid % 100) * 10;
/** The store is looked for above where the platform may be. */
const STORE_OFFSET = 2000;
const LOGS = path.join(ROOT, '.logs/test');

type Step = Progress['step'];
const NEVER = new Promise<never>(() => undefined);

/** What runs for the suites: its environment for jest, and how it ends. */
interface Started {
  readonly platform: RunningPlatform;
  readonly env: Readonly<Record<string, string>>;
}

/** The whole platform, with a mailbox for what functions send, and a Stripe that they pay with. */
async function startWholePlatform(signal: AbortSignal, step: Step): Promise<Started> {
  step('Building functions and the web client');
  await Promise.all([buildFunctionsOnce(), buildWebIfStale()]);
  const mailbox = await startMailbox(path.join(LOGS, 'mails'));
  const portOffset = await findFreeOffset(FIRST_OFFSET);
  const { hosting } = describePlatform(portsAt(portOffset)).urls;
  const [stripe, twilio, openAi] = await Promise.all([
    startStripe(path.join(LOGS, 'stripe'), hosting),
    startTwilio(hosting),
    startOpenAi(),
  ]);
  const platform = await startPlatform({
    params: { ...mailbox.params, ...stripe.params, ...twilio.params, ...openAi.params },
    portOffset,
    logsDir: LOGS,
    signal,
    onProgress: step,
    onLog: openFunctionLog(LOGS, false),
  });
  step(`Platform ready at ${platform.urls.hosting}; its logs are in .logs/test`);
  return {
    platform,
    env: {
      ...platformEnvironment(platform),
      SPLITLINE_MAIL_URL: mailbox.url,
      SPLITLINE_STRIPE_URL: stripe.url,
      SPLITLINE_TWILIO_URL: twilio.url,
    },
  };
}

/** Firestore and Auth alone, on ports of their own; test/support/use-store.ts points suites there. */
async function startStore(signal: AbortSignal, step: Step): Promise<Started> {
  const platform = await startPlatform({
    portOffset: await findFreeOffset(FIRST_OFFSET + STORE_OFFSET),
    only: ['auth'],
    logsDir: path.join(LOGS, 'store'),
    signal,
    onProgress: step,
  });
  const { FIRESTORE_EMULATOR_HOST, FIREBASE_AUTH_EMULATOR_HOST, ...common } =
    platformEnvironment(platform);
  return {
    platform,
    env: {
      ...common,
      SPLITLINE_STORE_FIRESTORE: FIRESTORE_EMULATOR_HOST ?? '',
      SPLITLINE_STORE_AUTH: FIREBASE_AUTH_EMULATOR_HOST ?? '',
    },
  };
}

/** Runs jest; resolves with its exit code. */
async function runJest(args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal) {
  const child = spawn(process.execPath, [JEST, ...args], { cwd: ROOT, env, stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [code] = await new Promise<[number | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => resolve([exitCode]));
  });
  return code ?? 1;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const stop = listenForStop();
  const aborter = new AbortController();
  void stop.requested.then(() => aborter.abort(new LauncherError('Stopped.')));
  const { step } = createProgress();
  const needs = await selectedNeeds(args);
  const started: Started[] = [];
  try {
    if (needs.has('store')) started.push(await startStore(aborter.signal, step));
    if (needs.has('platform')) started.push(await startWholePlatform(aborter.signal, step));
    // A platform that died would let every suite wait for its time-out.
    const died = Promise.race([
      NEVER,
      ...started.map(async ({ platform }) => {
        const error = await platform.died;
        aborter.abort(error);
        throw error;
      }),
    ]);
    const env = Object.assign({ ...process.env }, ...started.map((each) => each.env));
    const code = await Promise.race([runJest(args, env, aborter.signal), died]);
    aborter.signal.throwIfAborted();
    return code;
  } finally {
    await Promise.all(started.map(({ platform }) => platform.stop()));
  }
}

process.exit(await main().catch(exitWithError));

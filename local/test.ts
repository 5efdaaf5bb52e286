/**
 * `npm test [-- arguments for jest]`: starts one platform for the whole run, on ports of its own, when a suite that
 * needs it was asked for, and leaves nothing behind.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createProgress, exitWithError } from './launcher/console.ts';
import { LauncherError } from './launcher/errors.ts';
import { openFunctionLog } from './launcher/function-log.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { JEST, selectsPlatformSuites } from './launcher/jest-selection.ts';
import { startMailbox } from './launcher/mailbox.ts';
import { platformEnvironment, type RunningPlatform, startPlatform } from './launcher/platform.ts';
import { findFreeOffset } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';
import { listenForStop } from './launcher/stop-signal.ts';
import { buildWebIfStale } from './launcher/web-build.ts';

/**
 * Well above what people choose for `npm start`, so that both run at once; where exactly differs from run to run, so
 * that two runs that begin together do not see the same ports free.
 */
const FIRST_OFFSET = 1000 + (process.pid % 100) * 10;
const LOGS = path.join(ROOT, '.logs/test');

async function startForTests(signal: AbortSignal): Promise<RunningPlatform> {
  const { step } = createProgress();
  step('Building functions and the web client');
  await Promise.all([buildFunctionsOnce(), buildWebIfStale()]);
  const portOffset = await findFreeOffset(FIRST_OFFSET);
  const onLog = openFunctionLog(LOGS, false);
  const mailbox = await startMailbox(path.join(LOGS, 'mails'));
  const platform = await startPlatform({
    params: mailbox.params,
    portOffset,
    logsDir: LOGS,
    signal,
    onProgress: step,
    onLog,
  });
  step(`Platform ready at ${platform.urls.hosting}; its logs are in .logs/test`);
  return platform;
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
  if (!(await selectsPlatformSuites(args))) return await runJest(args, process.env, aborter.signal);

  const platform = await startForTests(aborter.signal);
  try {
    // A platform that died would let every suite wait for its time-out.
    const died = platform.died.then((error) => {
      aborter.abort(error);
      throw error;
    });
    const env = { ...process.env, ...platformEnvironment(platform) };
    const code = await Promise.race([runJest(args, env, aborter.signal), died]);
    aborter.signal.throwIfAborted();
    return code;
  } finally {
    await platform.stop();
  }
}

process.exit(await main().catch(exitWithError));

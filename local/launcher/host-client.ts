import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError } from './errors.ts';
import type { HostConfig, HostLog, HostMessage } from './host-protocol.ts';
import { ROOT } from './project.ts';

/** How long the group may take to end by itself before it is killed. */
const GRACE_MS = 1_500;
const KILL_WAIT_MS = 2_000;

const HOST_LOG = 'host.log';
const MAX_LAST_WORDS = 12;

/** Credentials of the person at the keyboard: the emulators must not find them. */
const HIDDEN_VARIABLES = ['GOOGLE_APPLICATION_CREDENTIALS', 'FIREBASE_TOKEN', 'FIREBASE_CONFIG'];

export interface HostEvents {
  onProgress(text: string): void;
  onLog(log: HostLog): void;
}

export interface Host {
  /** Resolves when all emulators answer; rejects with what went wrong. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when the host or the Firestore emulator ends without being asked to. */
  readonly died: Promise<LauncherError>;
  /** Ends the whole process group and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts the emulator host as the leader of a process group of its own. */
export function startHost(settings: Omit<HostConfig, 'tempDir'>, events: HostEvents): Host {
  mkdirSync(settings.logsDir, { recursive: true });
  // A short name: functions are reached through sockets in this folder, whose paths may have 104 characters.
  const tempDir = mkdtempSync(path.join(os.tmpdir(), 'spl-'));
  const config: HostConfig = { ...settings, tempDir };
  const output = openSync(path.join(config.logsDir, HOST_LOG), 'w');
  const script = path.join(import.meta.dirname, 'host.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(config)], {
    cwd: tempDir,
    env: hostEnvironment(process.env, tempDir),
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  let stopping = false;
  const ready = Promise.withResolvers<void>();
  const died = Promise.withResolvers<LauncherError>();
  const fail = (reason: string) => {
    if (stopping) return;
    const error = new LauncherError(`${reason}\nThe logs are in ${config.logsDir}.`);
    ready.reject(error);
    died.resolve(error);
  };
  // Someone who only watches `died` must not be ended by an unhandled rejection of `ready`.
  ready.promise.catch(() => undefined);
  child.on('message', (message: HostMessage) => {
    if (message.type === 'ready') ready.resolve();
    else if (message.type === 'failed') fail(message.reason);
    else if (message.type === 'progress') events.onProgress(message.text);
    else events.onLog(message);
  });
  child.once('error', (error) => fail(`The emulator host cannot be started: ${error.message}.`));
  child.once('exit', (code, signal) => {
    const how = signal ?? `exit code ${code}`;
    fail(`The emulator host (firebase-tools) ended (${how}).${lastWords(config.logsDir)}`);
  });
  return {
    ready: ready.promise,
    died: died.promise,
    stop: async () => {
      stopping = true;
      await endGroup(child);
      rmSync(tempDir, { recursive: true, force: true });
    },
  };
}

/** What the host printed last: nothing, unless it broke. */
function lastWords(logsDir: string): string {
  const lines = readFileSync(path.join(logsDir, HOST_LOG), 'utf8').trim().split('\n');
  return lines
    .slice(-MAX_LAST_WORDS)
    .map((line) => `\n  ${line}`)
    .join('')
    .trimEnd();
}

const WORKER_PRELOAD = path.join(import.meta.dirname, 'worker-preload.cjs');

/** An environment with this Node first on the PATH, and with no home folder to find credentials in. */
function hostEnvironment(env: NodeJS.ProcessEnv, tempDir: string): NodeJS.ProcessEnv {
  const binaries = [path.dirname(process.execPath), path.join(ROOT, 'node_modules/.bin')];
  const visible = Object.entries(env).filter(([name]) => !HIDDEN_VARIABLES.includes(name));
  return {
    ...Object.fromEntries(visible),
    PATH: [...binaries, env.PATH ?? ''].join(path.delimiter),
    HOME: tempDir,
    XDG_CONFIG_HOME: path.join(tempDir, 'config'),
    CLOUDSDK_CONFIG: path.join(tempDir, 'gcloud'),
    // firebase-tools notes the running hub here by project: two checkouts must not share the note.
    TMPDIR: tempDir,
    METADATA_SERVER_DETECTION: 'none',
    // DEP0040 is about a dependency's dependency, said once a worker: nobody who reads our log can mend it.
    NODE_OPTIONS: `--require=${JSON.stringify(WORKER_PRELOAD)} --disable-warning=DEP0040`,
    // Unset, firebase-tools takes its own default, the text "false", for true, and starts it on a shared port.
    START_LOGGING_EMULATOR: 'false',
    // Functions describe themselves through a file instead of a random port between 8000 and 9000.
    FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: 'true',
    FUNCTIONS_DISCOVERY_TIMEOUT: '60',
  };
}

/** Asks the group to end, then makes sure. Works as well when its leader is dead and only its children are left. */
async function endGroup(child: ChildProcess): Promise<void> {
  const group = child.pid;
  if (group === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    signalGroup(group, 'SIGTERM');
    await waitForEnd(group, GRACE_MS);
  }
  signalGroup(group, 'SIGKILL');
  await waitForEnd(group, KILL_WAIT_MS);
}

/** Signals every process of the group; false when there is none left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

async function waitForEnd(group: number, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (signalGroup(group, 0) && Date.now() < deadline) await sleep(20);
}

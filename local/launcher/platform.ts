import path from 'node:path';
import { LauncherError } from './errors.ts';
import { findFirestoreEmulator, firestoreArgs } from './firestore-emulator.ts';
import { startHost } from './host-client.ts';
import type { FirebaseEmulator, HostLog } from './host-protocol.ts';
import { assertPortsFree, type Ports, portsAt } from './ports.ts';
import { HOST, PROJECT_ID, REGION, ROOT } from './project.ts';
import { applyRules } from './rules.ts';
import { startScheduler } from './schedules.ts';
import { findSnapshot, lockDataDir, removePartialSnapshots, saveSnapshot } from './snapshots.ts';
import { readValues } from './value-file.ts';

/** A platform that is up: what the demo data, the tests and the web client need to find it. */
export interface Platform {
  readonly projectId: string;
  readonly ports: Ports;
  readonly urls: {
    /** The web client and, through its rewrites, the REST doors. */
    readonly hosting: string;
    /** Base of every HTTPS function: append the function's name. */
    readonly functions: string;
    readonly firestore: string;
    readonly auth: string;
    readonly tasks: string;
    readonly hub: string;
  };
}

export interface RunningPlatform extends Platform {
  /** Resolves, with what died, when any part ends by itself. */
  readonly died: Promise<LauncherError>;
  /** Writes the data folder now; does nothing for a platform without one. */
  save(): Promise<void>;
  /** Saves unless told not to, and ends every process. Called again without saving, it ends them at once. */
  stop(options?: { save: boolean }): Promise<void>;
}

export interface PlatformOptions {
  /** The folder with firebase.json; this checkout unless given. */
  readonly root?: string;
  readonly portOffset: number;
  /** Where data is kept between runs; without it, data is gone at the end. */
  readonly dataDir?: string;
  /** Start empty although the data folder holds something. */
  readonly fresh?: boolean;
  readonly logsDir: string;
  readonly only?: readonly FirebaseEmulator[];
  /** Run scheduled functions when they are due; off for tests, which say themselves when. */
  readonly schedules?: boolean;
  /** Values for parameters of functions, before those in local/demo-params.env. */
  readonly params?: Readonly<Record<string, string>>;
  /** Gives up the start, leaving nothing behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string) => void;
  readonly onLog?: (log: HostLog) => void;
}

const ALL: readonly FirebaseEmulator[] = ['auth', 'functions', 'hosting', 'tasks', 'eventarc'];
const SAVE_EVERY_MS = 60_000;

/** Where everything is at one port offset. */
export function describePlatform(ports: Ports): Platform {
  const url = (port: number) => `http://${HOST}:${port}`;
  return {
    projectId: PROJECT_ID,
    ports,
    urls: {
      hosting: url(ports.hosting),
      functions: `${url(ports.functions)}/${PROJECT_ID}/${REGION}`,
      firestore: url(ports.firestore),
      auth: url(ports.auth),
      tasks: url(ports.tasks),
      hub: url(ports.hub),
    },
  };
}

/** The variables by which Google's SDKs, and our tests, find the platform. */
export function platformEnvironment(platform: Platform): Record<string, string> {
  const { ports, urls } = platform;
  return {
    GCLOUD_PROJECT: platform.projectId,
    GOOGLE_CLOUD_PROJECT: platform.projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId: platform.projectId }),
    FIRESTORE_EMULATOR_HOST: `${HOST}:${ports.firestore}`,
    FIREBASE_AUTH_EMULATOR_HOST: `${HOST}:${ports.auth}`,
    CLOUD_TASKS_EMULATOR_HOST: `${HOST}:${ports.tasks}`,
    FIREBASE_EMULATOR_HUB: `${HOST}:${ports.hub}`,
    // There is no metadata server to ask for credentials; asking costs seconds and a warning.
    METADATA_SERVER_DETECTION: 'none',
    SPLITLINE_HOSTING_URL: urls.hosting,
    SPLITLINE_FUNCTIONS_URL: urls.functions,
    SPLITLINE_FIRESTORE_URL: urls.firestore,
    SPLITLINE_AUTH_URL: urls.auth,
  };
}

/**
 * Starts Firestore and the Firebase emulators and resolves when all answer. When it rejects, everything it had
 * started is gone.
 */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const root = options.root ?? ROOT;
  const ports = portsAt(options.portOffset);
  const platform = describePlatform(ports);
  const variables = platformEnvironment(platform);
  const onProgress = options.onProgress ?? (() => undefined);
  await assertPortsFree(ports);
  const emulator = await findFirestoreEmulator(process.env, onProgress, options.signal);
  const data = options.dataDir === undefined ? undefined : openData(options.dataDir, options.fresh);
  const host = startHost(
    {
      root,
      ports,
      only: options.only ?? ALL,
      javaArgs: firestoreArgs(emulator, {
        port: ports.firestore,
        functionsAddress: `${HOST}:${ports.functions}`,
        importFile: data?.snapshot?.firestoreFile,
      }),
      importDir: data?.snapshot?.dir,
      logsDir: path.resolve(options.logsDir),
      secrets: readValues(path.join(root, 'local/demo-secrets.env'), variables),
      params: {
        ...readValues(path.join(root, 'local/demo-params.env'), variables),
        ...options.params,
      },
    },
    { onProgress, onLog: options.onLog ?? (() => undefined) },
  );
  try {
    await Promise.race([host.ready, rejectOnAbort(options.signal)]);
    await applyRules(path.join(root, 'firestore.rules'), platform.urls.firestore);
    if ((options.only ?? ALL).includes('functions')) await assertFunctionsLoaded(ports.functions);
  } catch (error) {
    await host.stop();
    data?.lock.release();
    throw error;
  }
  const keeper = data === undefined ? undefined : keepSaving(data.dir, platform);
  const scheduler = options.schedules === true ? startScheduler(platform, onProgress) : undefined;
  return {
    ...platform,
    died: host.died,
    save: async () => keeper?.save(),
    stop: async ({ save } = { save: true }) => {
      scheduler?.stop();
      try {
        await keeper?.stop(save);
      } finally {
        await host.stop();
        data?.lock.release();
      }
    },
  };
}

/** A promise that never resolves, and rejects when the start is given up. */
function rejectOnAbort(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted === true) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function openData(folder: string, fresh = false) {
  const dir = path.resolve(folder);
  const lock = lockDataDir(dir);
  removePartialSnapshots(dir);
  return { dir, lock, snapshot: fresh ? undefined : findSnapshot(dir) };
}

/** Saves every minute, so that even a crash loses little. */
function keepSaving(dataDir: string, platform: Platform) {
  let running: Promise<void> = Promise.resolve();
  // One after the other: a save at the end must not meet one by the clock.
  const save = () => {
    running = running.catch(() => undefined).then(() => saveSnapshot(dataDir, platform.urls));
    return running;
  };
  const timer = setInterval(() => void save().catch(() => undefined), SAVE_EVERY_MS);
  return {
    save,
    stop: async (saveNow: boolean) => {
      clearInterval(timer);
      if (saveNow) await save();
    },
  };
}

/** The Functions emulator starts even when the code does not load, and then answers every request with 404. */
async function assertFunctionsLoaded(port: number): Promise<void> {
  const response = await fetch(`http://${HOST}:${port}/backends`);
  const body: { backends?: { functionTriggers?: unknown[] }[] } = JSON.parse(await response.text());
  const count = body.backends?.flatMap((backend) => backend.functionTriggers ?? []).length ?? 0;
  if (count > 0) return;
  throw new LauncherError(
    'No function was loaded: the code in functions/lib does not start. The reason is in the lines above and in firebase.log.',
  );
}

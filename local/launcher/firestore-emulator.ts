import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LauncherError } from './errors.ts';
import { findJavaVersion } from './java.ts';
import { HOST, PROJECT_ID, ROOT } from './project.ts';

/** gcloud's emulator runs on 11 and later; firebase-tools' newer archive is compiled for 21. */
const MIN_JAVA_GCLOUD = 11;
const MIN_JAVA_DOWNLOAD = 21;
const PROBE_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

const LOGGING_PROPERTIES = path.join(import.meta.dirname, 'firestore-logging.properties');

/** How Java runs an emulator that was found: everything up to the emulator's own options. */
export interface FirestoreEmulator {
  readonly source: 'gcloud' | 'firebase-tools';
  readonly javaArgs: readonly string[];
}

export interface FirestoreOptions {
  readonly port: number;
  /** Host and port of the Functions emulator, which receives the triggers. */
  readonly functionsAddress: string;
  /** An export's `.overall_export_metadata` file to start from. */
  readonly importFile: string | undefined;
}

/** The full command line (after `java`) that starts the emulator. */
export function firestoreArgs(emulator: FirestoreEmulator, options: FirestoreOptions): string[] {
  return [
    `-Djava.util.logging.config.file=${LOGGING_PROPERTIES}`,
    '-Duser.language=en',
    ...emulator.javaArgs,
    ...['--host', HOST, '--port', String(options.port)],
    ...['--project_id', PROJECT_ID, '--single_project_mode', 'true'],
    ...['--functions_emulator', options.functionsAddress],
    ...(options.importFile === undefined ? [] : ['--seed_from_export', options.importFile]),
  ];
}

/**
 * Finds Google's Firestore emulator: gcloud's component first (works offline and on older Java), else the archive
 * that firebase-tools keeps, fetching it when Java and the network allow.
 */
export async function findFirestoreEmulator(
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
  signal?: AbortSignal,
): Promise<FirestoreEmulator> {
  const java = findJavaVersion(env);
  const gcloudJar = findGcloudJar(env);
  if (gcloudJar !== undefined && java !== undefined && java >= MIN_JAVA_GCLOUD) {
    const mainClass = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
    return { source: 'gcloud', javaArgs: ['-cp', gcloudJar, mainClass, 'start'] };
  }
  const archive = readArchiveDetails(env);
  const canRunArchive = java !== undefined && java >= MIN_JAVA_DOWNLOAD;
  let problem: string | undefined;
  if (canRunArchive && !existsSync(archive.jar)) {
    problem = await download(archive.url, env, onProgress, signal);
  }
  if (canRunArchive && existsSync(archive.jar)) {
    return { source: 'firebase-tools', javaArgs: ['-jar', archive.jar] };
  }
  throw new LauncherError(missingMessage(java, gcloudJar, problem));
}

/** The component lies beside the real gcloud; the one on the PATH is usually a symbolic link to it. */
function findGcloudJar(env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const gcloud = path.join(folder, 'gcloud');
    if (folder === '' || !existsSync(gcloud)) continue;
    const jar = path.resolve(
      path.dirname(realpathSync(gcloud)),
      '../platform/cloud-firestore-emulator/cloud-firestore-emulator.jar',
    );
    if (existsSync(jar)) return jar;
  }
  return undefined;
}

interface ArchiveDetails {
  readonly jar: string;
  readonly url: string;
}

/** Where firebase-tools keeps its archive: the same file, so that one download serves both. */
function readArchiveDetails(env: NodeJS.ProcessEnv): ArchiveDetails {
  const file = path.join(
    ROOT,
    'node_modules/firebase-tools/lib/emulator/downloadableEmulatorInfo.json',
  );
  const all: { firestore: { downloadPathRelativeToCacheDir: string; remoteUrl: string } } =
    JSON.parse(readFileSync(file, 'utf8'));
  const folder =
    env.FIREBASE_EMULATORS_PATH ?? path.join(os.homedir(), '.cache', 'firebase', 'emulators');
  return {
    jar: path.join(folder, all.firestore.downloadPathRelativeToCacheDir),
    url: all.firestore.remoteUrl,
  };
}

/** Lets firebase-tools fetch its archive; answers with the reason when that failed. */
async function download(
  url: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  // Offline, the tool would retry for minutes; one short question tells us first.
  const reachable = await fetch(url, {
    method: 'HEAD',
    signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
  }).then(
    (response) => response.ok,
    () => false,
  );
  if (!reachable) return `its download (${new URL(url).host}) cannot be reached from here`;
  onProgress('Downloading the Firestore emulator (about 130 MB, once)…');
  const cli = path.join(ROOT, 'node_modules/firebase-tools/lib/bin/firebase.js');
  const child = spawn(process.execPath, [cli, 'setup:emulators:firestore', '--non-interactive'], {
    env,
    stdio: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  return code === 0 ? undefined : 'its download failed';
}

function missingMessage(
  java: number | undefined,
  gcloudJar: string | undefined,
  problem: string | undefined,
): string {
  const javaText =
    java === undefined
      ? 'Java: not found on the PATH.'
      : `Java: version ${java} found (gcloud's emulator needs ${MIN_JAVA_GCLOUD} or later, the download ${MIN_JAVA_DOWNLOAD} or later).`;
  const gcloudText =
    gcloudJar === undefined
      ? 'gcloud component cloud-firestore-emulator: not found.'
      : 'gcloud component cloud-firestore-emulator: found.';
  const archiveText = `firebase-tools' own copy: not there${problem === undefined ? '' : `, and ${problem}`}.`;
  return [
    'The Firestore emulator is missing. Nothing was started.',
    `  ${javaText}`,
    `  ${gcloudText}`,
    `  ${archiveText}`,
    'Do one of these, then start again:',
    '  1. Install Java 21 or later (https://adoptium.net). The emulator is then downloaded for you.',
    `  2. Install Java ${MIN_JAVA_GCLOUD} or later and gcloud (https://cloud.google.com/sdk), then run`,
    '     gcloud components install cloud-firestore-emulator',
    '     (on Debian and Ubuntu: sudo apt-get install google-cloud-cli-firestore-emulator).',
  ].join('\n');
}

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LauncherError } from './errors.ts';
import { PROJECT_ID } from './project.ts';

/**
 * Data is kept as whole exports, one folder each, named by time. A folder gets its name only when it is complete, so
 * the newest is always good, whatever happened while one was being written. The layout is that of
 * `firebase emulators:export`.
 */
const KEPT = 2;
const PARTIAL_SUFFIX = '.partial';
const FIRESTORE_METADATA = 'firestore_export/firestore_export.overall_export_metadata';

interface Addresses {
  readonly firestore: string;
  readonly auth: string;
}

export interface Snapshot {
  readonly dir: string;
  readonly firestoreFile: string;
}

/** The newest complete snapshot in the data folder, if there is one. */
export function findSnapshot(dataDir: string): Snapshot | undefined {
  const name = listSnapshots(dataDir).at(-1);
  if (name === undefined) return undefined;
  const dir = path.join(dataDir, name);
  return { dir, firestoreFile: path.join(dir, FIRESTORE_METADATA) };
}

/** Complete snapshots, oldest first. */
function listSnapshots(dataDir: string): string[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir)
    .filter((name) => /^\d{4}-.*Z$/.test(name))
    .sort();
}

/** Exports Firestore and the Auth accounts; keeps the result only when it differs from the newest snapshot. */
export async function saveSnapshot(dataDir: string, urls: Addresses): Promise<void> {
  const name = new Date().toISOString().replaceAll(':', '-');
  const partial = path.join(dataDir, `${name}${PARTIAL_SUFFIX}`);
  mkdirSync(partial, { recursive: true });
  try {
    await Promise.all([exportFirestore(partial, urls), exportAuth(partial, urls)]);
    const newest = findSnapshot(dataDir);
    if (newest !== undefined && digest(newest.dir) === digest(partial)) return;
    renameSync(partial, path.join(dataDir, name));
    prune(dataDir);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function exportFirestore(dir: string, urls: Addresses): Promise<void> {
  await request(`${urls.firestore}/emulator/v1/projects/${PROJECT_ID}:export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      database: `projects/${PROJECT_ID}/databases/(default)`,
      export_directory: dir,
      export_name: 'firestore_export',
    }),
  });
}

async function exportAuth(dir: string, urls: Addresses): Promise<void> {
  const target = path.join(dir, 'auth_export');
  mkdirSync(target);
  const accounts = `${urls.auth}/identitytoolkit.googleapis.com/v1/projects/${PROJECT_ID}/accounts:batchGet?maxResults=-1`;
  const config = `${urls.auth}/emulator/v1/projects/${PROJECT_ID}/config`;
  writeFileSync(path.join(target, 'accounts.json'), await request(accounts));
  writeFileSync(path.join(target, 'config.json'), await request(config));
  const metadata = {
    version: 'local',
    firestore: { version: 'local', path: 'firestore_export', metadata_file: FIRESTORE_METADATA },
    auth: { version: 'local', path: 'auth_export' },
  };
  writeFileSync(
    path.join(dir, 'firebase-export-metadata.json'),
    `${JSON.stringify(metadata, null, 2)}\n`,
  );
}

async function request(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, {
    ...init,
    headers: { ...init.headers, authorization: 'Bearer owner' },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Export failed: ${response.status} from ${url}: ${text}`);
  return text;
}

/** A hash of what was stored. Firestore's `.export_metadata` files are left out: they hold the time of the export. */
function digest(dir: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^auth_export.|.output-\d+)[^/\\]*$/.test(file))
    .sort();
  for (const file of files) hash.update(file).update(readFileSync(path.join(dir, file)));
  return hash.digest('hex');
}

/** Removes all but the newest few. */
function prune(dataDir: string): void {
  const old = listSnapshots(dataDir).slice(0, -KEPT);
  for (const name of old) rmSync(path.join(dataDir, name), { recursive: true, force: true });
}

/** Removes what a save that was cut short left behind. Call it only with the lock held. */
export function removePartialSnapshots(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.endsWith(PARTIAL_SUFFIX)) rmSync(path.join(dataDir, name), { recursive: true });
  }
}

/** Claims the data folder for this process: two platforms saving into one folder would undo each other's work. */
export function lockDataDir(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'lock');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new LauncherError(
      `The data folder ${dataDir} is in use by process ${holder}. Stop that one, or give this one its own: --data DIR`,
    );
  }
  writeFileSync(file, String(process.pid));
  return { release: () => rmSync(file, { force: true }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

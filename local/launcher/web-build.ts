import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LauncherError } from './errors.ts';
import { ROOT } from './project.ts';

const WEB = path.join(ROOT, 'web');
const DIST = path.join(WEB, 'dist');

const SHARED = path.join(ROOT, 'functions/src');
const LOCKFILE = path.join(ROOT, 'package-lock.json');

/** Folders that hold results, not sources. */
const SKIPPED = new Set(['node_modules', 'dist', 'lib']);

/** Builds the web client unless what is there is newer than everything it is built from. */
export async function buildWebIfStale(): Promise<'built' | 'up to date'> {
  const index = path.join(DIST, 'index.html');
  const isFresh = existsSync(index) && statSync(index).mtimeMs > newestWebChange();
  if (isFresh) return 'up to date';
  await buildWeb();
  return 'built';
}

/** The time of the newest change to anything the web client is built from. */
export function newestWebChange(): number {
  return Math.max(
    statSync(LOCKFILE).mtimeMs,
    newestChange(WEB, () => true),
    // The schemas that functions share with the web client.
    newestChange(SHARED, (name) => name === 'contracts.ts' || name.endsWith('.schema.ts')),
  );
}

function newestChange(folder: string, counts: (name: string) => boolean): number {
  if (!existsSync(folder)) return 0;
  // A file that was removed changes its folder.
  let newest = counts('') ? statSync(folder).mtimeMs : 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestChange(file, counts));
    else if (counts(entry.name)) newest = Math.max(newest, statSync(file).mtimeMs);
  }
  return newest;
}

/** Runs `vite build`; rejects with what it said when it fails. */
export async function buildWeb({ keepOld = false } = {}): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      ...['--logLevel', 'warn'],
      // The page stays whole for whoever loads it while it is built again.
      ...(keepOld ? ['--emptyOutDir', 'false'] : []),
    ],
    { cwd: WEB, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new LauncherError(`The web client does not build:\n${output.trim()}`);
}

/** `npm run gen`: rewrites every file that is generated from the code. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

interface GeneratedFile {
  /** Path from the project root. */
  readonly file: string;
  /** The text the file should have; must not depend on the machine, the time or the environment. */
  generate(): Promise<string>;
}

/** All generated files. `npm run check` fails when one differs from what is committed. */
export const generatedFiles: readonly GeneratedFile[] = [
  { file: 'functions/functions.manifest.json', generate: functionsManifest },
  { file: 'firestore.indexes.json', generate: firestoreIndexes },
];

/** The text of a generated file as it is now, or nothing when it does not exist yet. */
export async function readGenerated(file: string): Promise<string> {
  try {
    return await readFile(path.join(ROOT, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * The deploy surface as data: every endpoint with its trigger, secrets, retries and limits, as
 * firebase-functions itself tells it to `firebase deploy`. Reviewing this file is reviewing what a
 * deployment changes.
 */
async function functionsManifest(): Promise<string> {
  // Loaded here, so that a build that cannot even load is one failed check and not the end of all.
  const { buildFunctions } = await import('../functions/build.ts');
  await buildFunctions();
  const folder = await mkdtemp(path.join(tmpdir(), 'splitline-manifest-'));
  try {
    const output = path.join(folder, 'manifest.json');
    const bin = path.join(ROOT, 'node_modules/firebase-functions/lib/bin/firebase-functions.js');
    await run(process.execPath, [bin], {
      cwd: path.join(ROOT, 'functions'),
      env: {
        PATH: process.env.PATH,
        GCLOUD_PROJECT: 'demo-splitline',
        FUNCTIONS_CONTROL_API: 'true',
        FUNCTIONS_MANIFEST_OUTPUT_PATH: output,
      },
      timeout: 60_000,
    });
    return `${(await readFile(output, 'utf8')).trimEnd()}\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The indexes to deploy, as the code declares them. */
async function firestoreIndexes(): Promise<string> {
  const { compositeIndexes, fieldOverrides } = await import('../functions/src/app/indexes.ts');
  return `${JSON.stringify({ indexes: compositeIndexes, fieldOverrides }, null, 2)}\n`;
}

async function main(): Promise<void> {
  for (const { file, generate } of generatedFiles) {
    const text = await generate();
    const isCurrent = text === (await readGenerated(file));
    if (!isCurrent) await writeFile(path.join(ROOT, file), text);
    console.log(`${isCurrent ? 'unchanged' : 'rewritten'}  ${file}`);
  }
}

if (import.meta.main) await main();

/** `npm run check`: everything about the code that can be told without running it. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { generatedFiles, readGenerated } from './gen.ts';
import { lineDiff } from './line-diff.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const TYPESCRIPT_PROJECTS = ['functions', 'web', 'test', 'local'] as const;

interface Outcome {
  readonly isOk: boolean;
  readonly output: string;
}

interface Check {
  readonly name: string;
  run(): Promise<Outcome>;
}

/** Runs a tool of node_modules with this very Node, so that no other version is picked up. */
function tool(name: string, script: string, ...args: string[]): Check {
  const run = (): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [path.join('node_modules', script), ...args], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ isOk: code === 0, output: Buffer.concat(chunks).toString('utf8') });
      });
    });
  return { name, run };
}

async function compareGeneratedFiles(): Promise<Outcome> {
  const stale: string[] = [];
  for (const { file, generate } of generatedFiles) {
    const difference = lineDiff(await readGenerated(file), await generate());
    if (difference !== '') {
      stale.push(`${file} is not what the code generates; run: npm run gen\n${difference}`);
    }
  }
  return { isOk: stale.length === 0, output: stale.join('\n\n') };
}

/** The slow ones first: two run at a time, and the quick ones fill the gaps. */
const checks: readonly Check[] = [
  tool('dead code (knip)', 'knip/bin/knip.js', '--no-progress'),
  ...TYPESCRIPT_PROJECTS.map((folder) =>
    tool(`types of ${folder} (tsc)`, 'typescript/bin/tsc', '--noEmit', '-p', folder),
  ),
  { name: 'generated files', run: compareGeneratedFiles },
  tool(
    'import rules (dependency-cruiser)',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    ...['functions', 'web', 'test', 'local'],
  ),
  tool(
    'format and lint (biome)',
    '@biomejs/biome/bin/biome',
    ...['ci', '--colors=off', '--diagnostic-level=warn', '--error-on-warnings', '.'],
  ),
];

/** Runs one check and prints its line; what throws is a failed check, not the end of the others. */
async function report(check: Check): Promise<boolean> {
  const startedMs = performance.now();
  const outcome = await check.run().catch((error: unknown): Outcome => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isOk: false, output: text };
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${outcome.isOk ? '✔' : '✖'} ${check.name} (${seconds} s)`);
  if (!outcome.isOk) console.log(`\n${outcome.output.trim()}\n`);
  return outcome.isOk;
}

/** Takes checks from the list until it is empty; several workers share one list. */
async function work(queue: Check[], results: boolean[]): Promise<void> {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    results.push(await report(check));
  }
}

async function main(): Promise<void> {
  const queue = [...checks];
  const results: boolean[] = [];
  const workers = Array.from({ length: Math.max(2, availableParallelism()) }, () =>
    work(queue, results),
  );
  await Promise.all(workers);

  const passed = results.filter(Boolean).length;
  const failed = results.length - passed;
  console.log(`checks: ${passed} passed, ${failed} failed`);
  const folder = process.env.SPLITLINE_RESULTS;
  if (folder !== undefined && folder !== '') {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'check.json'), JSON.stringify({ passed, failed }));
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();

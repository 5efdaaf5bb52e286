import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { percentile } from './load.ts';

const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');
const RUNS = 9;
const run = promisify(execFile);

/** Prints how long the SDK alone takes to load: what no HTTP function can do without. */
const SDK_ALONE = `
const began = performance.now();
require('firebase-functions/v2/https');
console.log(performance.now() - began);
process.exit(0);`;

/** Prints how long it takes from the first line until the entry's server listens. */
const UNTIL_LISTENING = `
const { createServer } = require('node:http');
const began = performance.now();
import('./lib/index.js').then(({ api }) => {
  createServer(api).listen(0, '127.0.0.1', () => {
    console.log(performance.now() - began);
    process.exit(0);
  });
});`;

/** Medians of several runs, each in a process of its own. */
export interface ColdStart {
  readonly sdkMs: number;
  readonly apiMs: number;
  readonly ratio: number;
  readonly runs: number;
}

/** Measures both by turns, so that whatever else the machine does meets both alike. */
export async function measureColdStart(runs = RUNS): Promise<ColdStart> {
  const sdk: number[] = [];
  const api: number[] = [];
  // One of each is not counted: it warms the file cache, which no deployment starts without.
  for (let turn = 0; turn <= runs; turn += 1) {
    const sdkMs = await timeOf(SDK_ALONE);
    const apiMs = await timeOf(UNTIL_LISTENING);
    if (turn === 0) continue;
    sdk.push(sdkMs);
    api.push(apiMs);
  }
  const [sdkMs, apiMs] = [median(sdk), median(api)];
  return { sdkMs, apiMs, ratio: apiMs / sdkMs, runs };
}

async function timeOf(script: string): Promise<number> {
  const env = {
    ...{ PATH: process.env.PATH, NODE_ENV: 'production' },
    ...{ GCLOUD_PROJECT: 'demo-splitline', FUNCTION_TARGET: 'api' },
  };
  const { stdout } = await run(process.execPath, ['--eval', script], { cwd: FUNCTIONS, env });
  return Number(stdout.trim().split('\n').at(-1));
}

function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

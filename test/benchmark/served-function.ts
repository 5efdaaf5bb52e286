import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '../support/until.ts';

const FRAMEWORK = path.resolve(
  import.meta.dirname,
  '../../node_modules/@google-cloud/functions-framework/build/src/main.js',
);
const REPORT_CPU = path.join(import.meta.dirname, 'report-cpu.mjs');
const HOST = '127.0.0.1';
const START_MS = 20_000;

/** A function in a process of its own, served as Cloud Functions serves it. */
export interface ServedFunction {
  readonly url: string;
  /** Milliseconds of CPU the process has used since it began. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/** Serves the exported function `target` of `source` (a folder or a file) with Google's own framework. */
export async function serveFunction(
  source: string,
  target: string,
  port: number,
): Promise<ServedFunction> {
  const child = fork(FRAMEWORK, [`--source=${source}`, '--signature-type=http', `--port=${port}`], {
    execArgv: ['--import', REPORT_CPU],
    // As in production, where it also tells the process which function it serves.
    env: { ...process.env, NODE_ENV: 'production', HOST, FUNCTION_TARGET: target },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const url = `http://${HOST}:${port}`;
  try {
    await until(`${target} to listen on ${port}`, () => answers(child, url), START_MS);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    cpuMs: async () => {
      child.send('cpu');
      const [cpuMs]: unknown[] = await once(child, 'message');
      if (typeof cpuMs !== 'number') throw new Error('the served function reported no CPU time');
      return cpuMs;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function answers(child: ChildProcess, url: string): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`the function ended with ${child.exitCode}`);
  try {
    await fetch(url);
    return true;
  } catch {
    return undefined;
  }
}

import { spawn } from 'node:child_process';
import path from 'node:path';
import { platformSuiteNames } from '../../test/suites.ts';
import { ROOT } from './project.ts';

/** The script that is jest, for this Node to run. */
export const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');

/** With these jest tells something about itself and runs no test. */
const INFORMATION = [
  '--help',
  '-h',
  '--version',
  '-v',
  '--listTests',
  '--showConfig',
  '--clearCache',
];

/** True when jest, called with these arguments, would run a suite that talks to the running platform. */
export async function selectsPlatformSuites(args: readonly string[]): Promise<boolean> {
  if (args.some((arg) => INFORMATION.includes(arg))) return false;
  const [selected, all] = await Promise.all([
    listTests(args),
    listTests(['--selectProjects', ...platformSuiteNames]),
  ]);
  return selected.some((file) => all.includes(file));
}

/** The test files that jest would run; none when it refuses the arguments, which it then says better itself. */
async function listTests(args: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, [JEST, ...args, '--listTests'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return code === 0 ? output.split('\n').filter((line) => line !== '') : [];
}

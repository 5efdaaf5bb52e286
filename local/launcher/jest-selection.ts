import { spawn } from 'node:child_process';
import path from 'node:path';
import { type Suite, suites } from '../../test/suites.ts';
import { ROOT } from './project.ts';

/** What a suite runs on, when it needs anything to run on. */
type Need = NonNullable<Suite['runsOn']>;
const NEEDS: readonly Need[] = ['store', 'platform'];

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

/** What has to run for the suites that jest, called with these arguments, would run. */
export async function selectedNeeds(args: readonly string[]): Promise<ReadonlySet<Need>> {
  if (args.some((arg) => INFORMATION.includes(arg))) return new Set();
  const selected = new Set(await listTests(args));
  const needed = await Promise.all(
    NEEDS.map(async (need) => {
      const names = suites.filter(({ runsOn }) => runsOn === need).map(({ name }) => name);
      const tests = await listTests(['--selectProjects', ...names]);
      return tests.some((file) => selected.has(file)) ? [need] : [];
    }),
  );
  return new Set(needed.flat());
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

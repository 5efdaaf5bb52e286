import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT, type Tree, withTree } from './tools.ts';

const CHECK = JSON.stringify({ passed: 8, failed: 0 });
const TESTS = JSON.stringify({ passed: 90, failed: 0, skipped: 2 });

it.each([
  ['all passed', { 'check.json': CHECK, 'jest-1.json': TESTS }, '0', '0', '98 passed, 0 failed', 0],
  [
    'two runs of jest',
    { 'check.json': CHECK, 'jest-1.json': TESTS, 'jest-2.json': TESTS },
    '0',
    '0',
    '188 passed, 0 failed',
    0,
  ],
  [
    'a failed test',
    { 'check.json': CHECK, 'jest-1.json': '{"passed":89,"failed":1}' },
    '0',
    '1',
    '97 passed, 1 failed',
    1,
  ],
  [
    'a failed check',
    { 'check.json': '{"passed":6,"failed":2}', 'jest-1.json': TESTS },
    '1',
    '0',
    '96 passed, 2 failed',
    1,
  ],
  ['tests that never ran', { 'check.json': CHECK }, '0', '0', '8 passed, 1 failed', 1],
  [
    'tests of which none was found',
    { 'check.json': CHECK, 'jest-1.json': '{"passed":0,"failed":0}' },
    '0',
    '0',
    '8 passed, 1 failed',
    1,
  ],
  [
    'a platform that broke after the tests',
    { 'check.json': CHECK, 'jest-1.json': TESTS },
    '0',
    '1',
    '98 passed, 1 failed',
    1,
  ],
  ['an install that failed', { 'note.txt': '' }, '1', '1', '0 passed, 2 failed', 1],
])('sums up %s', async (_what, tree: Tree, checkStatus, testStatus, lastLine, exitCode) => {
  const result = await withTree(tree, async (folder) =>
    spawnSync(process.execPath, [path.join(ROOT, '.ci/sum.mjs'), folder, checkStatus, testStatus], {
      encoding: 'utf8',
    }),
  );
  expect(result.stdout.trimEnd().split('\n').at(-1)).toBe(lastLine);
  expect(result.status).toBe(exitCode);
});

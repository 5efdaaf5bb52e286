import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import manifest from '../../functions/functions.manifest.json';

const run = promisify(execFile);
const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');

/** Loads the build as a process does that serves `FUNCTION_TARGET`, once for each target. */
const SCRIPT = `
const targets = JSON.parse(process.argv[1]);
const exported = {};
for (const target of targets) {
  process.env.FUNCTION_TARGET = target;
  const loaded = await import('./lib/index.js?' + target);
  const found = target.split('.').reduce((part, name) => part?.[name], loaded);
  exported[target] = {
    isThere: typeof found === 'function',
    others: Object.keys(loaded).filter((name) => loaded[name] !== undefined),
  };
}
console.log(JSON.stringify(exported));
process.exit(0);`;

const outputSchema = z.record(
  z.string(),
  z.object({ isThere: z.boolean(), others: z.array(z.string()) }),
);
const entryPoints = Object.values(manifest.endpoints).map(({ entryPoint }) => entryPoint);

let loaded: z.infer<typeof outputSchema>;
beforeAll(async () => {
  await run(process.execPath, ['build.ts'], { cwd: FUNCTIONS });
  const args = ['--input-type=module', '--eval', SCRIPT, JSON.stringify(entryPoints)];
  const env = { PATH: process.env.PATH, GCLOUD_PROJECT: 'demo-splitline' };
  const { stdout } = await run(process.execPath, args, { cwd: FUNCTIONS, env });
  loaded = outputSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}, 60_000);

describe('a process that serves one function', () => {
  it.each(entryPoints)('has %s', (entryPoint) => {
    expect(loaded[entryPoint]).toMatchObject({ isThere: true });
  });

  it('loads nothing beside it when it serves the REST doors', () => {
    expect(loaded.api?.others).toEqual(['api']);
  });
});

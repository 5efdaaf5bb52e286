import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { ROOT } from './tools.ts';

const LIB = path.join(ROOT, 'functions/lib');

async function buildFrom(folder: string): Promise<Record<string, number>> {
  const build = path.join(ROOT, 'functions/build.ts');
  await promisify(execFile)(process.execPath, [build], { cwd: folder });
  const names = await readdir(LIB);
  const times = await Promise.all(
    names.map(async (name) => (await stat(path.join(LIB, name))).mtimeMs),
  );
  return Object.fromEntries(names.map((name, index) => [name, times[index] ?? 0]));
}

// The Functions emulator reloads whenever a file changes, and loses the triggers of that moment.
it('leaves every file as it is when nothing changed, from whatever folder it is started', async () => {
  const built = await buildFrom(ROOT);
  expect(await buildFrom(path.join(ROOT, 'functions'))).toEqual(built);
  expect(await buildFrom(tmpdir())).toEqual(built);
});

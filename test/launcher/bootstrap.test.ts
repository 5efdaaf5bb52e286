import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createTempDir } from './support/launched-platform.ts';

const BOOTSTRAP = path.resolve(import.meta.dirname, '../../local/bootstrap.mjs');
jest.setTimeout(180_000);
let temp: ReturnType<typeof createTempDir>;

/** Stands in for npm: notes each call, and installs nothing but a `node`. Breaks off when the file `break` is there. */
const FAKE_NPM = `#!/bin/sh
echo "npm $*" >> calls
sleep 0.3
rm -rf node_modules
mkdir -p node_modules/.bin
if [ -f break ]; then echo "registry is down" >&2; exit 7; fi
ln -s "${process.execPath}" node_modules/.bin/node
`;

beforeEach(() => {
  temp = createTempDir();
  mkdirSync(path.join(temp.dir, 'local'));
  mkdirSync(path.join(temp.dir, 'bin'));
  copyFileSync(BOOTSTRAP, path.join(temp.dir, 'local/bootstrap.mjs'));
  const hello = "console.log('hello', ...process.argv.slice(2)); process.exitCode = 3;";
  writeFileSync(path.join(temp.dir, 'local/hello.ts'), hello);
  writeLockfile('1.0.0');
  writeFileSync(path.join(temp.dir, 'bin/npm'), FAKE_NPM);
  chmodSync(path.join(temp.dir, 'bin/npm'), 0o755);
});
afterEach(() => temp.remove());

function writeLockfile(version: string): void {
  const packages = { '': {}, 'node_modules/some-package': { version } };
  writeFileSync(path.join(temp.dir, 'package-lock.json'), JSON.stringify({ packages }));
}

function calls(): string[] {
  const text = readFileSync(path.join(temp.dir, 'calls'), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

async function bootstrap(...args: string[]) {
  const { npm_execpath: _unset, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(temp.dir, 'local/bootstrap.mjs'), ...args], {
    cwd: temp.dir,
    env: { ...env, PATH: `${path.join(temp.dir, 'bin')}${path.delimiter}${env.PATH}` },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, output };
}

describe('bootstrap', () => {
  it('installs once, then starts without installing, passing on arguments and exit code', async () => {
    const first = await bootstrap('hello', 'a', '--b');
    expect(first.output).toContain('Installing dependencies');
    expect(first.output).toContain('hello a --b');
    expect(first.code).toBe(3);
    const second = await bootstrap('hello');
    expect(second.output).toBe('hello\n');
    expect(second.code).toBe(3);
    expect(calls()).toEqual(['npm install --no-save --no-audit --no-fund --loglevel=warn']);
  });

  it('installs again when package-lock.json has changed', async () => {
    await bootstrap('hello');
    writeLockfile('1.0.1');
    await bootstrap('hello');
    expect(calls()).toHaveLength(2);
  });

  it('takes what was installed by hand, when it is what the lockfile says', async () => {
    await bootstrap('hello');
    rmSync(path.join(temp.dir, 'node_modules/.splitline-installed'));
    const packages = { 'node_modules/some-package': { version: '1.0.0' } };
    const hidden = path.join(temp.dir, 'node_modules/.package-lock.json');
    writeFileSync(hidden, JSON.stringify({ packages }));
    expect((await bootstrap('hello')).output).toBe('hello\n');
    writeFileSync(hidden, JSON.stringify({ packages: {} }));
    rmSync(path.join(temp.dir, 'node_modules/.splitline-installed'));
    await bootstrap('hello');
    expect(calls()).toHaveLength(2);
  });

  it('installs once when two are started at the same time', async () => {
    const both = await Promise.all([bootstrap('hello', '1'), bootstrap('hello', '2')]);
    expect(both.map(({ code }) => code)).toEqual([3, 3]);
    expect(calls()).toHaveLength(1);
  });

  it('shows why an install failed, and installs again at the next start', async () => {
    writeFileSync(path.join(temp.dir, 'break'), '');
    const failed = await bootstrap('hello');
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('registry is down');
    expect(failed.output).toContain('Nothing was started.');
    rmSync(path.join(temp.dir, 'break'));
    expect((await bootstrap('hello')).code).toBe(3);
    expect(calls()).toHaveLength(2);
  });

  it('is not held up by the lock of a start that was killed', async () => {
    mkdirSync(path.join(temp.dir, '.logs'));
    // Above the largest process id there can be.
    writeFileSync(path.join(temp.dir, '.logs/install.lock'), '99999999');
    expect((await bootstrap('hello')).code).toBe(3);
  });

  it('names the commands when there is none of that name', async () => {
    const { code, output } = await bootstrap('nonsense');
    expect(code).toBe(1);
    expect(output).toContain('There is no command "nonsense".');
  });
});

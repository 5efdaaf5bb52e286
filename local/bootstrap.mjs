/**
 * The first thing that runs, with whatever Node a person has and nothing installed: installs the dependencies when they
 * are missing or do not match package-lock.json, then hands over to `local/<command>.ts` on the project's own Node.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * What the lockfile says, which stays as it is. `npm ci` would refuse a lockfile that lacks the binaries for other
 * systems, as one has that was made where the registry does not carry them.
 */
const INSTALL = ['install', '--no-save'];

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = path.join(ROOT, 'node_modules');
const LOCKFILE = path.join(ROOT, 'package-lock.json');
/** Holds the hash of the lockfile that was installed completely. It lies inside, so it goes when the folder goes. */
const STAMP = path.join(MODULES, '.splitline-installed');
const LOGS = path.join(ROOT, '.logs');
const INSTALL_LOCK = path.join(LOGS, 'install.lock');
const MIN_NODE = 20;

async function main() {
  const [command, ...args] = process.argv.slice(2);
  const script = path.join(ROOT, 'local', `${command}.ts`);
  if (command === undefined || !/^[a-z-]+$/.test(command) || !existsSync(script)) {
    fail(
      `There is no command "${command ?? ''}". Commands are start, dev, test, check, gen, costs and bench.`,
    );
  }
  if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
    fail(
      `This is Node ${process.versions.node}. Install Node ${MIN_NODE} or later: https://nodejs.org`,
    );
  }
  if (!isInstalled()) await installOnce();
  run(script, args);
}

/** True when node_modules is exactly what the lockfile says. */
function isInstalled() {
  if (readOr(STAMP, '') === lockHash()) return true;
  // Installed by hand (`npm install`): npm notes at the very end of an install what it put there.
  if (!matchesHiddenLockfile()) return false;
  writeFileSync(STAMP, lockHash());
  return true;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex');
}

function matchesHiddenLockfile() {
  const installed =
    JSON.parse(readOr(path.join(MODULES, '.package-lock.json'), '{}')).packages ?? {};
  return Object.entries(JSON.parse(readFileSync(LOCKFILE, 'utf8')).packages).every(
    ([name, wanted]) =>
      // Packages for other systems are listed but not installed.
      name === '' ||
      wanted.link ||
      wanted.optional ||
      wanted.devOptional ||
      wanted.peer ||
      !name.includes('node_modules/') ||
      installed[name]?.version === wanted.version,
  );
}

/** Installs, unless another start in this checkout is at it: then waits for that one. */
async function installOnce() {
  mkdirSync(LOGS, { recursive: true });
  let told = false;
  while (!takeLock()) {
    if (!told) console.log('Another start is installing the dependencies; waiting for it…');
    told = true;
    await sleep(500);
  }
  try {
    if (!isInstalled()) await install();
  } finally {
    rmSync(INSTALL_LOCK, { force: true });
  }
}

/** Takes the lock by linking a file that already holds our process id: there is no moment in which it is empty. */
function takeLock() {
  const mine = `${INSTALL_LOCK}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, INSTALL_LOCK);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // Left behind by a start that was killed.
    if (!isAlive(Number(readOr(INSTALL_LOCK, '0')))) rmSync(INSTALL_LOCK, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function install() {
  console.log('Installing dependencies, about two minutes the first time…');
  rmSync(STAMP, { force: true });
  const begin = Date.now();
  const timer = setInterval(() => {
    console.log(`  still installing (${Math.round((Date.now() - begin) / 1000)} s)`);
  }, 15_000);
  const logFile = path.join(LOGS, 'install.log');
  const code = await runNpm([...INSTALL, '--no-audit', '--no-fund', '--loglevel=warn'], logFile);
  clearInterval(timer);
  if (code !== 0) {
    const tail = readOr(logFile, '').trimEnd().split('\n').slice(-15).join('\n');
    rmSync(INSTALL_LOCK, { force: true });
    fail(
      `The dependencies could not be installed (npm install, ${code}). Nothing was started.\n${tail}\n\n` +
        'Check the network connection (or your npm registry setting) and start again. The whole log: .logs/install.log',
    );
  }
  writeFileSync(STAMP, lockHash());
  console.log(`Installed in ${Math.round((Date.now() - begin) / 1000)} s.`);
}

/** Runs npm: the one that called us, if one did. Resolves with its exit code or what kept it from running. */
function runNpm(args, logFile) {
  const log = createWriteStream(logFile);
  const npm = process.env.npm_execpath;
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const stop = () => child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => log.end(() => resolve(code ?? signal)));
  }).finally(() => process.off('SIGINT', stop).off('SIGTERM', stop));
}

/** Becomes, as far as Node allows, the command: same terminal, signals passed on, same exit code. */
function run(script, args) {
  const bin = path.join(MODULES, '.bin');
  const child = spawn(path.join(bin, 'node'), [script, ...args], {
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
    // The channel carries no messages: its end tells the command that this process is gone, even by SIGKILL.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(`${bin}/node cannot be run: ${error.message}`));
  child.once('exit', (code, signal) => {
    process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1));
  });
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

await main();

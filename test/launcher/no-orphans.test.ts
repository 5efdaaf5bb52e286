import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  createTempDir,
  freeOffset,
  LaunchedPlatform,
  listProcessTree,
  type Process,
  stillAlive,
} from './support/launched-platform.ts';

jest.setTimeout(180_000);
const LIMIT_MS = 5_000;
const temp = createTempDir();
const everStarted: Process[] = [];

/** A platform without Auth, which takes longest to start, and with one function at work. */
async function startPlatform() {
  const platform = new LaunchedPlatform({
    portOffset: await freeOffset(),
    logsDir: temp.dir,
    only: ['functions', 'hosting', 'tasks', 'eventarc'],
  });
  await platform.ready();
  const answer = await fetch(`${platform.urls.hosting}/api/hello`);
  expect(answer.status).toBe(200);
  const tree = listProcessTree(platform.pid);
  everStarted.push(...tree);
  const find = (part: RegExp) => {
    const found = tree.find(({ command }) => part.test(command));
    if (found === undefined) throw new Error(`No process with ${part} in ${JSON.stringify(tree)}`);
    return found;
  };
  return {
    platform,
    tree,
    host: find(/launcher\/host\.ts/),
    java: find(/^java .*CloudFirestore/),
    worker: find(/functionsEmulatorRuntime/),
  };
}

/** Waits, but not longer than allowed, until all processes are gone; answers with those that are not. */
async function waitUntilGone(processes: readonly Process[]): Promise<Process[]> {
  const deadline = Date.now() + LIMIT_MS;
  while (stillAlive(processes).length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return stillAlive(processes);
}

describe('no process outlives the launcher', () => {
  afterEach(() => {
    for (const { pid } of stillAlive(everStarted)) process.kill(pid, 'SIGKILL');
  });
  afterAll(temp.remove);

  it('after Ctrl-C', async () => {
    const { platform, tree } = await startPlatform();
    const begin = Date.now();
    platform.signal('SIGINT');
    expect(await platform.exited).toBe(0);
    expect(Date.now() - begin).toBeLessThan(LIMIT_MS);
    expect(stillAlive(tree)).toEqual([]);
  });

  it('after the Firestore emulator was killed, and says so', async () => {
    const { platform, tree, java } = await startPlatform();
    const begin = Date.now();
    process.kill(java.pid, 'SIGKILL');
    expect(await platform.exited).toBe(1);
    expect(Date.now() - begin).toBeLessThan(LIMIT_MS);
    expect(platform.output).toContain('The Firestore emulator ended (SIGKILL).');
    expect(stillAlive(tree)).toEqual([]);
  });

  it('after firebase-tools was killed, and says so', async () => {
    const { platform, tree, host } = await startPlatform();
    const begin = Date.now();
    process.kill(host.pid, 'SIGKILL');
    expect(await platform.exited).toBe(1);
    expect(Date.now() - begin).toBeLessThan(LIMIT_MS);
    expect(platform.output).toContain('firebase-tools) ended (SIGKILL).');
    expect(stillAlive(tree)).toEqual([]);
  });

  it('after the launcher itself was killed', async () => {
    const { platform, tree } = await startPlatform();
    platform.signal('SIGKILL');
    await platform.exited;
    expect(await waitUntilGone(tree)).toEqual([]);
  });

  it('after Ctrl-C while it is still starting', async () => {
    const platform = new LaunchedPlatform({
      portOffset: await freeOffset(),
      logsDir: temp.dir,
      only: ['hosting'],
    });
    await platform.said('Firestore emulator');
    const tree = listProcessTree(platform.pid);
    everStarted.push(...tree);
    expect(tree.some(({ command }) => command.startsWith('java '))).toBe(true);
    platform.signal('SIGINT');
    await platform.exited;
    expect(await waitUntilGone(tree)).toEqual([]);
  });
});

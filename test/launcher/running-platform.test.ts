import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { describePlatform } from '../../local/launcher/platform.ts';
import { portsAt } from '../../local/launcher/ports.ts';
import { listScheduledFunctions, runScheduledFunction } from '../../local/launcher/schedules.ts';
import { createTempDir, freeOffset, LaunchedPlatform } from './support/launched-platform.ts';

jest.setTimeout(180_000);
const temp = createTempDir();
const dataDir = path.join(temp.dir, 'data');
const FUNCTIONS = path.join(import.meta.dirname, 'fixtures/project/functions');
const running: LaunchedPlatform[] = [];

afterAll(async () => {
  for (const platform of running) platform.signal('SIGKILL');
  await Promise.all(running.map((platform) => platform.exited));
  temp.remove();
});

async function start(fresh = false): Promise<LaunchedPlatform> {
  const portOffset = await freeOffset();
  const platform = new LaunchedPlatform({ portOffset, dataDir, fresh, logsDir: temp.dir });
  running.push(platform);
  await platform.ready();
  return platform;
}

async function stop(platform: LaunchedPlatform): Promise<void> {
  platform.signal('SIGINT');
  expect(await platform.exited).toBe(0);
}

const owner = { authorization: 'Bearer owner', 'content-type': 'application/json' };
const documents = '/v1/projects/demo-splitline/databases/(default)/documents';

async function writeNote(platform: LaunchedPlatform, id: string): Promise<void> {
  const name = `projects/demo-splitline/databases/(default)/documents/notes/${id}`;
  const response = await fetch(`${platform.urls.firestore}${documents}:commit`, {
    method: 'POST',
    headers: owner,
    body: JSON.stringify({ writes: [{ update: { name, fields: { a: { integerValue: 1 } } } }] }),
  });
  expect(response.status).toBe(200);
}

async function statusOf(platform: LaunchedPlatform, document: string): Promise<number> {
  const url = `${platform.urls.firestore}${documents}/${document}`;
  return (await fetch(url, { headers: owner })).status;
}

/** Waits for a trigger to have written the document. */
async function waitFor(platform: LaunchedPlatform, document: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await statusOf(platform, document)) !== 200) {
    if (Date.now() > deadline) throw new Error(`${document} was not written.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function account(platform: LaunchedPlatform, action: string): Promise<Response> {
  const url = `${platform.urls.auth}/identitytoolkit.googleapis.com/v1/accounts:${action}?key=any`;
  const body = { email: 'someone@splitline.test', password: 'splitline', returnSecureToken: true };
  return await fetch(url, { method: 'POST', headers: owner, body: JSON.stringify(body) });
}

describe('a running platform', () => {
  it('serves, runs functions, and has its data again after a restart', async () => {
    const first = await start();
    const ports = portsAt(Number(new URL(first.urls.hosting).port) - 5000);

    // The web client learns here where the emulators are.
    const init = await (await fetch(`${first.urls.hosting}/__/firebase/init.json`)).json();
    expect(init).toMatchObject({
      projectId: 'demo-splitline',
      apiKey: expect.any(String),
      emulators: {
        auth: { host: '127.0.0.1', port: ports.auth },
        firestore: { host: '127.0.0.1', port: ports.firestore },
        functions: { host: '127.0.0.1', port: ports.functions },
      },
    });
    const page = await fetch(`${first.urls.hosting}/deals/deep/link`);
    expect(await page.text()).toContain('Launcher fixture');

    // A function: through Hosting, with local values, and away from the home folder.
    const api = await (await fetch(`${first.urls.hosting}/api/hello`)).json();
    expect(api).toMatchObject({
      path: '/api/hello',
      secret: 'local value',
      params: [first.urls.hosting, 'from the code'],
    });
    expect(readdirSync(FUNCTIONS).sort()).toEqual(['index.js', 'package.json']);
    expect(api).not.toMatchObject({ home: process.env.HOME });
    await first.said('answered');
    const line = first.output.split('\n').find((text) => text.includes('answered'));
    expect(line).toMatch(/^\d\d:\d\d:\d\d api +INFO +answered \[req_fixture\] path=\/api\/hello$/);
    expect(first.output).not.toMatch(/Beginning execution|UI|Application Default/);

    // A trigger and a schedule.
    await writeNote(first, 'n1');
    await waitFor(first, 'copies/n1');
    const platform = describePlatform(ports);
    expect(await listScheduledFunctions(platform)).toEqual([
      { name: 'swept', schedule: 'every 5 minutes', timeZone: 'UTC' },
    ]);
    await runScheduledFunction(platform, 'swept');
    expect(await statusOf(first, 'sweeps/last')).toBe(200);

    expect((await account(first, 'signUp')).status).toBe(200);
    await stop(first);

    const second = await start();
    expect(await statusOf(second, 'copies/n1')).toBe(200);
    expect((await account(second, 'signInWithPassword')).status).toBe(200);
    const other = new LaunchedPlatform({
      portOffset: await freeOffset(),
      dataDir,
      logsDir: path.join(temp.dir, 'other'),
    });
    expect(await other.exited).toBe(1);
    expect(other.output).toContain(`The data folder ${dataDir} is in use by process`);
    await stop(second);
    // Whole snapshots and nothing else: no lock, nothing half-written.
    expect(readdirSync(dataDir).filter((name) => !/^\d{4}-.*Z$/.test(name))).toEqual([]);

    const fresh = await start(true);
    expect(await statusOf(fresh, 'copies/n1')).toBe(404);
    expect((await account(fresh, 'signInWithPassword')).status).toBe(400);
    await stop(fresh);
    // Whatever firebase-tools asks for by itself is in its log.
    const log = readFileSync(path.join(temp.dir, 'firebase.log'), 'utf8');
    expect(log).toContain('Loaded functions definitions');
    expect(log).not.toMatch(/https:\/\/[a-z.-]+\.(?:googleapis|google-analytics|npmjs)\./);
  });
});

import { symlinkSync } from 'node:fs';
import net from 'node:net';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { portsAt } from '../../local/launcher/ports.ts';
import { createTempDir, freeOffset, LaunchedPlatform } from './support/launched-platform.ts';

jest.setTimeout(180_000);
const temp = createTempDir();
afterAll(temp.remove);

/** Occupies a port until the returned function is called. */
async function occupy(port: number): Promise<() => Promise<void>> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

describe('a start that is refused', () => {
  it('says in one message what is missing and how to get it, without gcloud and Java', async () => {
    const env = { ...process.env, PATH: temp.dir, FIREBASE_EMULATORS_PATH: temp.dir };
    const portOffset = await freeOffset();
    const platform = new LaunchedPlatform({ portOffset, logsDir: temp.dir }, env);
    expect(await platform.exited).toBe(1);
    expect(platform.output).toContain('The Firestore emulator is missing. Nothing was started.');
    expect(platform.output).toContain('Java: not found on the PATH.');
    expect(platform.output).toContain('gcloud component cloud-firestore-emulator: not found.');
    expect(platform.output).toContain('gcloud components install cloud-firestore-emulator');
    expect(platform.output).not.toContain('    at ');
  });

  it('does not offer a Java that is too old for the download', async () => {
    const bin = createTempDir();
    // Stands in for Java 17: it prints what Java prints.
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      `${bin.dir}/java`,
      '#!/bin/sh\necho \'openjdk version "17.0.15" 2025-04-15\' >&2\n',
      { mode: 0o755 },
    );
    symlinkSync('/bin/sh', `${bin.dir}/sh`);
    const env = { ...process.env, PATH: bin.dir, FIREBASE_EMULATORS_PATH: bin.dir };
    const portOffset = await freeOffset();
    const platform = new LaunchedPlatform({ portOffset, logsDir: temp.dir }, env);
    expect(await platform.exited).toBe(1);
    expect(platform.output).toContain('Java: version 17 found');
    expect(platform.output).toContain('Install Java 21 or later');
    bin.remove();
  });

  it('names a busy port, the emulator that needs it and the setting that moves it', async () => {
    const portOffset = await freeOffset();
    const port = portsAt(portOffset).auth;
    const release = await occupy(port);
    const platform = new LaunchedPlatform({ portOffset, logsDir: temp.dir });
    const code = await platform.exited;
    await release();
    expect(code).toBe(1);
    expect(platform.output).toContain(`Port ${port} is busy, and the auth emulator needs it.`);
    expect(platform.output).toMatch(/SPLITLINE_PORT_OFFSET=\d+ npm start/);
    expect(platform.output).not.toContain('Firestore emulator');
  });
});

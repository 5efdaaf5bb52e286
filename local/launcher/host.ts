/**
 * The emulator host: one process that holds everything the launcher started, as the leader of its own process group,
 * so that one signal ends it all. It runs the Firestore emulator (Java) and, in itself, firebase-tools.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startFirebase } from './host-firebase.ts';
import type { HostConfig, HostMessage } from './host-protocol.ts';

const config: HostConfig = JSON.parse(process.argv[2] ?? '{}');

// The launcher is gone (even by SIGKILL, which it cannot announce): take the whole group down.
process.once('disconnect', () => {
  rmSync(config.tempDir, { recursive: true, force: true });
  process.kill(-process.pid, 'SIGKILL');
});

mkdirSync(config.logsDir, { recursive: true });
const java = startFirestore();
process.once('SIGTERM', () => stop(java));

try {
  await startFirebase(config, send);
  send({ type: 'ready' });
} catch (error) {
  send({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function send(message: HostMessage): void {
  if (process.connected) process.send?.(message);
}

/** Started first: it comes up while firebase-tools is still loading. */
function startFirestore(): ChildProcess {
  const log = openSync(path.join(config.logsDir, 'firestore.log'), 'w');
  const child = spawn('java', [...config.javaArgs], { stdio: ['ignore', log, log] });
  child.once('error', (error) => {
    send({ type: 'failed', reason: `The Firestore emulator cannot be started: ${error.message}` });
  });
  child.once('exit', (code, signal) => {
    const how = signal === null ? `exit code ${code}` : signal;
    send({ type: 'failed', reason: `The Firestore emulator ended (${how}).` });
  });
  return child;
}

/** SIGTERM reached the whole group; waiting for Java keeps it from outliving the process that must reap it. */
function stop(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) process.exit(0);
  child.once('exit', () => process.exit(0));
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlatformOptions } from '../../../local/launcher/platform.ts';
import { describePlatform } from '../../../local/launcher/platform.ts';
import { findFreeOffset, portsAt } from '../../../local/launcher/ports.ts';

const SCRIPT = fileURLToPath(new URL('./run-platform.ts', import.meta.url));

/** A free set of ports, so far from those of Jest's other workers that none of them can want the same. */
export function freeOffset(): Promise<number> {
  return findFreeOffset(3000 + 6000 * Number(process.env.JEST_WORKER_ID ?? 1));
}

/** A folder for one test file; remove it in afterAll. */
export function createTempDir(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'splitline-launcher-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** The launcher in a process of its own. */
export class LaunchedPlatform {
  output = '';
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #options: PlatformOptions;

  constructor(options: PlatformOptions, env: NodeJS.ProcessEnv = process.env) {
    this.#options = options;
    this.#child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on('data', collect);
    this.#child.stderr?.on('data', collect);
    this.exited = new Promise((resolve) => this.#child.once('close', resolve));
  }

  get urls() {
    return describePlatform(portsAt(this.#options.portOffset)).urls;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The launcher was not started.');
    return this.#child.pid;
  }

  /** Resolves when it says that it is ready; rejects with its output when it ends before. */
  async ready(): Promise<void> {
    const ended = this.exited.then((code) => {
      throw new Error(`The launcher ended with ${code}:\n${this.output}`);
    });
    await Promise.race([this.said('READY'), ended]);
  }

  /** Resolves when the text was printed. */
  async said(text: string): Promise<void> {
    if (this.output.includes(text)) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!this.output.includes(text)) return;
        this.#child.stdout?.off('data', look);
        resolve();
      };
      this.#child.stdout?.on('data', look);
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every living process below the given one, itself included. */
export function listProcessTree(root: number): Process[] {
  const all = listProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Those of the given processes that are still there. */
export function stillAlive(processes: readonly Process[]): Process[] {
  const alive = new Map(listProcesses().map((process) => [process.pid, process]));
  return processes.filter(({ pid, command }) => alive.get(pid)?.command === command);
}

function listProcesses(): Process[] {
  const ps = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return ps.stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    // A zombie has ended; only its parent has not looked yet.
    if (match === null || match[3]?.startsWith('Z')) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4] ?? '' }];
  });
}

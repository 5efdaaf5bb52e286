import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** File name from the top of a tree, and its text. */
export type Tree = Readonly<Record<string, string>>;

/** Writes a tree into a temporary folder, hands it over, and removes it again. */
export async function withTree<T>(tree: Tree, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'splitline-house-')));
  try {
    for (const [name, text] of Object.entries(tree)) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a tool of node_modules in a folder and answers what it printed. A non-zero exit is no error
 * here: these tools use it to say that they found something.
 */
export function runTool(script: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [path.join(ROOT, 'node_modules', script), ...args],
      { cwd, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        if (stdout !== '') resolve(stdout);
        else reject(new Error(`${script} printed nothing: ${stderr}`, { cause: error }));
      },
    );
  });
}

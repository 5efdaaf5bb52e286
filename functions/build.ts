/**
 * Bundles the functions into `lib/`: `node build.ts` once, or `buildFunctions({ watch: true })` from the local platform.
 * Packages stay outside the bundle, because `firebase deploy` installs them from package.json.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const SOURCE = path.join(import.meta.dirname, 'src/index.ts');
const OUTPUT = path.join(import.meta.dirname, 'lib');

export interface BuildFunctionsOptions {
  /** Rebuild on each change until `stop` is called. */
  readonly watch?: boolean;
  /** Told the result of each build while watching: the errors, none when it worked. */
  readonly onBuild?: (errors: readonly string[]) => void;
}

export interface FunctionsBuild {
  stop(): Promise<void>;
}

/** Bundles the functions; rejects when the first build fails, unless it watches. */
export async function buildFunctions(options: BuildFunctionsOptions = {}): Promise<FunctionsBuild> {
  const context = await esbuild.context({
    entryPoints: [SOURCE],
    outdir: OUTPUT,
    // The names of chunks follow from paths: a build from another folder must not make others.
    absWorkingDir: import.meta.dirname,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
    logLevel: 'silent',
    write: false,
    plugins: [writeResults(options)],
  });
  if (options.watch === true) {
    await context.watch();
    return { stop: () => context.dispose() };
  }
  try {
    await context.rebuild();
  } finally {
    await context.dispose();
  }
  return { stop: () => Promise.resolve() };
}

/**
 * Writes only files whose content changed: the Functions emulator reloads on every write, and a second build of the
 * same sources (a test run beside a running platform) must not disturb it.
 */
function writeResults({ watch = false, onBuild }: BuildFunctionsOptions): esbuild.Plugin {
  return {
    name: 'write-results',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length === 0) {
          const files = result.outputFiles ?? [];
          for (const file of files) writeIfChanged(file.path, file.contents);
          // While watching, a running function may still want to load a chunk of the build before.
          if (!watch) removeOthers(new Set(files.map((file) => file.path)));
        }
        onBuild?.(await esbuild.formatMessages(result.errors, { kind: 'error' }));
      });
    },
  };
}

function writeIfChanged(file: string, contents: Uint8Array): void {
  if (readOrUndefined(file)?.equals(contents) === true) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

function readOrUndefined(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function removeOthers(current: ReadonlySet<string>): void {
  for (const name of readdirSync(OUTPUT)) {
    const file = path.join(OUTPUT, name);
    if (!current.has(file)) rmSync(file, { recursive: true });
  }
}

if (import.meta.main === true) {
  try {
    await buildFunctions();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

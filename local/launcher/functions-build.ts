import { buildFunctions } from '../../functions/build.ts';
import { LauncherError } from './errors.ts';

/** Builds the functions once; what esbuild complains about is shown as it is, without our own stack. */
export async function buildFunctionsOnce(): Promise<void> {
  try {
    await buildFunctions();
  } catch (error) {
    throw new LauncherError(
      `The functions do not build: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

import { describeError } from './errors.ts';

export interface Progress {
  /** Shows what is being done now, with the seconds since the beginning. */
  readonly step: (text: string) => void;
  /** Seconds since the beginning. */
  readonly seconds: () => string;
}

/** Progress for a person who waits. */
export function createProgress(): Progress {
  const begin = performance.now();
  const seconds = () => ((performance.now() - begin) / 1000).toFixed(1);
  return {
    seconds,
    step: (text) => console.log(`${seconds().padStart(6)} s  ${text}`),
  };
}

/** Shows what went wrong and ends the process. */
export function exitWithError(error: unknown): never {
  console.error(`\n${describeError(error)}`);
  process.exit(1);
}

/** One Jest project: what it runs, and whether it needs the local platform. */
export interface Suite {
  readonly name: string;
  /** Folders that are searched, from the project root. They must exist. */
  readonly roots: readonly string[];
  readonly match: readonly string[];
  /** True when the emulators have to run before the first of its tests. */
  readonly needsPlatform: boolean;
  readonly timeoutMs: number;
}

const UNIT_TIMEOUT_MS = 30_000;
const SLOW_TIMEOUT_MS = 120_000;

/** Folders of test/ with a suite of their own; every other folder of test/ belongs to `platform`. */
const OWN_SUITE = ['house', 'launcher', 'browser'] as const;

/**
 * The one list of test suites: jest.config.mjs makes a Jest project of each, and local/test.ts
 * reads from it whether the platform has to be started. Needs a suite no platform, say so here.
 */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    roots: ['functions/src', 'web/src', 'local'],
    match: ['**/*.test.ts', '**/*.test.tsx'],
    needsPlatform: false,
    timeoutMs: UNIT_TIMEOUT_MS,
  },
  {
    name: 'house',
    roots: ['test'],
    match: ['**/test/house/**/*.test.ts'],
    needsPlatform: false,
    timeoutMs: SLOW_TIMEOUT_MS,
  },
  {
    // Starts and kills platforms of its own, so it must not share the one of the other suites.
    name: 'launcher',
    roots: ['test'],
    match: ['**/test/launcher/**/*.test.ts'],
    needsPlatform: false,
    timeoutMs: SLOW_TIMEOUT_MS,
  },
  {
    name: 'platform',
    roots: ['test'],
    match: [`**/test/!(${OWN_SUITE.join('|')})/**/*.test.ts`],
    needsPlatform: true,
    timeoutMs: UNIT_TIMEOUT_MS,
  },
  {
    name: 'browser',
    roots: ['test'],
    match: ['**/test/browser/**/*.test.ts'],
    needsPlatform: true,
    timeoutMs: SLOW_TIMEOUT_MS,
  },
];

/** The names of the suites that need the local platform. */
export const platformSuiteNames: readonly string[] = suites
  .filter((suite) => suite.needsPlatform)
  .map((suite) => suite.name);

/** One Jest project: what it runs, and whether it needs the local platform. */
export interface Suite {
  readonly name: string;
  /** Folders that are searched, from the project root. They must exist. */
  readonly roots: readonly string[];
  readonly match: readonly string[];
  /**
   * What has to run before the first of its tests: the whole `platform`, or the `store`, which is
   * Firestore and Auth without functions. Each write on the platform wakes function workers, which
   * costs a suite of many writes most of its time, so a suite takes the store when it can.
   */
  readonly runsOn?: 'platform' | 'store';
}

/** Folders of test/ with triggers or callables to wait for. */
const ON_PLATFORM = ['callables', 'triggers'] as const;
/** Folders of test/ that are not in the suite `store`. */
const NOT_IN_STORE = ['house', 'launcher', 'browser', ...ON_PLATFORM] as const;

/**
 * The one list of test suites: jest.config.mjs makes a Jest project of each, and local/test.ts
 * reads from it what has to be started.
 */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    roots: ['functions/src', 'web/src', 'local'],
    match: ['**/*.test.ts', '**/*.test.tsx'],
  },
  {
    name: 'house',
    roots: ['test'],
    match: ['**/test/house/**/*.test.ts'],
  },
  {
    // Starts and kills platforms of its own, so it must not share the one of the other suites.
    name: 'launcher',
    roots: ['test'],
    match: ['**/test/launcher/**/*.test.ts'],
  },
  {
    name: 'store',
    roots: ['test'],
    match: [`**/test/!(${NOT_IN_STORE.join('|')})/**/*.test.ts`],
    runsOn: 'store',
  },
  {
    name: 'platform',
    roots: ['test'],
    match: [`**/test/@(${ON_PLATFORM.join('|')})/**/*.test.ts`],
    runsOn: 'platform',
  },
  {
    name: 'browser',
    roots: ['test'],
    match: ['**/test/browser/**/*.test.ts'],
    runsOn: 'platform',
  },
];

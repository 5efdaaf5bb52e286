import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suites } from './test/suites.ts';

const ROOT = import.meta.dirname;

/**
 * The installed packages that are written as ES modules. Jest runs CommonJS, so these are
 * transpiled like our own sources; those that also ship CommonJS are mostly not affected, because
 * Jest then picks their .cjs files.
 */
function esModulePackages() {
  const lockfile = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const names = Object.keys(lockfile.packages)
    .filter((folder) => folder.includes('node_modules/'))
    .filter((folder) => {
      const manifest = path.join(ROOT, folder, 'package.json');
      return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    })
    .map((folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length));
  return [...new Set(names)];
}

/**
 * A path below node_modules that is not in one of those packages. The optional group is for a copy
 * nested below another package.
 */
const NOT_TRANSPILED = `/node_modules/(?!(?:.*/node_modules/)?(?:${esModulePackages().join('|')})/)`;

/**
 * `import.meta.url`, `.filename` and `.dirname` work in tests; top-level await does not, because
 * the output is CommonJS. Jest does not check types: `npm run check` does.
 */
const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      target: 'es2024',
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** @param {import('./test/suites.ts').Suite} suite */
function setupOf({ runsOn }) {
  return [
    ...(runsOn === 'store' ? ['<rootDir>/test/support/use-store.ts'] : []),
    // The emulator answers queries that production refuses for want of an index.
    ...(runsOn === undefined ? [] : ['<rootDir>/test/indexes/require-indexes.ts']),
  ];
}

/** @type {(suite: import('./test/suites.ts').Suite) => import('jest').Config} */
function projectOf(suite) {
  return {
    displayName: suite.name,
    rootDir: ROOT,
    roots: suite.roots.map((root) => `<rootDir>/${root}`),
    testMatch: [...suite.match],
    testEnvironment: 'node',
    setupFiles: setupOf(suite),
    moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
    transform: { '\\.(ts|tsx|js|mjs)$': swc },
    transformIgnorePatterns: [NOT_TRANSPILED],
    modulePathIgnorePatterns: ['<rootDir>/functions/lib/', '<rootDir>/web/dist/'],
    restoreMocks: true,
  };
}

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // Jest reads it here alone, not in a project; no test is this slow, but a loaded machine may be.
  testTimeout: 120_000,
  // The product's log lines and warnings would bury the results; what a suite has to say it writes to stdout.
  silent: true,
  projects: suites.map(projectOf),
  reporters: ['default', '<rootDir>/.ci/count-reporter.cjs'],
};

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { type CruiseResult, cruise } from './cruise.ts';
import { ROOT, withTree } from './tools.ts';

/** `firebase deploy` uploads functions/ alone and installs from its package.json, nothing else. */
const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

const TEST_FILE = /\.test\.ts$/;

/** `@scope/name/sub/path` belongs to the package `@scope/name`, `name/sub` to `name`. */
function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Every package the deployed sources import, types included, with one file that imports it. */
function importedPackages(result: CruiseResult): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const { source, dependencies } of result.modules) {
    if (!source.startsWith('functions/src/') || TEST_FILE.test(source)) continue;
    for (const { module, coreModule } of dependencies) {
      if (!coreModule && !module.startsWith('.')) packages.set(packageOf(module), source);
    }
  }
  return packages;
}

/** The packages that sources below `root` import and functions/package.json does not list. */
async function unlistedPackages(root: string): Promise<readonly string[]> {
  const manifest = await readFile(path.join(root, 'functions/package.json'), 'utf8');
  const { dependencies } = manifestSchema.parse(JSON.parse(manifest));
  const imported = importedPackages(await cruise(root, ['functions/src']));
  return [...imported]
    .filter(([name]) => !Object.hasOwn(dependencies, name))
    .map(([name, source]) => `${name} (imported by ${source})`)
    .sort();
}

it('lists every package the functions import', async () => {
  expect(await unlistedPackages(ROOT)).toEqual([]);
});

it('notices a package that is missing, in a type import or a sub-path too', async () => {
  const tree = {
    'functions/package.json': JSON.stringify({
      dependencies: { listed: '1.0.0', '@scope/listed': '1.0.0' },
      devDependencies: { '@scope/forgotten': '1.0.0' },
    }),
    'functions/src/index.ts': [
      "import 'node:fs';",
      "import 'listed/sub';",
      "import '@scope/listed/sub/path';",
      "import type { X } from '@scope/forgotten/sub';",
      "export const y = () => import('lazy');",
      "export * from './other.ts';",
      'export type Y = X;',
    ].join('\n'),
    'functions/src/other.ts': "export { x } from 'hoisted';\n",
    'functions/src/other.test.ts': "import 'only-in-tests';\n",
  };
  expect(await withTree(tree, unlistedPackages)).toEqual([
    '@scope/forgotten (imported by functions/src/index.ts)',
    'hoisted (imported by functions/src/other.ts)',
    'lazy (imported by functions/src/index.ts)',
  ]);
});

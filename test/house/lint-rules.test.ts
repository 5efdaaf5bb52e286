import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ROOT, runTool, withTree } from './tools.ts';

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      location: z.object({ path: z.string() }),
    }),
  ),
});

const longFunction = (lines: number): string =>
  `export function long(list: number[]): void {\n${'  list.push(1);\n'.repeat(lines)}}\n`;

const SAVE = 'export async function save(): Promise<void> {}\n';
const ENV = "export const home = process.env.HOME ?? '';\n";

/** The file, its text, and the rules it must break; none means that it is legal there. */
const CASES: readonly (readonly [file: string, text: string, rules: readonly string[]])[] = [
  ['functions/src/save.ts', SAVE, []],
  [
    'functions/src/floating.ts',
    "import { save } from './save.ts';\n\nexport function close(): void {\n  save();\n}\n",
    ['lint/nursery/noFloatingPromises'],
  ],
  [
    'functions/src/misused.ts',
    "import { save } from './save.ts';\n\nexport function close(ids: string[]): void {\n  ids.forEach(async () => {\n    await save();\n  });\n}\n",
    ['lint/nursery/noMisusedPromises'],
  ],
  ['functions/src/any.ts', 'export const x: any = 1;\n', ['lint/suspicious/noExplicitAny']],
  [
    'functions/src/non-null.ts',
    'export const first = (list: string[]): string => list[0]!;\n',
    ['lint/style/noNonNullAssertion'],
  ],
  [
    'functions/src/extension.ts',
    "import { save } from './save';\n\nawait save();\n",
    ['lint/correctness/useImportExtensions'],
  ],
  [
    'functions/src/barrel.ts',
    "export { save } from './save.ts';\n",
    ['lint/performance/noBarrelFile'],
  ],
  ['functions/src/deals.public.ts', "export { save } from './save.ts';\n", []],
  ['functions/src/index.ts', "export { save } from './save.ts';\n", []],
  ['functions/src/env.ts', ENV, ['lint/style/noProcessEnv']],
  ['functions/src/platform/params.ts', ENV, []],
  ['local/env.ts', ENV, []],
  ['web/src/env.ts', ENV, ['lint/style/noProcessEnv']],
  ['functions/src/log.ts', "console.log('x');\n", ['lint/suspicious/noConsole']],
  ['functions/src/DealStage.ts', SAVE, ['lint/style/useFilenamingConvention']],
  ['web/src/features/DealList.tsx', SAVE, []],
  ['functions/src/long.ts', longFunction(71), ['lint/complexity/noExcessiveLinesPerFunction']],
  ['functions/src/fits.ts', longFunction(68), []],
  ['functions/src/long.test.ts', longFunction(200), []],
  ['web/src/features/Board.tsx', longFunction(110), []],
  ['web/src/features/Huge.tsx', longFunction(121), ['lint/complexity/noExcessiveLinesPerFunction']],
  ['web/src/features/board.ts', longFunction(71), ['lint/complexity/noExcessiveLinesPerFunction']],
];

describe('biome, with the rules of the project', () => {
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    // The copy has no .gitignore beside it, which is what the vcs section asks for.
    const config = (await readFile(path.join(ROOT, 'biome.json'), 'utf8')).replace(
      /"vcs": \{[^}]*\},/,
      '',
    );
    const tree = Object.fromEntries(CASES.map(([file, text]) => [file, text]));
    const output = await withTree({ ...tree, 'biome.json': config }, (folder) =>
      runTool(
        '@biomejs/biome/bin/biome',
        ['lint', '--reporter', 'json', '--max-diagnostics', 'none', '.'],
        folder,
      ),
    );
    for (const { category, severity, location } of reportSchema.parse(JSON.parse(output))
      .diagnostics) {
      if (severity !== 'error') continue;
      broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
    }
  });

  it.each(CASES)('%s', (file, _text, rules) => {
    expect(broken.get(file) ?? []).toEqual(rules);
  });
});

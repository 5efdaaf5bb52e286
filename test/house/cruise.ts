import path from 'node:path';
import { z } from 'zod';
import { ROOT, runTool } from './tools.ts';

const cruiseResultSchema = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(
        z.object({
          module: z.string(),
          resolved: z.string(),
          coreModule: z.boolean(),
        }),
      ),
    }),
  ),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});

export type CruiseResult = z.infer<typeof cruiseResultSchema>;

/** Runs dependency-cruiser with the project's own rules on folders below `cwd`. */
export async function cruise(cwd: string, folders: readonly string[]): Promise<CruiseResult> {
  const output = await runTool(
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ['--config', path.join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders],
    cwd,
  );
  return cruiseResultSchema.parse(JSON.parse(output));
}

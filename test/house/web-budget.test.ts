import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { z } from 'zod';

const BUDGET_BYTES = 250_000;
const TIMEOUT_MS = 180_000;

const scriptsSchema = z.object({
  entries: z.int(),
  chunks: z.int(),
  sizes: z.record(z.string(), z.int()),
});

it(
  'fetches at most 250 kB of script until the board is there',
  async () => {
    const script = fileURLToPath(new URL('./web-scripts.ts', import.meta.url));
    // As it is deployed: a test's environment would have React in its development build.
    const env = { ...process.env, NODE_ENV: 'production' };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    const { entries, chunks, sizes } = scriptsSchema.parse(JSON.parse(stdout));
    const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    process.stdout.write(
      `scripts until the board is there: ${(bytes / 1000).toFixed(1)} kB of ${chunks} chunks\n`,
    );
    // Entry and workspace, and pages that are fetched only when they are opened.
    expect(entries).toBe(2);
    expect(chunks).toBeGreaterThan(Object.keys(sizes).length + 10);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  },
  TIMEOUT_MS,
);

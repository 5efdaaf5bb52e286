/** `npm run costs`: what each operation costs on Firestore, counted on the emulator. */
import path from 'node:path';
import { createProgress, exitWithError } from './launcher/console.ts';
import { platformEnvironment, startPlatform } from './launcher/platform.ts';
import { findFreeOffset } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';

const FIRST_OFFSET = 2000;

async function main(): Promise<void> {
  const { step } = createProgress();
  const platform = await startPlatform({
    portOffset: await findFreeOffset(FIRST_OFFSET),
    logsDir: path.join(ROOT, '.logs/costs'),
    only: ['auth'],
    onProgress: step,
  });
  try {
    // Google's SDKs in this process read these when they are loaded.
    Object.assign(process.env, platformEnvironment(platform));
    const { formatCosts, measureAll } = await import('../test/costs/cost-table.ts');
    step('Measuring');
    console.log(`\n${formatCosts(await measureAll())}`);
  } finally {
    await platform.stop();
  }
}

await main().catch(exitWithError);
process.exit(0);

/** `npm run bench:import [FOLDER]`: how fast 8,800 opportunities are imported, with all their events. */
import path from 'node:path';
import { createProgress, exitWithError } from './launcher/console.ts';
import { openFunctionLog } from './launcher/function-log.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { platformEnvironment, startPlatform } from './launcher/platform.ts';
import { findFreeOffset } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';
import { buildWebIfStale } from './launcher/web-build.ts';

const FIRST_OFFSET = 3000;
const BUDGET_SECONDS = 120;
const DEFAULT_FOLDER = path.join(ROOT, '../shared/data/crm-sales-opportunities');
const LOGS = path.join(ROOT, '.logs/bench-import');

async function main(): Promise<void> {
  const folder = process.argv[2] ?? DEFAULT_FOLDER;
  const { step } = createProgress();
  step('Building functions');
  await Promise.all([buildFunctionsOnce(), buildWebIfStale()]);
  // Loaded late: importing the Admin SDK here must not come before its variables are set.
  let take: ((log: Parameters<ReturnType<typeof openFunctionLog>>[0]) => void) | undefined;
  const write = openFunctionLog(LOGS, false);
  const platform = await startPlatform({
    portOffset: await findFreeOffset(FIRST_OFFSET),
    logsDir: LOGS,
    onProgress: step,
    onLog: (log) => {
      write(log);
      take?.(log);
    },
  });
  try {
    Object.assign(process.env, platformEnvironment(platform));
    const { formatImport, measureImport, StepLog } = await import('../test/benchmark/import.ts');
    const steps = new StepLog();
    take = steps.take;
    const benchmark = { url: platform.urls.hosting, folder, steps, tell: step };
    const plain = await measureImport({ ...benchmark, hasPlan: false });
    const paying = await measureImport({ ...benchmark, hasPlan: true });
    console.log(`\nrecords and their events\n${formatImport(plain)}`);
    console.log(`budget                   ${BUDGET_SECONDS} s`);
    console.log(`\nwith a plan that pays reps and managers\n${formatImport(paying)}`);
    if (plain.allSeconds > BUDGET_SECONDS) process.exitCode = 1;
  } finally {
    await platform.stop();
  }
}

await main().catch(exitWithError);
process.exit(process.exitCode ?? 0);

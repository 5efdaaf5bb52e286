/** `npm run bench:web`: how soon the board answers in a real browser that is slowed down four times. */
import path from 'node:path';
import { createProgress, exitWithError } from './launcher/console.ts';
import { openFunctionLog } from './launcher/function-log.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { platformEnvironment, startPlatform } from './launcher/platform.ts';
import { findFreeOffset } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';
import { buildWebIfStale } from './launcher/web-build.ts';

const FIRST_OFFSET = 3000;
const LOGS = path.join(ROOT, '.logs/bench-web');
const BUDGET_MS = 2000;
const MEASURED = { deals: 100, runs: 7, slowdown: 4 };

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const { step } = createProgress();
  step('Building functions and the web client');
  await Promise.all([buildFunctionsOnce(), buildWebIfStale()]);
  const platform = await startPlatform({
    portOffset: await findFreeOffset(FIRST_OFFSET),
    logsDir: LOGS,
    onProgress: step,
    onLog: openFunctionLog(LOGS, false),
  });
  try {
    // Loaded late: importing the Admin SDK here must not come before its variables are set.
    Object.assign(process.env, platformEnvironment(platform));
    const { measureBoard } = await import('../test/benchmark/board.ts');
    const { times, scriptBytes } = await measureBoard(platform.urls.hosting, MEASURED, step);
    const answered = median(times.map((each) => each.answered));
    console.log(
      [
        '',
        `Board of ${MEASURED.deals} deals, CPU slowed ${MEASURED.slowdown} times, nothing cached; medians of ${MEASURED.runs}:`,
        `first cards shown        ${median(times.map(({ shown }) => shown)).toFixed(0)} ms`,
        `a card answers a click   ${answered.toFixed(0)} ms (budget ${BUDGET_MS}; ${times.map((each) => each.answered.toFixed(0)).join(', ')})`,
        `its menu is open         ${median(times.map(({ menu }) => menu)).toFixed(0)} ms`,
        `script over the wire     ${(scriptBytes / 1000).toFixed(0)} kB with that of the menu, as the local Hosting sends it`,
      ].join('\n'),
    );
    if (answered > BUDGET_MS) process.exitCode = 1;
  } finally {
    await platform.stop();
  }
}

await main().catch(exitWithError);
process.exit(process.exitCode ?? 0);

/** `npm run bench [-- options]`: how fast the REST function is, beside the bare SDK doing the same. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createProgress, exitWithError } from './launcher/console.ts';
import { LauncherError } from './launcher/errors.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { platformEnvironment, startPlatform } from './launcher/platform.ts';
import { findFreeOffset } from './launcher/ports.ts';
import { ROOT } from './launcher/project.ts';

const FIRST_OFFSET = 3000;
const COLD_START_BUDGET = 1.5;
const HELP = `npm run bench -- [options]
  --seconds <n>        how long each operation is measured at each concurrency (3)
  --concurrency <list> how many requests are under way at once (1,16,64)
  --deals <n>          how many deals the rep has whose list is measured (10000)
  --no-load            the cold start alone`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      seconds: { type: 'string', default: '3' },
      concurrency: { type: 'string', default: '1,16,64' },
      deals: { type: 'string', default: '10000' },
      load: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    load: values.load,
    durationMs: 1000 * positive('--seconds', values.seconds),
    concurrency: values.concurrency.split(',').map((each) => positive('--concurrency', each)),
    deals: positive('--deals', values.deals),
  };
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new LauncherError(`${option} is "${text}": give whole numbers above 0.\n\n${HELP}`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const { step } = createProgress();
  step('Building functions');
  await buildFunctionsOnce();
  step('Cold start');
  const { measureColdStart } = await import('../test/benchmark/cold-start.ts');
  const { sdkMs, apiMs, ratio, runs } = await measureColdStart();
  if (options.load) console.log(`\n${await measureLoad(options, step)}`);
  console.log(
    `\nCold start, median of ${runs}: ${apiMs.toFixed(0)} ms until the REST entry listens, ` +
      `${sdkMs.toFixed(0)} ms for firebase-functions/v2/https alone; ` +
      `ratio ${ratio.toFixed(2)}, budget ${COLD_START_BUDGET}.`,
  );
}

async function measureLoad(
  options: ReturnType<typeof readOptions>,
  step: (text: string) => void,
): Promise<string> {
  const platform = await startPlatform({
    portOffset: await findFreeOffset(FIRST_OFFSET),
    logsDir: path.join(ROOT, '.logs/bench'),
    only: ['auth'],
    onProgress: step,
  });
  try {
    // Google's SDKs, here and in the served function, read these when they are loaded.
    Object.assign(process.env, platformEnvironment(platform));
    const { runBenchmarks, formatBenchmarks } = await import('../test/benchmark/bench.ts');
    // The Functions emulator does not run here: its port is free.
    const port = platform.ports.functions;
    return formatBenchmarks(await runBenchmarks({ ...options, port, onProgress: step }));
  } finally {
    await platform.stop();
  }
}

await main().catch(exitWithError);
process.exit(0);

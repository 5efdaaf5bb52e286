/** `npm start`: builds what changed, starts the whole platform, fills in the demo organisation, runs until Ctrl-C. */

import { exitWithError } from './launcher/console.ts';
import { buildFunctionsOnce } from './launcher/functions-build.ts';
import { serve } from './launcher/serve.ts';
import { readServeArguments } from './launcher/serve-arguments.ts';
import { buildWebIfStale } from './launcher/web-build.ts';

async function main(): Promise<void> {
  const settings = readServeArguments('npm start', process.argv.slice(2));
  if (settings === undefined) return;
  const seedDemo = settings.demo ? (await import('./demo.ts')).seedDemo : undefined;
  await serve({
    ...settings,
    seedDemo,
    build: async ({ step }) => {
      step('Building functions');
      await buildFunctionsOnce();
      step('Building the web client');
      step(`Web client: ${await buildWebIfStale()}`);
    },
  });
}

await main().catch(exitWithError);
process.exit(0);

/** `npm run dev`: like `npm start`, and a change in functions, rules or web is live in seconds. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { buildFunctions } from '../functions/build.ts';
import { exitWithError } from './launcher/console.ts';
import { describeError } from './launcher/errors.ts';
import { onChange } from './launcher/on-change.ts';
import type { Platform } from './launcher/platform.ts';
import { ROOT } from './launcher/project.ts';
import { applyRules } from './launcher/rules.ts';
import { serve } from './launcher/serve.ts';
import { readServeArguments } from './launcher/serve-arguments.ts';
import { buildWeb, buildWebIfStale, newestWebChange } from './launcher/web-build.ts';

const RULES = path.join(ROOT, 'firestore.rules');

/** Does a step and says how it went; a mistake in what was just edited must not end the session. */
async function report(what: string, work: () => Promise<void>): Promise<void> {
  const begin = performance.now();
  await work().then(
    () => console.log(`${what} updated in ${((performance.now() - begin) / 1000).toFixed(1)} s.`),
    (error: unknown) => console.error(`${what} not updated.\n${describeError(error)}`),
  );
}

async function watchFunctions(): Promise<void> {
  const first = Promise.withResolvers<void>();
  let builds = 0;
  await buildFunctions({
    watch: true,
    onBuild: (errors) => {
      builds += 1;
      if (builds === 1) first.resolve();
      if (errors.length > 0) console.error(`Functions not updated.\n${errors.join('\n')}`);
      // The Functions emulator notices the new files and loads them about a second later.
      else if (builds > 1) console.log('Functions built; the emulator reloads them.');
    },
  });
  await first.promise;
}

function watchRest(platform: Platform): void {
  onChange(newestWebChange, () => report('Web client', () => buildWeb({ keepOld: true })));
  onChange(
    () => statSync(RULES).mtimeMs,
    () => report('Firestore rules', () => applyRules(RULES, platform.urls.firestore)),
  );
}

async function main(): Promise<void> {
  const settings = readServeArguments('npm run dev', process.argv.slice(2));
  if (settings === undefined) return;
  const seedDemo = settings.demo ? (await import('./demo.ts')).seedDemo : undefined;
  await serve({
    ...settings,
    seedDemo,
    build: async ({ step }) => {
      step('Building functions');
      await watchFunctions();
      step('Building the web client');
      step(`Web client: ${await buildWebIfStale()}`);
    },
    watch: watchRest,
  });
}

await main().catch(exitWithError);
process.exit(0);

/** Runs the launcher on the fixture project, in a process of its own that a test can watch and kill. */
import path from 'node:path';
import { describeError } from '../../../local/launcher/errors.ts';
import { formatLog } from '../../../local/launcher/function-log.ts';
import { type PlatformOptions, startPlatform } from '../../../local/launcher/platform.ts';

const options: PlatformOptions = JSON.parse(process.argv[2] ?? '{}');

try {
  const platform = await startPlatform({
    ...options,
    root: path.resolve(import.meta.dirname, '../fixtures/project'),
    onProgress: (text) => console.log(text),
    onLog: (log) => console.log(formatLog(log, new Date())),
  });
  console.log('READY');
  const stop = new Promise<undefined>((resolve) =>
    process.once('SIGINT', () => resolve(undefined)),
  );
  const death = await Promise.race([stop, platform.died]);
  await platform.stop({ save: death === undefined });
  if (death !== undefined) throw death;
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}

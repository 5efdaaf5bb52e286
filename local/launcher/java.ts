import { spawnSync } from 'node:child_process';

/** The major version of the `java` on the PATH, or undefined when there is none. */
export function findJavaVersion(env: NodeJS.ProcessEnv): number | undefined {
  // A fixed language: the words around the number are translated on some systems.
  const run = spawnSync('java', ['-Duser.language=en', '-version'], {
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (run.error !== undefined || run.status !== 0) return undefined;
  const match = /version "(\d+)(?:\.(\d+))?/.exec(`${run.stderr}\n${run.stdout}`);
  if (match === null) return undefined;
  // Java 8 and older call themselves 1.8, 1.7 and so on.
  return match[1] === '1' ? Number(match[2]) : Number(match[1]);
}

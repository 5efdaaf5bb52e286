import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { HostLog } from './host-protocol.ts';

const SPLAT = Symbol.for('splat');

/** What the emulators attach to a line of their own. */
interface LineDetails {
  readonly user?: unknown;
  readonly metadata?: {
    readonly message?: string;
    readonly emulator?: { readonly name?: string };
    readonly function?: { readonly name?: string };
  };
}

/** One entry of firebase-tools' logger (winston): the further arguments of the call are kept under a symbol. */
interface LogInfo extends LineDetails {
  readonly level: string;
  readonly message: unknown;
  readonly [SPLAT]?: readonly unknown[];
}

/** Said by the tools about themselves at every start or request, of no use to anyone who runs the product. */
const NOISE = [
  /^Beginning execution of /,
  /^Finished "/,
  /^Application Default Credentials detected/,
  /^You are not currently authenticated/,
  /^It seems that you are running multiple instances/,
];

/**
 * A sink for firebase-tools' logger: everything goes to the file; what functions wrote, warnings and errors also go to
 * the launcher.
 */
export function createLogSink(file: string, send: (log: HostLog) => void): Writable {
  const out = createWriteStream(file, { flags: 'w' });
  return new Writable({
    objectMode: true,
    write(info: LogInfo, _encoding, done) {
      const text = toText(info);
      if (text !== '') out.write(`${new Date().toISOString()} [${info.level}] ${text}\n`);
      const log = toHostLog(info, text);
      if (log !== undefined) send(log);
      done();
    },
  });
}

function toText(info: LogInfo): string {
  const words = [info.message, ...(info[SPLAT] ?? [])].filter((part) => typeof part === 'string');
  return stripVTControlCharacters(words.join(' ')).trimEnd();
}

function toHostLog(info: LogInfo, text: string): HostLog | undefined {
  if (info.level === 'debug') return undefined;
  const details = findDetails(info);
  const isFromFunction = details.user !== undefined;
  const level = info.level === 'warn' || info.level === 'error' ? info.level : 'info';
  if (level === 'info' && !isFromFunction) return undefined;
  const message = stripVTControlCharacters(details.metadata?.message ?? text).trim();
  if (message === '' || NOISE.some((pattern) => pattern.test(message))) return undefined;
  return {
    type: 'log',
    level,
    emulator: details.metadata?.emulator?.name ?? 'firebase',
    message: isFromFunction ? message.replace(/^> +/, '') : message,
    functionName: details.metadata?.function?.name,
    entry: isRecord(details.user) ? details.user : undefined,
  };
}

/** The details are merged into the entry for a plain line, and the last argument of a labelled one. */
function findDetails(info: LogInfo): LineDetails {
  return info.metadata === undefined ? (info[SPLAT]?.find(isRecord) ?? {}) : info;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

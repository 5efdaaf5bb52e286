import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { HostLog } from './host-protocol.ts';
import { REGION } from './project.ts';

/** Shown in columns of their own, so they are not repeated among the other fields. */
const OWN_COLUMNS = new Set(['severity', 'message', 'requestId', 'timestamp', 'time']);

/**
 * One line for one log entry: time, function, severity, message, request id, then the other fields.
 * Our functions write JSON objects (`{severity, message, requestId, …}`); anything else is shown as it came.
 */
export function formatLog(log: HostLog, time: Date): string {
  const entry = log.entry ?? {};
  const source = (log.functionName ?? log.emulator).replace(`${REGION}-`, '');
  const severity =
    textOf(entry.severity) ?? { info: 'INFO', warn: 'WARNING', error: 'ERROR' }[log.level];
  const message = log.entry === undefined ? log.message : (textOf(entry.message) ?? '');
  const requestId = textOf(entry.requestId);
  const rest = Object.entries(entry)
    .filter(([name, value]) => !OWN_COLUMNS.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${textOf(value) ?? JSON.stringify(value)}`);
  return [
    time.toTimeString().slice(0, 8),
    source.padEnd(14),
    severity.padEnd(7),
    withoutToolFrames(message),
    ...(requestId === undefined ? [] : [`[${requestId}]`]),
    ...rest,
  ]
    .join(' ')
    .replaceAll('\n', '\n    ');
}

/** In a stack, the calls that led into our code are the tools' own, the same each time. */
function withoutToolFrames(message: string): string {
  const isTool = /^\s+at .*(?:node_modules\/firebase-(?:tools|functions)\/|\(?node:internal)/;
  const lines = message.split('\n').filter((line) => !isTool.test(line));
  return lines.join('\n').trimEnd();
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Writes log lines to `functions.log` in the folder for logs and, when asked, to the terminal. */
export function openFunctionLog(logsDir: string, echo: boolean): (log: HostLog) => void {
  mkdirSync(logsDir, { recursive: true });
  const out = createWriteStream(path.join(logsDir, 'functions.log'), { flags: 'w' });
  return (log) => {
    const line = `${formatLog(log, new Date())}\n`;
    out.write(line);
    if (echo) process.stdout.write(line);
  };
}

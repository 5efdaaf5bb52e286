import { write } from 'firebase-functions/logger';

type Fields = Readonly<Record<string, unknown>>;

/** Structured log, object first: `log.info({ dealId }, 'deal moved')`. */
export interface Log {
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

/** A log whose every line carries `bound`, for example the request id. */
export function createLog(bound: Fields): Log {
  const line = (severity: 'INFO' | 'WARNING' | 'ERROR') => (fields: Fields, message: string) =>
    write({ severity, message, ...bound, ...fields });
  return { info: line('INFO'), warn: line('WARNING'), error: line('ERROR') };
}

/** The parts of an error worth logging, its causes included. */
export function describeError(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { error: error.message, stack: error.stack, ...cause };
}

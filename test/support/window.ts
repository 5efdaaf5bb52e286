import type { Span } from '../../functions/src/platform/changed-records.ts';

const CENTURY_MS = 100 * 365 * 24 * 60 * 60 * 1000;

/**
 * A minute in the far future that no other test writes in: sweeps go through all organisations, and
 * within such a span they find the records of one test alone.
 */
export function ownSpan(): Span & { readonly at: (ms: number) => Date } {
  const start =
    Date.now() + CENTURY_MS + Math.floor((Math.random() * CENTURY_MS) / 60_000) * 60_000;
  return {
    since: new Date(start),
    until: new Date(start + 60_000),
    limit: 3,
    at: (ms) => new Date(start + ms),
  };
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * The pauses after the first attempts that failed, and the one after each of those that follow: forty
 * attempts over about three days (71 hours and 35 minutes, with a tenth more or less on each pause).
 * An endpoint that was down for two of the days, and then fails three times out of ten, is left a
 * dozen attempts: one delivery in two million is not taken.
 */
const FIRST_PAUSES_MS: readonly number[] = [
  0.5 * MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
];
const LATER_PAUSE_MS = 2 * HOUR_MS;
const MAX_TRIES = 40;
/** By so much of itself a pause is longer or shorter, so that many do not come back at once. */
const JITTER = 0.1;
/** What an endpoint asks for with Retry-After is honoured up to here. */
const LONGEST_ASKED_MS = 24 * HOUR_MS;

/**
 * When to try again after the nth attempt has failed, or undefined when it was the last.
 * `retryAfter` is what the endpoint asked for: it can only make the pause longer.
 */
export function nextAttemptAt(
  tries: number,
  { now, retryAfter, random }: { now: Date; retryAfter: string | undefined; random: () => number },
): Date | undefined {
  if (tries >= MAX_TRIES) return undefined;
  const pauseMs = FIRST_PAUSES_MS[tries - 1] ?? LATER_PAUSE_MS;
  const jitteredMs = Math.round(pauseMs * (1 + JITTER * (2 * random() - 1)));
  const askedMs = Math.min(pauseAsked(retryAfter, now), LONGEST_ASKED_MS);
  return new Date(now.getTime() + Math.max(jitteredMs, askedMs));
}

/** What a header Retry-After means: a number of seconds or a date; anything else is nothing. */
function pauseAsked(retryAfter: string | undefined, now: Date): number {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}

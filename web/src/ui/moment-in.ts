import { wallClockIn } from './wall-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The moment at which calendar and clock of a zone show what was entered, `2026-11-22T14:05` or the
 * like; undefined for what is no such text. Of a time that comes twice, when clocks are set back, it
 * is the first; one that is left out, when they are set forward, counts on from before the gap: as
 * Temporal has it, where the libraries of dates leave open which of the two they mean.
 */
export function momentIn(timeZone: string, entered: string): Date | undefined {
  const asUtc = Date.parse(`${entered}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Clocks are not set twice within two days: these are the offsets before and after.
  const before = asUtc - offsetMs(timeZone, asUtc - DAY_MS);
  const after = asUtc - offsetMs(timeZone, asUtc + DAY_MS);
  const shown = [before, after].filter((ms) => ms + offsetMs(timeZone, ms) === asUtc);
  return new Date(shown.length === 0 ? before : Math.min(...shown));
}

/** The first moment of a day, such as `2026-11-22`, in a zone. */
export function startOfDayIn(timeZone: string, day: string): Date | undefined {
  return momentIn(timeZone, `${day}T00:00`);
}

/** The last millisecond of a day in a zone. */
export function endOfDayIn(timeZone: string, day: string): Date | undefined {
  const ms = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(ms)) return undefined;
  const next = startOfDayIn(timeZone, new Date(ms + DAY_MS).toISOString().slice(0, 10));
  return next && new Date(next.getTime() - 1);
}

/** How far the clock of a zone is ahead of UTC. */
function offsetMs(timeZone: string, ms: number): number {
  // The clock has no parts of a second.
  const whole = Math.floor(ms / 1000) * 1000;
  return Date.parse(`${wallClockIn(timeZone, new Date(whole))}Z`) - whole;
}

import { DateTime } from 'luxon';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const MS_PER_DAY = 24 * 60 * 60 * 1000;

/**
 * The calendar day of a value as a running number: a day such as `2026-02-01` is itself, an instant
 * falls on a day in the zone.
 */
export function dayOf(value: unknown, timeZone: string): number | undefined {
  if (typeof value === 'string' && ISO_DAY.test(value)) return numberOf(Date.parse(value));
  const instant = instantOf(value);
  if (instant === undefined) return undefined;
  const { year, month, day } = DateTime.fromJSDate(instant, { zone: timeZone });
  return numberOf(Date.UTC(year, month - 1, day));
}

/**
 * How a value stands to another: below 0 earlier, above 0 later. Two instants are compared as such;
 * where one of them is a day, days are.
 */
export function compareDays(value: unknown, other: unknown, timeZone: string): number | undefined {
  const [instant, otherInstant] = [instantOf(value), instantOf(other)];
  if (instant !== undefined && otherInstant !== undefined) {
    return instant.getTime() - otherInstant.getTime();
  }
  const [day, otherDay] = [dayOf(value, timeZone), dayOf(other, timeZone)];
  return day === undefined || otherDay === undefined ? undefined : day - otherDay;
}

/** Whether both fall on one calendar day. */
export function isOnDay(value: unknown, other: unknown, timeZone: string): boolean {
  const day = dayOf(value, timeZone);
  return day !== undefined && day === dayOf(other, timeZone);
}

function instantOf(value: unknown): Date | undefined {
  if (value instanceof Date) return value;
  if (typeof value !== 'string' || ISO_DAY.test(value)) return undefined;
  const parsed = DateTime.fromISO(value, { setZone: true });
  return parsed.isValid ? parsed.toJSDate() : undefined;
}

function numberOf(midnight: number): number | undefined {
  return Number.isNaN(midnight) ? undefined : midnight / MS_PER_DAY;
}

import { dayIn } from '../../ui/wall-clock.ts';

/** The messages of one day. */
export interface Day<T> {
  /** The first moment that was seen of it. */
  readonly at: string;
  readonly messages: readonly T[];
}

/** Messages, the oldest first, by the days that they belong to where the organisation is. */
export function groupByDay<T extends { readonly createdAt: string }>(
  messages: readonly T[],
  timeZone: string,
): Day<T>[] {
  const days = Map.groupBy(messages, ({ createdAt }) => dayIn(timeZone, new Date(createdAt)));
  return [...days.values()].map((ofDay) => ({ at: ofDay[0]?.createdAt ?? '', messages: ofDay }));
}

/** A moment's time of day where the organisation is. */
export function formatTimeIn(timeZone: string, iso: string, locale?: string): string {
  return inZone(timeZone, { timeStyle: 'short' }, locale).format(new Date(iso));
}

/** Browsers do not all know every zone. */
function inZone(timeZone: string, options: Intl.DateTimeFormatOptions, locale?: string) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

import { toMajorUnits } from '@splitline/functions/contracts';

type Locale = string | undefined;

/** A day such as 2026-11-22 as a short label: Nov 22. */
function shortDay(day: string, locale?: Locale): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', timeZone: 'UTC' },
  });
  return format.format(new Date(day));
}

/** A stretch of days: one day, or the first and the last of it. */
export function spanLabel({ from, to }: { from: string; to: string }, locale?: Locale): string {
  return from === to
    ? shortDay(from, locale)
    : `${shortDay(from, locale)} – ${shortDay(to, locale)}`;
}

/** A month such as 2026-11: Nov 2026. */
export function monthLabel(month: string, locale?: Locale): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...{ month: 'short', year: 'numeric', timeZone: 'UTC' },
  });
  return format.format(new Date(`${month}-01`));
}

/** An amount for the side of a chart, where there is little room: $15K. */
export function shortMoney(minor: number, currency: string, locale?: Locale): string {
  return new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 },
  }).format(toMajorUnits(minor, currency));
}

export function wholeNumber(count: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale).format(count);
}

export function percent(share: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale, {
    ...{ style: 'percent', maximumFractionDigits: 0 },
  }).format(share);
}

/** A number of days with one digit after the point, if it has one. */
export function daysLabel(days: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 1 },
  }).format(days);
}

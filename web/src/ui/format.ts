import { toMajorUnits } from '@splitline/functions/contracts';

/** The reader's language and region; undefined leaves the choice to the browser. */
type Locale = string | undefined;

/**
 * An amount of minor units in the reader's notation with the currency's own digits, which are
 * left out when they are all zero: $15,000 and $15,000.50.
 */
export function formatMoney(minor: number, currency: string, locale?: Locale): string {
  // Intl's digits are those in everyday use, ISO 4217's are those we store; they differ for a few.
  const digits = Math.round(-Math.log10(toMajorUnits(1, currency)));
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(toMajorUnits(minor, currency));
}

/** A calendar day, which is stored as its midnight in UTC whatever the reader's zone. */
export function formatDay(day: Date, locale?: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(day);
}

/** A moment in the reader's zone. */
export function formatMoment(moment: Date, locale?: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    moment,
  );
}

/** A moment in a zone other than the reader's, as its text on the wire. */
export function formatMomentIn(timeZone: string, iso: string, locale?: Locale): string {
  return formatIn(timeZone, new Date(iso), { dateStyle: 'medium', timeStyle: 'short' }, locale);
}

/** The day that a moment belongs to where the organisation is. */
export function formatDayIn(timeZone: string, iso: string, locale?: Locale): string {
  return formatIn(timeZone, new Date(iso), { dateStyle: 'medium' }, locale);
}

/** Formats in the organisation's zone; browsers do not all know every zone, and UTC is named then. */
function formatIn(
  timeZone: string,
  moment: Date,
  options: Intl.DateTimeFormatOptions,
  locale: Locale,
): string {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(moment);
  } catch {
    return `${new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(moment)} UTC`;
  }
}

/** An amount with its sign in front, for what was added or taken. */
export function formatChange(minor: number, currency: string, locale?: Locale): string {
  return minor > 0
    ? `+${formatMoney(minor, currency, locale)}`
    : formatMoney(minor, currency, locale);
}

/** The reader's language, for texts that the server writes. */
export function readerLocale(): string {
  return navigator.language || 'en-US';
}

/** True when the day is over in the reader's zone. */
export function isPastDay(day: Date, now: Date): boolean {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return day.getTime() < today;
}

/** One or two letters for a person: those of the first and the last word of the name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

import { toMajorUnits } from '@splitline/functions/contracts';

/** The reader's language and region; undefined leaves the choice to the browser. */
type Locale = string | undefined;

/**
 * An amount of minor units in the reader's notation with the currency's own digits, which are
 * left out when they are all zero: $15,000 and $15,000.50.
 */
export function formatMoney(minor: number, currency: string, locale?: Locale): string {
  return moneyFormat(currency, locale).format(toMajorUnits(minor, currency));
}

/** Kept, as making one takes longer than all else about a card of the board. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, locale: Locale): Intl.NumberFormat {
  const key = `${currency} ${locale}`;
  const kept = moneyFormats.get(key);
  if (kept !== undefined) return kept;
  // Intl's digits are those in everyday use, ISO 4217's are those we store; they differ for a few.
  const digits = Math.round(-Math.log10(toMajorUnits(1, currency)));
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  });
  moneyFormats.set(key, made);
  return made;
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

const momentStyle = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** A moment in a zone, given as a date or as its text on the wire. */
export function formatMomentIn(timeZone: string, at: Date | string, locale?: Locale): string {
  return formatIn(timeZone, new Date(at), momentStyle, locale);
}

/** The same, naming the zone. */
export function formatMomentAndZone(timeZone: string, at: Date | string, locale?: Locale): string {
  return formatIn(timeZone, new Date(at), momentStyle, locale, ` ${nameOfZone(timeZone)}`);
}

/** The day that a moment belongs to in a zone. */
export function formatDayIn(timeZone: string, at: Date | string, locale?: Locale): string {
  return formatIn(timeZone, new Date(at), { dateStyle: 'medium' }, locale);
}

/** Formats in a zone; browsers do not all know every zone, and UTC is named then. */
function formatIn(
  timeZone: string,
  moment: Date,
  options: Intl.DateTimeFormatOptions,
  locale: Locale,
  zoneName = '',
): string {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(moment) + zoneName;
  } catch {
    return `${new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(moment)} UTC`;
  }
}

/** A zone as people write it: Europe/Berlin, America/New York. */
export function nameOfZone(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
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

/** True when the day is over on another, such as `2026-11-22`. */
export function isPastDay(day: Date, today: string): boolean {
  return day.toISOString().slice(0, 10) < today;
}

/** One or two letters for a person: those of the first and the last word of the name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

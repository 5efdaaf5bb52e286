import type { Period } from '../../data/payouts.ts';
import type { Query } from '../../data/port.ts';
import { formatDayIn } from '../../ui/format.ts';

/** A stretch of time that a statement can be of; `query` asks the REST door for it. */
export interface Span {
  readonly id: string;
  readonly label: string;
  readonly query: Query;
}

const MONTHS = 12;

/** This month and those before it, as days where the organisation is. */
export function monthSpans(now: Date, timeZone: string, locale?: string): Span[] {
  const [year, month] = yearAndMonthIn(timeZone, now);
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return Array.from({ length: MONTHS }, (_, back) => {
    const first = new Date(Date.UTC(year, month - back, 1));
    const last = new Date(Date.UTC(year, month - back + 1, 0));
    return {
      id: dayOf(first).slice(0, 7),
      label: name.format(first),
      query: { from: dayOf(first), to: dayOf(last) },
    };
  });
}

/** The payout periods, the latest first. */
export function periodSpans(
  periods: readonly Pick<Period, 'id' | 'startsAt' | 'endsAt' | 'timeZone'>[],
  locale?: string,
): Span[] {
  return periods.map((period) => ({
    id: period.id,
    label: periodLabel(period, locale),
    query: { periodId: period.id },
  }));
}

/** The first and the last day of a period. */
export function periodLabel(
  { startsAt, endsAt, timeZone }: Pick<Period, 'startsAt' | 'endsAt' | 'timeZone'>,
  locale?: string,
): string {
  const last = new Date(new Date(endsAt).getTime() - 1).toISOString();
  return `${formatDayIn(timeZone, startsAt, locale)} – ${formatDayIn(timeZone, last, locale)}`;
}

function yearAndMonthIn(timeZone: string, now: Date): [year: number, month: number] {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
      ...{ year: 'numeric', month: 'numeric' },
    }).formatToParts(now);
    const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return [numberOf('year'), numberOf('month') - 1];
  } catch {
    // A zone that this browser does not know.
    return [now.getUTCFullYear(), now.getUTCMonth()];
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

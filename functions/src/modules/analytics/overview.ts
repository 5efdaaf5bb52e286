import { toMajorUnits } from '../../platform/money.schema.ts';
import type { Overview, Totals, Year } from './analytics.schema.ts';
import { CYCLE_DAYS, NO_MONTH, WEIGHTED_PREFIX } from './contribution.ts';

/** What else stands in a tally is in small letters. */
const CURRENCY = /^[A-Z]{3}$/;

type Tally = Readonly<Record<string, number>>;
type Valued = Readonly<Record<string, Tally>>;

/** The rollups an overview is drawn from, and the days it is of. */
export interface OverviewInput {
  readonly totals: Totals;
  /** By year, such as `2026`: every year of the range and the present one. */
  readonly years: ReadonlyMap<string, Year>;
  readonly currency: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly today: string;
}

/**
 * The dashboard's figures. Open deals are those of now, in whatever stage they are; closed ones are
 * counted on the day they were closed, within the range. Amounts in other currencies than the
 * organisation's stand beside, never in, `value`.
 */
export function drawOverview(
  input: OverviewInput,
): Omit<Overview, 'asOf' | 'timeZone' | 'currency'> {
  const { totals, currency, startDate, endDate, today } = input;
  const days = [...input.years.values()].flatMap((year) => Object.entries(year.days));
  const inRange = days.filter(([day]) => day >= startDate && day <= endDate);
  const thisMonth = days.filter(([day]) => day.slice(0, 7) === today.slice(0, 7));
  const open = sumValued([totals.open]);
  const openTotal = sumTallies(Object.values(open));
  const stages = sumValued([totals.open, ...inRange.map(([, day]) => day.closed)]);
  return {
    metrics: {
      totalContacts: totals.contacts,
      newContactsThisMonth: sum(thisMonth.map(([, day]) => day.contacts)),
      totalLeads: totals.leads,
      newLeadsThisMonth: sum(thisMonth.map(([, day]) => day.leads)),
      activeDeals: openTotal.count ?? 0,
      dealsValue: majorUnits(openTotal, currency),
      dealsValueByCurrency: amounts(openTotal),
      appointmentsScheduled: sum(inRange.map(([, day]) => day.appointments)),
      messagesExchanged: sum(inRange.map(([, day]) => day.messages)),
      campaignsSent: sum(inRange.map(([, day]) => day.campaigns)),
      callsMade: sum(inRange.map(([, day]) => day.calls)),
    },
    charts: {
      contactsGrowth: contactsGrowth(input, inRange),
      dealsByStage: present(stages).map(([stage, tally]) => ({
        stage,
        count: tally.count ?? 0,
        value: majorUnits(tally, currency),
        valueByCurrency: amounts(tally),
      })),
      pipeline: present(open).map(([stage, tally]) => ({ stage, ...weighed(tally) })),
      forecast: present(totals.forecast)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, tally]) => ({
          month: month === NO_MONTH ? null : month,
          ...weighed(tally),
        })),
      closedByDay: closedByDay(inRange),
      leaderboard: leaderboard(input),
    },
    startDate,
    endDate,
  };
}

type Day = Year['days'][string];

/** How many of today's contacts there were at the end of each day on which one was added. */
function contactsGrowth(
  { totals, years, startDate, endDate }: OverviewInput,
  inRange: readonly (readonly [string, Day])[],
): Overview['charts']['contactsGrowth'] {
  const firstYear = startDate.slice(0, 4);
  const earlierYears = Object.entries(totals.contactsByYear)
    .filter(([year]) => year < firstYear)
    .map(([, count]) => count);
  const earlierDays = Object.entries(years.get(firstYear)?.days ?? {})
    .filter(([day]) => day < startDate)
    .map(([, day]) => day.contacts);
  const added = new Map(inRange.map(([day, { contacts }]) => [day, contacts]));
  const shown = [...added].filter(([, contacts]) => contacts !== 0).map(([day]) => day);
  let count = sum(earlierYears) + sum(earlierDays);
  return [...new Set([startDate, ...shown, endDate])].sort().map((date) => {
    count += added.get(date) ?? 0;
    return { date, count };
  });
}

function closedByDay(
  inRange: readonly (readonly [string, Day])[],
): Overview['charts']['closedByDay'] {
  return inRange
    .flatMap(([date, { closed }]) =>
      present(closed).map(([stage, tally]) => ({
        date,
        stage,
        count: tally.count ?? 0,
        cycleDays: tally[CYCLE_DAYS] ?? 0,
        valueByCurrency: amounts(tally),
      })),
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Months count as a whole; who won most deals comes first. */
function leaderboard({
  years,
  startDate,
  endDate,
}: OverviewInput): Overview['charts']['leaderboard'] {
  const [first, last] = [startDate.slice(0, 7), endDate.slice(0, 7)];
  const parts = [...years.values()].map(({ people }) =>
    Object.fromEntries(
      Object.entries(people).map(([uid, months]) => {
        const shown = Object.entries(months).filter(([month]) => month >= first && month <= last);
        return [uid, sumTallies(shown.map(([, tally]) => tally))];
      }),
    ),
  );
  return present(sumValued(parts))
    .map(([userId, tally]) => ({
      ...{ userId, count: tally.count ?? 0, valueByCurrency: amounts(tally) },
    }))
    .sort((a, b) => b.count - a.count || (a.userId < b.userId ? -1 : 1));
}

/** The groups that have anything in them. */
function present(groups: Valued): [string, Tally][] {
  return Object.entries(groups).filter(([, tally]) => (tally.count ?? 0) > 0);
}

function weighed(tally: Tally) {
  const weighted = Object.entries(tally)
    .filter(([key]) => key.startsWith(WEIGHTED_PREFIX))
    .map(([key, amountMinor]) => [key.slice(WEIGHTED_PREFIX.length), amountMinor]);
  return {
    count: tally.count ?? 0,
    valueByCurrency: amounts(tally),
    weightedByCurrency: amounts(Object.fromEntries(weighted)),
  };
}

function sumValued(parts: readonly Valued[]): Record<string, Tally> {
  const stages = new Set(parts.flatMap((part) => Object.keys(part)));
  return Object.fromEntries(
    [...stages].map((stage) => [stage, sumTallies(parts.map((part) => part[stage] ?? {}))]),
  );
}

function sumTallies(tallies: readonly Tally[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [key, amount] of tallies.flatMap((tally) => Object.entries(tally))) {
    total[key] = (total[key] ?? 0) + amount;
  }
  return total;
}

function amounts(tally: Tally): { currency: string; amountMinor: number }[] {
  return Object.entries(tally)
    .filter(([key, amountMinor]) => CURRENCY.test(key) && amountMinor !== 0)
    .map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

function majorUnits(tally: Tally, currency: string): number {
  return toMajorUnits(tally[currency] ?? 0, currency);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

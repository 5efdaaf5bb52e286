import { toMajorUnits } from '../../platform/money.schema.ts';
import type { Overview, Totals, Year } from './analytics.schema.ts';

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
export function drawOverview(input: OverviewInput): Omit<Overview, 'asOf'> {
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
      dealsByStage: Object.entries(stages)
        .filter(([, tally]) => (tally.count ?? 0) > 0)
        .map(([stage, tally]) => ({
          stage,
          count: tally.count ?? 0,
          value: majorUnits(tally, currency),
          valueByCurrency: amounts(tally),
        })),
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
    .filter(([key, amountMinor]) => key !== 'count' && amountMinor !== 0)
    .map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

function majorUnits(tally: Tally, currency: string): number {
  return toMajorUnits(tally[currency] ?? 0, currency);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

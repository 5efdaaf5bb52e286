import type { Stage } from '@splitline/functions/contracts';
import type { Dashboard } from '../../data/analytics.ts';
import type { Stored } from '../../data/port.ts';
import { addDays, daysOf } from './ranges.ts';

/** What of the stages the figures need. */
export type StageLook = Pick<
  Stored<Stage>,
  'id' | 'name' | 'kind' | 'colour' | 'systemKey' | 'sortOrder'
>;

type Amounts = Dashboard['charts']['pipeline'][number]['valueByCurrency'];

export interface StageFigure {
  readonly stage: string;
  readonly colour: Stage['colour'];
  readonly count: number;
  readonly valueMinor: number;
  readonly weightedMinor: number;
}

export interface ForecastFigure {
  /** Such as 2026-11; undefined for deals without a date. */
  readonly month: string | undefined;
  readonly isPast: boolean;
  readonly count: number;
  readonly valueMinor: number;
  readonly weightedMinor: number;
}

/** What was closed in a day, a week or a month. */
export interface ClosedFigure {
  readonly from: string;
  readonly to: string;
  readonly won: number;
  readonly lost: number;
  readonly wonMinor: number;
}

/** What was closed, all together. */
export interface ClosedTotal {
  readonly won: number;
  readonly lost: number;
  readonly wonMinor: number;
  /** Of the deals that were closed, how many were won; undefined when none was closed. */
  readonly winRate: number | undefined;
  /** How many days a won deal took on average; undefined when none was won. */
  readonly cycleDays: number | undefined;
}

const DAYS_BY_DAY = 31;
const DAYS_BY_WEEK = 120;
const DAYS_A_WEEK = 7;

/** The currencies that there are figures in, the organisation's first. */
export function currenciesOf({ charts, currency }: Dashboard): readonly string[] {
  const all = [
    ...charts.pipeline,
    ...charts.forecast,
    ...charts.closedByDay,
    ...charts.leaderboard,
  ].flatMap(({ valueByCurrency }) => valueByCurrency.map((amount) => amount.currency));
  return [...new Set([currency, ...all.sort()])];
}

/** What is open in each stage, in their order; stages without deals too. */
export function pipelineOf(
  { charts }: Dashboard,
  stages: readonly StageLook[],
  currency: string,
): readonly StageFigure[] {
  const byKey = new Map(charts.pipeline.map((one) => [one.stage, one]));
  return stages
    .filter(({ kind }) => kind === 'open')
    .sort((a, b) => a.sortOrder - b.sortOrder)
    .map((stage) => {
      const figure = byKey.get(keyOf(stage));
      return {
        ...{ stage: stage.name, colour: stage.colour, count: figure?.count ?? 0 },
        valueMinor: amountIn(figure?.valueByCurrency, currency),
        weightedMinor: amountIn(figure?.weightedByCurrency, currency),
      };
    });
}

/** What is expected to close in each month; without a date comes last. */
export function forecastOf(
  { charts }: Dashboard,
  currency: string,
  today: string,
): readonly ForecastFigure[] {
  const figures = charts.forecast.map(({ month, count, valueByCurrency, weightedByCurrency }) => ({
    month: month ?? undefined,
    isPast: month !== null && month < today.slice(0, 7),
    count,
    valueMinor: amountIn(valueByCurrency, currency),
    weightedMinor: amountIn(weightedByCurrency, currency),
  }));
  return figures.sort((a, b) => ((a.month ?? '9999') < (b.month ?? '9999') ? -1 : 1));
}

/** What was won and lost, by days, weeks or months, whatever the range has room for. */
export function closedOf(
  dashboard: Dashboard,
  stages: readonly StageLook[],
  currency: string,
): readonly ClosedFigure[] {
  const closed = withKinds(dashboard, stages);
  return spansOf(dashboard.startDate, dashboard.endDate).map(({ from, to }) => {
    const within = closed.filter(({ date }) => date >= from && date <= to);
    const { won, lost, wonMinor } = totalOf(within, currency);
    return { from, to, won, lost, wonMinor };
  });
}

/** The same for the whole range, with what follows from it. */
export function closedTotalOf(
  dashboard: Dashboard,
  stages: readonly StageLook[],
  currency: string,
): ClosedTotal {
  return totalOf(withKinds(dashboard, stages), currency);
}

type Closed = Dashboard['charts']['closedByDay'][number] & {
  readonly kind: Stage['kind'] | undefined;
};

function withKinds({ charts }: Dashboard, stages: readonly StageLook[]): readonly Closed[] {
  const kinds = new Map(stages.map((stage) => [keyOf(stage), stage.kind]));
  return charts.closedByDay.map((one) => ({ ...one, kind: kinds.get(one.stage) }));
}

function totalOf(closed: readonly Closed[], currency: string): ClosedTotal {
  const wonOnes = closed.filter(({ kind }) => kind === 'won');
  const won = sum(wonOnes.map(({ count }) => count));
  const lost = sum(closed.filter(({ kind }) => kind === 'lost').map(({ count }) => count));
  return {
    ...{ won, lost },
    wonMinor: sum(wonOnes.map(({ valueByCurrency }) => amountIn(valueByCurrency, currency))),
    winRate: won + lost === 0 ? undefined : won / (won + lost),
    cycleDays: won === 0 ? undefined : sum(wonOnes.map(({ cycleDays }) => cycleDays)) / won,
  };
}

/** The days, weeks or months of a range; the first and the last may be cut. */
export function spansOf(from: string, to: string): { from: string; to: string }[] {
  const days = daysOf({ from, to });
  const spans: { from: string; to: string }[] = [];
  for (let start = from; start <= to; start = addDays(spans.at(-1)?.to ?? to, 1)) {
    const end = days > DAYS_BY_WEEK ? endOfMonth(start) : addDays(start, stepOf(days) - 1);
    spans.push({ from: start, to: end < to ? end : to });
  }
  return spans;
}

function stepOf(days: number): number {
  return days > DAYS_BY_DAY ? DAYS_A_WEEK : 1;
}

function endOfMonth(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** What a deal counts under: the stage's fixed key, or its id. */
function keyOf({ systemKey, id }: Pick<StageLook, 'systemKey' | 'id'>): string {
  return systemKey ?? id;
}

export function amountIn(amounts: Amounts | undefined, currency: string): number {
  return amounts?.find((amount) => amount.currency === currency)?.amountMinor ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

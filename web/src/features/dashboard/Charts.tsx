import { formatMoney } from '../../ui/format.ts';
import { ChartCard } from './ChartCard.tsx';
import type { ClosedFigure, ForecastFigure, StageFigure } from './figures.ts';
import { monthLabel, percent, shortMoney, spanLabel, wholeNumber } from './notation.ts';

interface Priced {
  readonly currency: string;
}

function inMoney(currency: string) {
  return {
    format: (minor: number) => formatMoney(minor, currency),
    shortFormat: (minor: number) => shortMoney(minor, currency),
  };
}

const value = { key: 'value', name: 'Value', colour: 'var(--accent)' };
const weighted = { key: 'weighted', name: 'Weighted', colour: 'var(--stage-teal)' };

/** What is open in each stage. */
export function PipelineChart({
  figures,
  currency,
}: Priced & { readonly figures: readonly StageFigure[] }) {
  const money = inMoney(currency);
  return (
    <ChartCard
      title="Pipeline by stage"
      lead={`Open deals as of now in ${currency}; weighted by their probability.`}
      bars={figures.map(({ stage, valueMinor, weightedMinor }) => ({
        label: stage,
        values: { value: valueMinor, weighted: weightedMinor },
      }))}
      series={[value, weighted]}
      {...money}
      columns={amountColumns('Stage')}
      rows={figures.map(({ stage, ...figure }) => [stage, ...amountCells(figure, money.format)])}
      isEmpty={figures.every(({ count }) => count === 0)}
      empty="No deals are open."
    />
  );
}

/** What is expected to close when. */
export function ForecastChart({
  figures,
  currency,
}: Priced & { readonly figures: readonly ForecastFigure[] }) {
  const money = inMoney(currency);
  const labelled = figures.map((figure) => ({ ...figure, label: forecastLabel(figure) }));
  return (
    <ChartCard
      title="Forecast"
      lead={`Open deals by the month of their expected close, in ${currency}.`}
      bars={labelled.map(({ label, valueMinor, weightedMinor }) => ({
        label,
        values: { value: valueMinor, weighted: weightedMinor },
      }))}
      series={[value, weighted]}
      {...money}
      columns={amountColumns('Expected close')}
      rows={labelled.map(({ label, ...figure }) => [label, ...amountCells(figure, money.format)])}
      isEmpty={figures.length === 0}
      empty="No deals are open."
    />
  );
}

function forecastLabel({ month, isPast }: ForecastFigure): string {
  if (month === undefined) return 'No date';
  return isPast ? `${monthLabel(month)} (overdue)` : monthLabel(month);
}

function amountColumns(first: string) {
  return [
    { name: first },
    { name: 'Deals', isNumber: true },
    { name: 'Value', isNumber: true },
    { name: 'Weighted', isNumber: true },
  ];
}

function amountCells(
  figure: Pick<StageFigure, 'count' | 'valueMinor' | 'weightedMinor'>,
  format: (minor: number) => string,
): readonly string[] {
  const { count, valueMinor, weightedMinor } = figure;
  return [wholeNumber(count), format(valueMinor), format(weightedMinor)];
}

/** What was won over time. */
export function WonChart({
  figures,
  currency,
}: Priced & { readonly figures: readonly ClosedFigure[] }) {
  const money = inMoney(currency);
  return (
    <ChartCard
      title="Won over time"
      lead={`Value of the deals won, in ${currency}.`}
      bars={figures.map((figure) => ({
        label: spanLabel(figure),
        values: { value: figure.wonMinor },
      }))}
      series={[{ ...value, name: 'Won', colour: 'var(--stage-green)' }]}
      {...money}
      columns={[
        { name: 'Closed' },
        { name: 'Won deals', isNumber: true },
        { name: 'Won value', isNumber: true },
      ]}
      rows={figures.map((figure) => [
        spanLabel(figure),
        wholeNumber(figure.won),
        money.format(figure.wonMinor),
      ])}
      isEmpty={figures.every(({ won }) => won === 0)}
      empty="No deal was won in these days."
    />
  );
}

/** How many of those that were closed were won. */
export function WinRateChart({ figures }: { readonly figures: readonly ClosedFigure[] }) {
  return (
    <ChartCard
      title="Won and lost"
      lead="Number of deals closed, in all currencies."
      bars={figures.map((figure) => ({
        label: spanLabel(figure),
        values: { won: figure.won, lost: figure.lost },
      }))}
      series={[
        { key: 'won', name: 'Won', colour: 'var(--stage-green)' },
        { key: 'lost', name: 'Lost', colour: 'var(--stage-red)' },
      ]}
      format={wholeNumber}
      shortFormat={wholeNumber}
      columns={[
        { name: 'Closed' },
        { name: 'Won', isNumber: true },
        { name: 'Lost', isNumber: true },
        { name: 'Win rate', isNumber: true },
      ]}
      rows={figures.map((figure) => {
        const { won, lost } = figure;
        const rate = won + lost === 0 ? '–' : percent(won / (won + lost));
        return [spanLabel(figure), wholeNumber(won), wholeNumber(lost), rate];
      })}
      isEmpty={figures.every(({ won, lost }) => won + lost === 0)}
      empty="No deal was closed in these days."
    />
  );
}

export interface Leader {
  readonly name: string;
  readonly count: number;
  readonly wonMinor: number;
}

/** Who won most. */
export function LeaderboardChart({
  leaders,
  months,
  currency,
}: Priced & { readonly leaders: readonly Leader[]; readonly months: string }) {
  const money = inMoney(currency);
  return (
    <ChartCard
      title="Leaderboard"
      lead={`Value of the deals won by owner, in ${currency}. Whole months: ${months}.`}
      bars={leaders.map(({ name, wonMinor }) => ({ label: name, values: { value: wonMinor } }))}
      series={[{ ...value, name: 'Won', colour: 'var(--stage-violet)' }]}
      {...money}
      isLying
      columns={[
        { name: 'Owner' },
        { name: 'Won deals', isNumber: true },
        { name: 'Won value', isNumber: true },
      ]}
      rows={leaders.map(({ name, count, wonMinor }) => [
        name,
        wholeNumber(count),
        money.format(wonMinor),
      ])}
      isEmpty={leaders.length === 0}
      empty="Nobody has won a deal in these months."
    />
  );
}

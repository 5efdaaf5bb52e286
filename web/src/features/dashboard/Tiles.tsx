import { formatMoney } from '../../ui/format.ts';
import type { ClosedTotal, StageFigure } from './figures.ts';
import { daysLabel, percent, wholeNumber } from './notation.ts';

interface TilesProps {
  readonly pipeline: readonly StageFigure[];
  readonly closed: ClosedTotal;
  readonly currency: string;
}

/** The figures that one looks at first. */
export function Tiles({ pipeline, closed, currency }: TilesProps) {
  const sum = (pick: (figure: StageFigure) => number) =>
    pipeline.reduce((total, figure) => total + pick(figure), 0);
  const { won, lost, wonMinor, winRate, cycleDays } = closed;
  const tiles = [
    {
      name: 'Open pipeline',
      value: formatMoney(
        sum(({ valueMinor }) => valueMinor),
        currency,
      ),
      detail: `${deals(sum(({ count }) => count))} · ${formatMoney(
        sum(({ weightedMinor }) => weightedMinor),
        currency,
      )} weighted`,
    },
    { name: 'Won', value: formatMoney(wonMinor, currency), detail: deals(won) },
    {
      name: 'Win rate',
      value: winRate === undefined ? '–' : percent(winRate),
      detail: `${wholeNumber(won)} won, ${wholeNumber(lost)} lost`,
    },
    {
      name: 'Cycle length',
      value: cycleDays === undefined ? '–' : daysLabel(cycleDays),
      detail: 'on average, from creation to won',
    },
  ];
  return (
    <dl className="tiles">
      {tiles.map(({ name, value, detail }) => (
        <div key={name} className="tiles__tile">
          <dt className="soft small">{name}</dt>
          <dd className="tiles__value amount">{value}</dd>
          <dd className="soft small">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}

function deals(count: number): string {
  return `${wholeNumber(count)} ${count === 1 ? 'deal' : 'deals'}`;
}

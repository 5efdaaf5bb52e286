import { lazy, Suspense, useId, useState } from 'react';
import type { Bars, Series } from './BarsChart.tsx';

/** The library of charts comes when there is a chart to draw. */
const BarsChart = lazy(() => import('./BarsChart.tsx'));

export interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

interface ChartCardProps {
  readonly title: string;
  /** What is shown, in a sentence. */
  readonly lead: string;
  readonly bars: readonly Bars[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly shortFormat: (value: number) => string;
  readonly isLying?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Stands in place of a chart that would be empty. */
  readonly empty: string;
  readonly isEmpty: boolean;
}

/** A chart with the table of what it shows. */
export function ChartCard(props: ChartCardProps) {
  const { title, lead, columns, rows, isEmpty, empty, ...chart } = props;
  const [isTable, setIsTable] = useState(false);
  const tableId = useId();
  return (
    <figure className="chart" aria-label={title}>
      <figcaption className="chart__head">
        <h2 className="section__title">{title}</h2>
        {!isEmpty && (
          <button
            className="button button--quiet button--small"
            type="button"
            aria-expanded={isTable}
            aria-controls={tableId}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? 'Hide table' : 'Show table'}
          </button>
        )}
        <p className="chart__lead soft small">{lead}</p>
      </figcaption>
      {isEmpty ? (
        <p className="rows__empty">{empty}</p>
      ) : (
        <div className="chart__drawing" role="img" aria-label={`Chart: ${title}. ${lead}`}>
          <Suspense fallback={<p className="soft chart__wait">Drawing the chart…</p>}>
            <BarsChart {...chart} />
          </Suspense>
        </div>
      )}
      <div id={tableId}>{isTable && <Table {...{ title, columns, rows }} />}</div>
    </figure>
  );
}

function Table({ title, columns, rows }: Pick<ChartCardProps, 'title' | 'columns' | 'rows'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className="chart__table" tabIndex={0} aria-label={`Table: ${title}`}>
      <table className="table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={isNumber ? 'table__amount' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...cells]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]?.name} className="table__amount amount">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

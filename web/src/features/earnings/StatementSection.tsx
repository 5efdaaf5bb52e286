import type { Dispute } from '@splitline/functions/contracts';
import { useId, useState } from 'react';
import type { Query, Stored, WorkspaceData } from '../../data/port.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { StatementActions } from './StatementActions.tsx';
import { StatementLines } from './StatementLines.tsx';
import type { Span } from './spans.ts';
import { useSpans } from './useSpans.ts';

interface StatementSectionProps {
  readonly data: WorkspaceData;
  readonly payeeId: string;
  readonly isOwn: boolean;
  readonly signal: string;
  /** The payee's own, so that a line says what is disputed already. */
  readonly disputes: readonly Stored<Dispute>[];
}

/** The payee's statement of a month or payout period. */
export function StatementSection({ data, payeeId, ...shown }: StatementSectionProps) {
  const spans = useSpans(data.rest);
  const [chosen, setChosen] = useState<string>();
  if (spans.status === 'loading') return <Loading what="the statement" />;
  if (spans.status === 'failed') {
    return (
      <Failure
        title="The statement cannot be shown"
        message={spans.problem.message}
        onRetry={spans.reload}
      />
    );
  }
  const { months, periods } = spans.value;
  const span = [...months, ...periods].find(({ id }) => id === chosen) ?? months[0];
  if (span === undefined) return null;
  const query: Query = { userId: payeeId, ...span.query };
  return (
    <section className="section" aria-labelledby="statement-title">
      <div className="section__head">
        <h2 className="section__title" id="statement-title">
          Statement
        </h2>
        <div className="page__actions">
          <SpanPicker months={months} periods={periods} chosen={span.id} onChoose={setChosen} />
          <StatementActions rest={data.rest} query={query} name={span.id} />
        </div>
      </div>
      <StatementLines key={span.id} data={data} query={query} {...shown} />
    </section>
  );
}

interface SpanPickerProps {
  readonly months: readonly Span[];
  readonly periods: readonly Span[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function SpanPicker({ months, periods, chosen, onChoose }: SpanPickerProps) {
  const id = useId();
  const optionsOf = (spans: readonly Span[]) =>
    spans.map((span) => (
      <option key={span.id} value={span.id}>
        {span.label}
      </option>
    ));
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        Statement of
      </label>
      <select
        id={id}
        className="input input--span"
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
      >
        <optgroup label="Months">{optionsOf(months)}</optgroup>
        {periods.length > 0 && <optgroup label="Payout periods">{optionsOf(periods)}</optgroup>}
      </select>
    </>
  );
}

import type { Dispute, Statement, StatementLine } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Query, Stored, WorkspaceData } from '../../data/port.ts';
import { formatDayIn, formatMoney, nameOfZone } from '../../ui/format.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { DisputeDialog } from '../disputes/DisputeDialog.tsx';
import { StatementRow } from './StatementRow.tsx';
import { useStatement } from './useStatement.ts';

interface StatementLinesProps {
  readonly data: WorkspaceData;
  readonly query: Query;
  readonly isOwn: boolean;
  readonly signal: string;
  readonly disputes: readonly Stored<Dispute>[];
}

/** The lines of a statement between what was owed before and after them. */
export function StatementLines({ data, query, isOwn, signal, disputes }: StatementLinesProps) {
  const { statement, showMore } = useStatement(data.rest, query, signal);
  const [disputed, setDisputed] = useState<StatementLine>();
  if (statement.status === 'loading') return <Loading what="the statement" />;
  if (statement.status === 'failed') {
    return (
      <Failure
        title="The statement cannot be shown"
        message={statement.problem.message}
        onRetry={statement.reload}
      />
    );
  }
  const { value, problem, reload } = statement;
  const open = new Map(
    disputes.flatMap((each) => (each.status === 'open' ? [[each.dealId, each]] : [])),
  );
  const titles = titlesIn(value.lines);
  return (
    <>
      <Stale problem={problem} reload={reload} />
      <div className="rows">
        <Owed statement={value} at="opening" />
        {value.lines.length === 0 && (
          <p className="rows__empty">Nothing was posted in this time.</p>
        )}
        <ol>
          {value.lines.map((line) => (
            <StatementRow
              key={line.entryId}
              rest={data.rest}
              line={line}
              dealTitle={titles.get(line.dealId)}
              timeZone={value.timeZone}
              isDisputed={line.dealId !== null && open.has(line.dealId)}
              onDispute={isOwn ? () => setDisputed(line) : undefined}
            />
          ))}
        </ol>
        {value.nextCursor !== null && (
          <p className="rows__row statement__more">
            <button className="button" type="button" onClick={showMore}>
              Show more
            </button>
          </p>
        )}
        <Owed statement={value} at="closing" />
      </div>
      <p className="soft small">
        Days and times are those of your organisation, in {nameOfZone(value.timeZone)}.
      </p>
      {disputed !== undefined && (
        <DisputeDialog rest={data.rest} line={disputed} onClose={() => setDisputed(undefined)} />
      )}
    </>
  );
}

/** What the deals are called, by id: a hold or an adjustment does not carry the name itself. */
function titlesIn(lines: readonly StatementLine[]): ReadonlyMap<string | null, string> {
  return new Map(
    lines.flatMap(({ dealId, dealTitle }) => (dealTitle ? [[dealId, dealTitle]] : [])),
  );
}

interface OwedProps {
  readonly statement: Statement;
  readonly at: 'opening' | 'closing';
}

/** What was owed at the beginning or the end of the time. */
function Owed({ statement: { currencies, from, to, timeZone, final }, at }: OwedProps) {
  if (currencies.length === 0) return null;
  const last = new Date(new Date(to).getTime() - 1).toISOString();
  const name =
    at === 'opening'
      ? `Owed before ${formatDayIn(timeZone, from)}`
      : final
        ? `Owed after ${formatDayIn(timeZone, last)}`
        : 'Owed so far';
  return (
    <p className={`rows__row statement__owed statement__owed--${at}`}>
      <span>{name}</span>
      <span className="amount">
        {currencies
          .map(({ currency, [at]: accounts }) => formatMoney(accounts.owedMinor, currency))
          .join(' · ')}
      </span>
    </p>
  );
}

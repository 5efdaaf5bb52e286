import type { StatementLine } from '@splitline/functions/contracts';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { Rest } from '../../data/port.ts';
import { formatChange, formatMomentIn, formatMoney } from '../../ui/format.ts';
import { movedMinor } from './moved.ts';
import { WhyEntry } from './WhyEntry.tsx';

interface StatementRowProps {
  readonly rest: Rest;
  readonly line: StatementLine;
  readonly dealTitle: string | undefined;
  readonly timeZone: string;
  readonly isDisputed: boolean;
  /** Absent where the earnings are somebody else's. */
  readonly onDispute: (() => void) | undefined;
}

/** What the payee can contest: the amount that a deal earns. */
const CONTESTABLE: readonly string[] = ['earning', 'override', 'clawback', 'restatement'];

/** One posting: when, what for, how much, and on demand why. */
export function StatementRow({ rest, line, dealTitle, ...props }: StatementRowProps) {
  const { timeZone, isDisputed, onDispute } = props;
  const [isOpen, setIsOpen] = useState(false);
  const whyId = useId();
  const { currency, dealId, description, earnedMinor, note } = line;
  const isContestable = dealId !== null && CONTESTABLE.includes(line.reason);
  return (
    <li className="rows__row line">
      <div className="line__what">
        <p>
          <span className="line__description">{description}</span>
          {dealId !== null && (
            <>
              {' · '}
              <Link href={`/deals/${dealId}`}>{dealTitle ?? 'the deal'}</Link>
            </>
          )}
        </p>
        <p className="soft small">
          <time dateTime={line.postedAt}>{formatMomentIn(timeZone, line.postedAt)}</time>
          {note !== null && <> · {note}</>}
        </p>
      </div>
      <p className="line__amount">
        {earnedMinor === 0 ? (
          <span className="amount soft">{formatMoney(movedMinor(line), currency)}</span>
        ) : (
          <span className="amount" data-loss={earnedMinor < 0}>
            {formatChange(earnedMinor, currency)}
          </span>
        )}
        <span className="amount soft small">{formatMoney(line.owedMinor, currency)} owed</span>
      </p>
      <div className="line__actions">
        <button
          className="button button--small"
          type="button"
          aria-expanded={isOpen}
          aria-controls={whyId}
          onClick={() => setIsOpen(!isOpen)}
        >
          Why?
        </button>
        {onDispute !== undefined && isContestable && !isDisputed && (
          <button className="button button--small" type="button" onClick={onDispute}>
            Dispute…
          </button>
        )}
        {isDisputed && isContestable && (
          <span className="tag" data-tone="warning">
            In dispute
          </span>
        )}
      </div>
      <div id={whyId} className="line__why" hidden={!isOpen}>
        {isOpen && <WhyEntry rest={rest} entryId={line.entryId} />}
      </div>
    </li>
  );
}

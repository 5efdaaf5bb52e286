import type { Deal, Split, User } from '@splitline/functions/contracts';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import { useLive } from '../../../data/useLive.ts';
import { formatMoney } from '../../../ui/format.ts';
import { Person } from '../../../ui/Person.tsx';
import type { Pipeline } from '../usePipeline.ts';
import { DealPreview } from './DealPreview.tsx';

/** Of use when somebody asks. */
const DealWhy = lazy(() => import('./DealWhy.tsx'));
const AdjustmentDialog = lazy(() => import('./AdjustmentDialog.tsx'));

interface DealEarningsProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
  readonly isOverseen: boolean;
}

/** What people earn on the deal, as far as the member may see it; nothing until there is something. */
export function DealEarnings({ data, member, deal, pipeline, isOverseen }: DealEarningsProps) {
  const live = useLive(
    useMemo(() => data.watchDealSplits(member, deal.id), [data, member, deal.id]),
  );
  if (live.status === 'failed') {
    return (
      <p className="message message--warning" role="alert">
        What this deal earns cannot be shown.{' '}
        <button className="button button--quiet" type="button" onClick={live.retry}>
          Try again
        </button>
      </p>
    );
  }
  const lines = live.status === 'ready' ? live.value.records.flatMap(linesOf) : [];
  if (lines.length === 0) {
    if (deal.stageKind === 'open') {
      return <DealPreview rest={data.rest} deal={deal} people={pipeline.people} />;
    }
    if (live.status === 'loading' || deal.stageKind !== 'won') return null;
  }
  return (
    <section className="side-panel__section" aria-label="Earnings">
      <div className="side-panel__head">
        <h3>Earnings</h3>
        {isOverseen && <Adjust {...{ data, member, deal, pipeline }} />}
      </div>
      {lines.length === 0 && (
        <p className="soft">
          {deal.termsId === null
            ? 'No commission plan was in force when this deal was won.'
            : 'Nothing yet that you can see. What a win pays appears here within seconds.'}
        </p>
      )}
      <ul className="earned__list">
        {lines.map((line) => (
          <EarnedLine
            key={line.key}
            line={line}
            name={pipeline.people.get(line.uid)?.name}
            {...{ data, member, deal }}
          />
        ))}
      </ul>
    </section>
  );
}

/** Asks for a correction that no plan gives. */
function Adjust({ data, member, deal, pipeline }: Omit<DealEarningsProps, 'isOverseen'>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button className="button button--small" type="button" onClick={() => setIsOpen(true)}>
        Adjust…
      </button>
      {isOpen && (
        <Suspense>
          <AdjustmentDialog
            {...{ rest: data.rest, member, deal, people: pipeline.people }}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

interface EarnedLineProps extends Omit<DealEarningsProps, 'pipeline' | 'isOverseen'> {
  readonly line: ReturnType<typeof linesOf>[number];
  readonly name: string | undefined;
}

/** What one person earns, and on demand why. */
function EarnedLine({ line, name, ...props }: EarnedLineProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { uid, currency, amount, held } = line;
  return (
    <li>
      <div className="earned__line">
        <Person name={name} />
        <span className="earned__amount">
          {amount}
          {held !== undefined && <span className="earned__held">{held} held for a dispute</span>}
        </span>
        <button
          className="button button--small"
          type="button"
          aria-expanded={isOpen}
          aria-label={`Why ${amount}?`}
          onClick={() => setIsOpen(!isOpen)}
        >
          Why?
        </button>
      </div>
      {isOpen && (
        <div className="earned__why">
          <Suspense fallback={<p className="soft">Looking it up…</p>}>
            <DealWhy {...props} uid={uid} currency={currency} />
          </Suspense>
        </div>
      )}
    </li>
  );
}

/** One line a person and currency; what has come to nothing again is left out. */
function linesOf({ ownerId: uid, earnedMinor, heldMinor }: Stored<Split>) {
  return Object.entries(earnedMinor)
    .filter(([, minor]) => minor !== 0)
    .map(([currency, minor]) => {
      const held = heldMinor[currency] ?? 0;
      return {
        ...{ key: `${uid} ${currency}`, uid, currency, amount: formatMoney(minor, currency) },
        held: held === 0 ? undefined : formatMoney(held, currency),
      };
    });
}

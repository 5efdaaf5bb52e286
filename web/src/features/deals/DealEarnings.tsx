import type { Deal, Split, User } from '@splitline/functions/contracts';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { formatMoney } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import type { Pipeline } from './usePipeline.ts';

/** Of use when somebody asks; the board does without them. */
const DealWhy = lazy(() => import('./DealWhy.tsx'));
const DealPreview = lazy(() => import('./DealPreview.tsx'));

interface DealEarningsProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
}

/** What people earn on the deal, as far as the member may see it; nothing until there is something. */
export function DealEarnings({ data, member, deal, pipeline }: DealEarningsProps) {
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
    return deal.stageKind === 'open' ? (
      <Suspense>
        <DealPreview rest={data.rest} deal={deal} people={pipeline.people} />
      </Suspense>
    ) : (
      <NoEarnings deal={deal} isLoading={live.status === 'loading'} />
    );
  }
  return (
    <section className="earned" aria-label="Earnings">
      <h2 className="earned__heading">Earnings</h2>
      <ul className="earned__list">
        {lines.map((line) => (
          <EarnedLine
            key={line.key}
            line={line}
            name={pipeline.people.get(line.uid)?.name}
            data={data}
            member={member}
            deal={deal}
          />
        ))}
      </ul>
    </section>
  );
}

interface EarnedLineProps extends Omit<DealEarningsProps, 'pipeline'> {
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

function NoEarnings({ deal, isLoading }: { readonly deal: Deal; readonly isLoading: boolean }) {
  if (isLoading || deal.stageKind !== 'won') return null;
  return (
    <section className="earned" aria-label="Earnings">
      <h2 className="earned__heading">Earnings</h2>
      <p className="earned__none">
        {deal.termsId === null
          ? 'No commission plan was in force when this deal was won.'
          : 'Nothing yet that you can see. What a win pays appears here within seconds.'}
      </p>
    </section>
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

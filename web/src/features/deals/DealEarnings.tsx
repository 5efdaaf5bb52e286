import type { Deal, Split, User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { formatMoney } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import type { Pipeline } from './usePipeline.ts';

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
  if (lines.length === 0) return <NoEarnings deal={deal} isLoading={live.status === 'loading'} />;
  return (
    <section className="earned" aria-label="Earnings">
      <h2 className="earned__heading">Earnings</h2>
      <ul className="earned__list">
        {lines.map(({ key, uid, amount, held }) => (
          <li key={key} className="earned__line">
            <Person name={pipeline.people.get(uid)?.name} />
            <span className="earned__amount">
              {amount}
              {held !== undefined && (
                <span className="earned__held">{held} held for a dispute</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
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
        ...{ key: `${uid} ${currency}`, uid, amount: formatMoney(minor, currency) },
        held: held === 0 ? undefined : formatMoney(held, currency),
      };
    });
}

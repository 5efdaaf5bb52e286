import type { User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import { MAX_LISTED_DEALS, type Stored, type WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { formatMoney } from '../../ui/format.ts';
import { DealRow } from '../records/DealRow.tsx';

interface ContactDealsProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly contactId: string;
}

/**
 * The deals with a contact, live. Security rules allow no query by contact beside the one by who may
 * see a deal, so they are picked from the deals that the board shows too.
 */
export function ContactDeals({ data, member, contactId }: ContactDealsProps) {
  const live = useLive(useMemo(() => data.watchDeals(member), [data, member]));
  const stages = useLive(data.watchStages);
  const stageOf = (id: string) =>
    stages.status === 'ready' ? stages.value.records.find((stage) => stage.id === id) : undefined;
  const all = live.status === 'ready' ? live.value.records : [];
  const deals = all.filter(({ contactIds }) => contactIds.includes(contactId));
  const isCut = live.status === 'ready' && all.length + live.value.unreadable >= MAX_LISTED_DEALS;
  return (
    <section className="side-panel__section" aria-label="Deals">
      <h3>Deals</h3>
      {live.status === 'loading' && <p className="soft">Loading the deals…</p>}
      {live.status === 'failed' && (
        <p className="message message--warning" role="alert">
          The deals cannot be shown. {live.problem.message}{' '}
          <button className="button button--quiet" type="button" onClick={live.retry}>
            Try again
          </button>
        </p>
      )}
      {live.status === 'ready' && deals.length === 0 && (
        <p className="soft">No deal that you can see has this contact.</p>
      )}
      <ul className="links">
        {deals.map(({ id, title, valueMinor, currency, stageId }) => (
          <DealRow
            key={id}
            id={id}
            title={title}
            amount={formatMoney(valueMinor, currency)}
            stage={stageOf(stageId)}
          />
        ))}
      </ul>
      {isCut && (
        <p className="soft small">
          Of the {MAX_LISTED_DEALS} deals that changed last; there may be older ones.
        </p>
      )}
    </section>
  );
}

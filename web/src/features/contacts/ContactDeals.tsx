import type { User } from '@splitline/functions/contracts';
import { useCallback, useMemo } from 'react';
import {
  MAX_LISTED_DEALS,
  type Query,
  type Rest,
  type Stored,
  type WorkspaceData,
} from '../../data/port.ts';
import { dealListSchema } from '../../data/records.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { formatMoney } from '../../ui/format.ts';
import { Stale } from '../../ui/Stale.tsx';
import { DealRow } from '../records/DealRow.tsx';

interface ContactDealsProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly contactId: string;
}

/** As many of the older ones are asked for at a time. */
const PAGE_SIZE = '50';

/**
 * The deals with a contact. Those that changed lately are live: security rules allow no query by
 * contact beside the one by who may see a deal, so they are picked from the deals that the board
 * shows too. The older ones are asked for.
 */
export function ContactDeals({ data, member, contactId }: ContactDealsProps) {
  const live = useLive(useMemo(() => data.watchDeals(member), [data, member]));
  const stages = useLive(data.watchStages);
  const stageOf = (id: string) =>
    stages.status === 'ready' ? stages.value.records.find((stage) => stage.id === id) : undefined;
  const all = live.status === 'ready' ? live.value.records : [];
  const isCut = live.status === 'ready' && all.length + live.value.unreadable >= MAX_LISTED_DEALS;
  const older = useOlder(data.rest, member, contactId, isCut);
  const recent = all.filter(({ contactIds }) => contactIds.includes(contactId));
  // What the listener has is newer.
  const asked = older.status === 'ready' ? older.value.deals : [];
  const deals = [...new Map([...asked, ...recent].map((deal) => [deal.id, deal])).values()];
  const isIncomplete = isCut && (older.status !== 'ready' || older.value.isIncomplete);
  return (
    <section className="side-panel__section" aria-label="Deals">
      <h3>Deals</h3>
      {live.status === 'loading' && <p className="soft">Loading the deals…</p>}
      {live.status === 'failed' && <Stale problem={live.problem} reload={live.retry} />}
      {older.status === 'failed' && <Stale problem={older.problem} reload={older.reload} />}
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
      {isIncomplete && <p className="soft small">There may be older ones.</p>}
    </section>
  );
}

/** What the listener leaves out; when it has everything, nothing is asked for. */
function useOlder(rest: Rest, member: Stored<User>, contactId: string, isCut: boolean) {
  const load = useCallback(
    async () => (isCut ? findDeals(rest, member, contactId) : { deals: [], isIncomplete: false }),
    [rest, member, contactId, isCut],
  );
  return useLoad(load);
}

/**
 * The deals with a contact that the member owns or oversees. Of the deals that others have split
 * with the member only those that changed lately are known.
 */
async function findDeals(
  rest: Rest,
  { id, role, managedTeamIds }: Stored<User>,
  contactId: string,
) {
  const sights: Query[] =
    role === 'admin' ? [{}] : [{ ownerId: id }, ...managedTeamIds.map((teamId) => ({ teamId }))];
  const pages = await Promise.all(
    sights.map((sight) =>
      rest.get('/api/deals', dealListSchema, { contactId, limit: PAGE_SIZE, ...sight }),
    ),
  );
  return {
    deals: pages.flatMap(({ records }) => records),
    isIncomplete: role !== 'admin' || pages.some(({ next }) => next !== undefined),
  };
}

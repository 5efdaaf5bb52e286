import type { Deal, LedgerEntry, User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import { useLive } from '../../../data/useLive.ts';
import { WhyEntry } from '../../earnings/WhyEntry.tsx';

interface DealWhyProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
  /** Whose earnings, and in which currency. */
  readonly uid: string;
  readonly currency: string;
}

/** Why somebody earns what they earn on a deal: the latest posting of each component tells. */
export default function DealWhy({ data, member, deal, uid, currency }: DealWhyProps) {
  const live = useLive(
    useMemo(() => data.watchDealEntries(member, deal.id), [data, member, deal.id]),
  );
  if (live.status === 'loading') {
    return (
      <p className="soft" role="status">
        Looking it up…
      </p>
    );
  }
  if (live.status === 'failed') {
    return (
      <p className="message" role="alert">
        {live.problem.message}{' '}
        <button className="button button--quiet" type="button" onClick={live.retry}>
          Try again
        </button>
      </p>
    );
  }
  const told = latestOf(
    live.value.records.filter((entry) => entry.ownerId === uid && entry.currency === currency),
  );
  if (told.length === 0) return <p className="soft">Nothing was posted for this deal.</p>;
  return told.map((entry) => <WhyEntry key={entry.id} rest={data.rest} entryId={entry.id} />);
}

/** The latest posting of each component: the one that leads to what is earned now. */
function latestOf(entries: readonly Stored<LedgerEntry>[]): Stored<LedgerEntry>[] {
  const latest = new Map<string, Stored<LedgerEntry>>();
  for (const entry of entries.toSorted((a, b) => Number(a.postedAt) - Number(b.postedAt))) {
    if (entry.expenseMinor !== 0) latest.set(entry.component ?? entry.reason, entry);
  }
  return [...latest.values()];
}

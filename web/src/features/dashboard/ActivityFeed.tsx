import type { User } from '@splitline/functions/contracts';
import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import { activitySchema } from '../../data/analytics.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Moment } from '../../ui/Moment.tsx';
import { SectionState } from '../records/SectionState.tsx';
import { describeActivity } from './describe-activity.ts';
import type { StageLook } from './figures.ts';

interface ActivityFeedProps {
  readonly data: WorkspaceData;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly stages: readonly StageLook[];
  readonly teamId: string | undefined;
  /** Changes when it is to be asked for again. */
  readonly signal: string;
}

const LOOKED_AT = '40';
const SHOWN = 10;

/** What happened last to the deals that the member oversees. */
export function ActivityFeed(props: ActivityFeedProps) {
  const { data, people, stages, teamId, signal } = props;
  const { rest } = data;
  const list = useLoad(
    useCallback(async () => {
      const query = { recordType: 'deal', limit: LOOKED_AT };
      const { events } = await rest.get('/api/events/feed', activitySchema, query);
      const ofTeam = events.filter((event) => teamId === undefined || event.data.teamId === teamId);
      return { records: ofTeam.slice(0, SHOWN) };
    }, [rest, teamId]),
    signal,
  );
  const words = {
    personOf: (uid: string) => people.get(uid)?.name,
    stageOf: (id: string) => stages.find((stage) => stage.id === id)?.name,
  };
  const events = list.status === 'ready' ? list.value.records : [];
  return (
    <section className="chart" aria-label="Latest activity">
      <h2 className="section__title">Latest activity</h2>
      <SectionState list={list} what="activity" empty="Nothing has happened to deals yet." />
      <ol className="activity">
        {events.map((event) => (
          <li key={event.id} className="activity__item">
            <span>
              {describeActivity(event, words)}:{' '}
              <DealLink data={data} dealId={event.data.record.id} />
            </span>
            <Moment className="soft small" at={event.timestamp} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The way to a deal by its name, as it is now. */
function DealLink({ data, dealId }: { readonly data: WorkspaceData; readonly dealId: string }) {
  const live = useLive(useMemo(() => data.watchDeal(dealId), [data, dealId]));
  if (live.status === 'loading') return <span className="soft">…</span>;
  const deal = live.status === 'ready' ? live.value : undefined;
  if (deal === undefined) return <span className="soft">a deal that you cannot see</span>;
  return <Link href={`/deals/${dealId}`}>{deal.title}</Link>;
}

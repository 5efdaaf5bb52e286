import type { Deal, TimelineItem, User } from '@splitline/functions/contracts';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Query, Stored, WorkspaceData } from '../../../data/port.ts';
import { timelineSchema } from '../../../data/records.ts';
import { useLive } from '../../../data/useLive.ts';
import { type Pages, usePages } from '../../../data/usePages.ts';
import { Moment } from '../../../ui/Moment.tsx';
import { More } from '../../../ui/More.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { idOf } from '../../records/describe-item.ts';
import { SectionState } from '../../records/SectionState.tsx';
import type { Pipeline } from '../usePipeline.ts';
import { describeItems } from './describe-items.ts';

const LogActivityDialog = lazy(() => import('./LogActivityDialog.tsx'));

interface DealTimelineProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
  /** Changes when something has happened that is no change of the deal. */
  readonly happened: number;
  readonly onHappened: () => void;
}

type Filter = 'all' | TimelineItem['kind'];

const filters: readonly { readonly id: Filter; readonly name: string }[] = [
  { id: 'all', name: 'All' },
  { id: 'event', name: 'Changes' },
  { id: 'activity', name: 'Activities' },
  { id: 'note', name: 'Notes' },
  { id: 'task', name: 'Tasks' },
  { id: 'appointment', name: 'Appointments' },
];

/** What happened to the deal and what was written and done about it, newest first; changes appear by themselves. */
export function DealTimeline(props: DealTimelineProps) {
  const { data, member, deal, happened, onHappened } = props;
  const [filter, setFilter] = useState<Filter>('all');
  const [isLogging, setIsLogging] = useState(false);
  const eventVersion = useEventVersion(data, member, deal.id);
  const list = useItems(data, deal.id, filter, `${eventVersion} ${happened}`);
  return (
    <section className="side-panel__section" aria-label="History">
      <div className="side-panel__head">
        <h3>History</h3>
        <button className="button button--small" type="button" onClick={() => setIsLogging(true)}>
          Log activity…
        </button>
      </div>
      <div className="timeline__filter">
        <Tabs label="What to show" tabs={filters} chosen={filter} onChoose={setFilter} />
      </div>
      {/* The event is written after the change, by the server. */}
      {eventVersion !== undefined && eventVersion < deal.version && (
        <p className="soft small" role="status">
          Recording the latest change…
        </p>
      )}
      <SectionState list={list} what="history" empty="Nothing of this kind has happened yet." />
      {list.status === 'ready' && <Items {...props} pages={list.value} />}
      {isLogging && (
        <Suspense>
          <LogActivityDialog
            rest={data.rest}
            dealId={deal.id}
            onClose={() => setIsLogging(false)}
            onLogged={onHappened}
          />
        </Suspense>
      )}
    </section>
  );
}

interface ItemsProps extends Pick<DealTimelineProps, 'deal' | 'pipeline'> {
  readonly pages: Pages<TimelineItem>;
}

function Items({ pages, deal, pipeline }: ItemsProps) {
  const texts = describeItems(pages.records, deal.currency, pipeline);
  return (
    <>
      <ol className="timeline">
        {pages.records.map((item, index) => (
          <li key={`${item.kind} ${idOf(item)}`} className="timeline__event" data-kind={item.kind}>
            <p>{texts[index]}</p>
            {item.kind === 'activity' && item.activity.body !== null && (
              <p className="timeline__body">{item.activity.body}</p>
            )}
            <Moment className="soft small" at={item.at} />
          </li>
        ))}
      </ol>
      <More pages={pages} />
    </>
  );
}

function useItems({ rest }: WorkspaceData, recordId: string, filter: Filter, signal: string) {
  return usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/timeline', timelineSchema, {
          ...{ recordType: 'deal', recordId, limit: '20' },
          ...(filter === 'all' ? {} : { kind: filter }),
          ...at,
        }),
      [rest, recordId, filter],
    ),
    signal,
  );
}

/** The version of the deal that its latest event made: a new one is the sign to look again. */
function useEventVersion(data: WorkspaceData, member: Stored<User>, dealId: string) {
  const live = useLive(
    useMemo(() => data.watchLatestEvent(member, dealId), [data, member, dealId]),
  );
  return live.status === 'ready' ? (live.value.records[0]?.version ?? 0) : undefined;
}

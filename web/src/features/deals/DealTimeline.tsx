import type { Deal, Event, User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import {
  type Listed,
  MAX_LISTED_EVENTS,
  type Stored,
  type WorkspaceData,
} from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { formatMoment } from '../../ui/format.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { currenciesAfter, describeEvent, type EventWords } from './describe-event.ts';
import type { Pipeline } from './usePipeline.ts';

interface DealTimelineProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
}

/** What happened to the deal, newest first; a new event appears by itself. */
export function DealTimeline({ data, member, deal, pipeline }: DealTimelineProps) {
  const live = useLive(
    useMemo(() => data.watchDealEvents(member, deal.id), [data, member, deal.id]),
  );
  return (
    <section className="timeline" aria-labelledby="timeline-heading">
      <h3 className="timeline__heading" id="timeline-heading">
        History
      </h3>
      {live.status === 'loading' && <Loading what="the history" />}
      {live.status === 'failed' && (
        <Failure
          title="The history cannot be shown"
          message={live.problem.message}
          onRetry={live.retry}
        />
      )}
      {live.status === 'ready' && <Events listed={live.value} deal={deal} pipeline={pipeline} />}
    </section>
  );
}

interface EventsProps {
  readonly listed: Listed<Event>;
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
}

function Events({ listed: { records, unreadable }, deal, pipeline }: EventsProps) {
  const words = wordsOf(pipeline);
  const currencies = currenciesAfter(records, deal.currency);
  // The event is written after the change, by the server.
  const isBehind = (records[0]?.version ?? 0) + unreadable < deal.version;
  return (
    <>
      {isBehind && (
        <p className="timeline__pending" role="status">
          Recording the latest change…
        </p>
      )}
      <ol className="timeline__events">
        {records.map((event, index) => (
          <li className="timeline__event" key={event.id}>
            <p>{describeEvent(event, currencies[index] ?? deal.currency, words)}</p>
            <time className="timeline__time" dateTime={event.at.toISOString()}>
              {formatMoment(event.at)}
            </time>
            {event.recovered && (
              <span className="timeline__note">
                {' '}
                · recorded afterwards, several changes may be in one
              </span>
            )}
          </li>
        ))}
      </ol>
      {unreadable > 0 && (
        <p className="timeline__note">
          {unreadable} {unreadable === 1 ? 'entry is' : 'entries are'} left out because the stored
          data is not valid.
        </p>
      )}
      {records.length + unreadable >= MAX_LISTED_EVENTS && (
        <p className="timeline__note">Only the latest {MAX_LISTED_EVENTS} entries are shown.</p>
      )}
    </>
  );
}

function wordsOf({ people, stages }: Pipeline): EventWords {
  return {
    personOf: (uid) => people.get(uid)?.name ?? 'Somebody',
    stageOf: (stageId) => stages.find((stage) => stage.id === stageId)?.name ?? 'a removed stage',
  };
}

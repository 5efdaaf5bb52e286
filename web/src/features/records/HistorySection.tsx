import type { User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Query, Rest, Stored } from '../../data/port.ts';
import { timelineSchema } from '../../data/records.ts';
import { usePages } from '../../data/usePages.ts';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { describeItem, idOf } from './describe-item.ts';
import { SectionState } from './SectionState.tsx';
import type { Subject } from './subject.ts';

interface HistorySectionProps {
  readonly rest: Rest;
  readonly subject: Subject;
  readonly people: ReadonlyMap<string, Stored<User>>;
  /** Changes when something has happened. */
  readonly signal: string;
  /** True until the latest change has become an event. */
  readonly isBehind: boolean;
}

/** What happened to a record and what was written and done about it, newest first. */
export function HistorySection({ rest, subject, people, signal, isBehind }: HistorySectionProps) {
  const { recordType, recordId } = subject;
  const list = usePages(
    useCallback(
      (at: Query) =>
        rest.get('/api/timeline', timelineSchema, { recordType, recordId, limit: '20', ...at }),
      [rest, recordType, recordId],
    ),
    signal,
  );
  const words = {
    noun: recordType,
    personOf: (uid: string) => people.get(uid)?.name ?? 'Somebody',
  };
  return (
    <section className="side-panel__section" aria-label="History">
      <h3>History</h3>
      {isBehind && (
        <p className="soft small" role="status">
          Recording the latest change…
        </p>
      )}
      <SectionState list={list} what="history" empty="Nothing has happened yet." />
      {list.status === 'ready' && (
        <>
          <ol className="history">
            {list.value.records.map((item) => (
              <li key={`${item.kind} ${idOf(item)}`} className="history__item">
                <p>{describeItem(item, words)}</p>
                <Moment className="soft small" at={item.at} />
              </li>
            ))}
          </ol>
          <More pages={list.value} />
        </>
      )}
    </section>
  );
}

import { useLayoutEffect, useRef } from 'react';
import type { MessageView } from '../../data/messages.ts';
import type { WorkspaceData } from '../../data/port.ts';
import type { Loaded } from '../../data/useLoad.ts';
import type { Pages } from '../../data/usePages.ts';
import { usePeople } from '../../data/usePeople.ts';
import { formatDayIn } from '../../ui/format.ts';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Bubble } from './Bubble.tsx';
import { groupByDay } from './thread-days.ts';
import { UnsentBubble } from './UnsentBubble.tsx';
import type { OutboxItem, useOutbox } from './useOutbox.ts';

interface ThreadMessagesProps {
  readonly data: WorkspaceData;
  /** The uid of whoever reads. */
  readonly me: string;
  readonly name: string;
  /** The latest first. */
  readonly messages: Loaded<Pages<MessageView>>;
  readonly outbox: ReturnType<typeof useOutbox>;
  readonly timeZone: string;
  readonly onEdit: (item: OutboxItem) => void;
}

/** What was said, the oldest first, by days; at the end what is being sent. */
export function ThreadMessages(props: ThreadMessagesProps) {
  const { data, me, messages, outbox, timeZone, name } = props;
  const people = usePeople(data);
  const element = useRef<HTMLDivElement>(null);
  const loaded = messages.status === 'ready' ? messages.value.records.toReversed() : [];
  const all = [...loaded, ...justSent(outbox.items, loaded)];
  const unsent = outbox.items.filter(({ outcome }) => outcome.kind !== 'sent');
  const last = unsent.at(-1)?.key ?? all.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is a new last one
  useLayoutEffect(() => {
    element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [last]);
  const nameOf = (uid: string) => (uid === me ? 'You' : people.get(uid)?.name);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <div ref={element} className="thread__messages" role="log" aria-label="Messages" tabIndex={0}>
      {messages.status === 'loading' && <Loading what="the messages" />}
      {messages.status === 'failed' && (
        <Failure
          title="The messages cannot be shown"
          message={messages.problem.message}
          onRetry={messages.reload}
        />
      )}
      {messages.status === 'ready' && (
        <>
          <Stale problem={messages.problem} reload={messages.reload} />
          <More pages={messages.value} />
          {all.length === 0 && unsent.length === 0 && (
            <p className="rows__empty">Nothing has been said yet. Write the first message below.</p>
          )}
        </>
      )}
      {groupByDay(all, timeZone).map(({ at, messages: ofDay }) => (
        <section key={at} className="thread__day" aria-label={formatDayIn(timeZone, at)}>
          <h3 className="thread__date">{formatDayIn(timeZone, at)}</h3>
          {ofDay.map((message) => (
            <Bubble
              key={message.id}
              {...{ data, message, timeZone }}
              author={message.direction === 'INBOUND' ? name : nameOf(message.authorId)}
            />
          ))}
        </section>
      ))}
      {unsent.map((item) => (
        <UnsentBubble
          key={item.key}
          item={item}
          outbox={outbox}
          onEdit={() => props.onEdit(item)}
        />
      ))}
    </div>
  );
}

/** What was sent and the list does not have yet. */
function justSent(
  items: readonly OutboxItem[],
  loaded: readonly MessageView[],
): readonly MessageView[] {
  const known = new Set(loaded.map(({ id }) => id));
  return items.flatMap(({ outcome }) =>
    outcome.kind === 'sent' && !known.has(outcome.message.id) ? outcome.message : [],
  );
}

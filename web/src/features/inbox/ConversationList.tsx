import type { Channel } from '@splitline/functions/contracts';
import { useState } from 'react';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { channelNames, channels } from './conversation-id.ts';
import { fitting } from './fitting.ts';
import type { StoredConversation, useConversations } from './useConversations.ts';

interface ConversationListProps {
  readonly list: ReturnType<typeof useConversations>;
  readonly openId: string | undefined;
}

const views = [
  { id: 'all', name: 'All' },
  { id: 'unread', name: 'Unread' },
] as const;

/** The conversations, the latest message first, with what narrows them. */
export function ConversationList({ list, openId }: ConversationListProps) {
  const [view, setView] = useState<(typeof views)[number]['id']>('all');
  const [channel, setChannel] = useState<Channel>();
  const [search, setSearch] = useState('');
  const { live, listed } = list;
  const all = listed?.records ?? [];
  const shown = fitting(all, { isUnread: view === 'unread', channel, search, keep: openId });
  return (
    <>
      <div className="inbox__tools">
        <input
          className="input"
          type="search"
          aria-label="Search conversations by contact"
          placeholder="Search contacts here…"
          maxLength={200}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Tabs label="Show" tabs={views} chosen={view} onChoose={setView} />
        <select
          className="input inbox__channel"
          aria-label="Channel"
          value={channel ?? ''}
          onChange={(event) =>
            setChannel(channels.find((one) => one === event.currentTarget.value))
          }
        >
          <option value="">All channels</option>
          {channels.map((one) => (
            <option key={one} value={one}>
              {channelNames[one]}
            </option>
          ))}
        </select>
      </div>
      {listed === undefined && live.status === 'loading' && <Loading what="the conversations" />}
      {live.status === 'failed' && (
        <Failure
          title="The conversations cannot be shown"
          message={live.problem.message}
          onRetry={live.retry}
        />
      )}
      {listed !== undefined && live.status !== 'failed' && (
        <Rows {...{ shown, openId }} isEmpty={all.length === 0} />
      )}
      {listed !== undefined && listed.unreadable > 0 && (
        <p className="message message--warning">
          {listed.unreadable} of the conversations cannot be read by this version. Reload the page.
        </p>
      )}
      {list.canShowMore && (
        <button className="button inbox__more" type="button" onClick={list.showMore}>
          Show more
        </button>
      )}
      {list.isCut && !list.canShowMore && (
        <p className="soft small inbox__note">
          These are the latest. To find an older one, choose New message and the contact.
        </p>
      )}
    </>
  );
}

interface RowsProps extends Pick<ConversationListProps, 'openId'> {
  readonly shown: readonly StoredConversation[];
  readonly isEmpty: boolean;
}

function Rows({ shown, isEmpty, openId }: RowsProps) {
  if (shown.length === 0) {
    return (
      <p className="rows__empty">
        {isEmpty
          ? 'No conversations yet. Write to a contact with New message; what contacts write to you appears here.'
          : 'No conversation fits. Take back a filter.'}
      </p>
    );
  }
  return (
    <ul className="inbox__list" aria-label="Conversations">
      {shown.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          isOpen={conversation.id === openId}
        />
      ))}
    </ul>
  );
}

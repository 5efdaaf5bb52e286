import { useCallback } from 'react';
import { Link } from 'wouter';
import { conversationListSchema } from '../../data/messages.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Moment } from '../../ui/Moment.tsx';
import { SectionState } from '../records/SectionState.tsx';
import { channelNames, channels, inboxPath } from './conversation-id.ts';
import './contact-messages.css';

interface ContactMessagesProps {
  readonly data: WorkspaceData;
  readonly contactId: string;
}

/** The latest message of each conversation with a contact, and the ways to them and to a new one. */
export function ContactMessages({ data: { rest }, contactId }: ContactMessagesProps) {
  const list = useLoad(
    useCallback(async () => {
      const { conversations } = await rest.get('/api/messages', conversationListSchema, {
        contactId,
      });
      return { records: conversations };
    }, [rest, contactId]),
  );
  const started = list.status === 'ready' ? list.value.records : [];
  const unused = channels.filter((channel) => started.every((one) => one.channel !== channel));
  return (
    <section className="side-panel__section" aria-label="Messages">
      <h3>Messages</h3>
      <SectionState list={list} what="messages" empty="Nothing has been said yet." />
      <ul className="contact-messages">
        {started.map(({ id, channel, lastMessage, unreadCount }) => (
          <li key={id}>
            <Link href={`/inbox/${id}`} className="contact-messages__link">
              <span className="contact-messages__top">
                <span>
                  {channelNames[channel]}
                  {unreadCount > 0 && ` · ${unreadCount} unread`}
                </span>
                <Moment className="soft small" at={lastMessage.createdAt} />
              </span>
              <span className="contact-messages__excerpt soft">
                {lastMessage.direction === 'OUTBOUND' && 'You: '}
                {lastMessage.content}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.status === 'ready' && unused.length > 0 && (
        <p className="contact-messages__new">
          {unused.map((channel) => (
            <Link
              key={channel}
              href={inboxPath({ contactId, channel })}
              className="button button--small"
            >
              Write by {channelNames[channel]}
            </Link>
          ))}
        </p>
      )}
    </section>
  );
}

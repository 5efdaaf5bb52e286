import { Link } from 'wouter';
import { Moment } from '../../ui/Moment.tsx';
import { channelNames } from './conversation-id.ts';
import { nameOf, type StoredConversation } from './useConversations.ts';

interface ConversationRowProps {
  readonly conversation: StoredConversation;
  readonly isOpen: boolean;
}

/** One conversation with its latest message and how many are unread. */
export function ConversationRow({ conversation, isOpen }: ConversationRowProps) {
  const { id, channel, contact, lastMessage, unreadCount } = conversation;
  const isOurs = lastMessage.direction === 'OUTBOUND';
  return (
    <li className="inbox-row" data-unread={unreadCount > 0}>
      <Link
        href={`/inbox/${id}`}
        className="inbox-row__link"
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className="inbox-row__top">
          <span className="inbox-row__name">{nameOf(contact)}</span>
          <Moment className="soft small" at={lastMessage.createdAt} />
        </span>
        <span className="inbox-row__bottom">
          <span className="inbox-row__excerpt">
            {isOurs && 'You: '}
            {lastMessage.content}
          </span>
          <span className="tag">{channelNames[channel]}</span>
          {unreadCount > 0 && (
            <span className="inbox-row__unread">
              {unreadCount}
              <span className="visually-hidden"> unread</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

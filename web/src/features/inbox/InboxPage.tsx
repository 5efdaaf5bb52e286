import type { User } from '@splitline/functions/contracts';
import { useCallback, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { Icon } from '../../ui/Icon.tsx';
import { StateMessage } from '../../ui/StateMessage.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { ConversationList } from './ConversationList.tsx';
import { correspondenceOf, inboxPath } from './conversation-id.ts';
import { NewMessageDialog } from './NewMessageDialog.tsx';
import { Thread } from './Thread.tsx';
import type { Drafts } from './thread-props.ts';
import { useConversations } from './useConversations.ts';
import './inbox.css';

interface InboxPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
}

/** The conversations with contacts, and beside them the one that the address names. */
export default function InboxPage({ data, member, openId }: InboxPageProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const [, navigate] = useLocation();
  const isNarrow = useMediaQuery('(max-width: 860px)');
  const list = useConversations(data, member);
  const drafts = useRef<Drafts>(new Map());
  const opened = openId === undefined ? undefined : correspondenceOf(openId);
  const close = useCallback(() => navigate('/inbox'), [navigate]);
  return (
    <div className="inbox">
      <title>Inbox · Splitline</title>
      {!(isNarrow && openId !== undefined) && (
        <section className="inbox__side" aria-label="Inbox">
          <div className="inbox__head">
            <h1 className="page__title">Inbox</h1>
            <button
              className="button button--primary"
              type="button"
              onClick={() => setIsChoosing(true)}
            >
              <Icon name="plus" /> New message
            </button>
          </div>
          <ConversationList {...{ list, openId }} />
        </section>
      )}
      {opened !== undefined && (
        <Thread
          key={openId}
          {...{ data, member }}
          correspondence={opened}
          conversation={list.listed?.records.find(({ id }) => id === openId)}
          drafts={drafts.current}
          onBack={isNarrow ? close : undefined}
        />
      )}
      {opened === undefined && !(isNarrow && openId === undefined) && (
        <div className="inbox__none">
          {openId === undefined ? (
            <StateMessage title="No conversation is open">
              Choose one from the list, or write to a contact with New message.
            </StateMessage>
          ) : (
            <StateMessage title="There is no such conversation">
              The address is incomplete. Choose a conversation from the inbox.
            </StateMessage>
          )}
        </div>
      )}
      {isChoosing && (
        <NewMessageDialog
          rest={data.rest}
          onClose={() => setIsChoosing(false)}
          onChoose={(chosen) => {
            setIsChoosing(false);
            navigate(inboxPath(chosen));
          }}
        />
      )}
    </div>
  );
}

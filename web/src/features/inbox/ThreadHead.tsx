import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Outlook } from '../../data/messages.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ContactDeals } from '../contacts/ContactDeals.tsx';
import { channelNames, channels, inboxPath } from './conversation-id.ts';
import { OptOutDialog } from './OptOutDialog.tsx';
import type { ThreadProps } from './thread-props.ts';
import '../records/records.css';

interface ThreadHeadProps extends Pick<ThreadProps, 'data' | 'member' | 'onBack'> {
  readonly outlook: Outlook;
  readonly name: string;
  readonly onChange: () => void;
}

const tabs = channels.map((id) => ({ id, name: channelNames[id] }));

/** With whom and how one talks, and the ways to what else there is about them. */
export function ThreadHead(props: ThreadHeadProps) {
  const { data, member, outlook, name, onBack, onChange } = props;
  const { contactId, channel, to, optOut } = outlook;
  const [isShowingDeals, setIsShowingDeals] = useState(false);
  const [isOptingOut, setIsOptingOut] = useState(false);
  const [, navigate] = useLocation();
  return (
    <div className="thread__head">
      <div className="thread__line">
        {onBack !== undefined && (
          <button className="button button--small" type="button" onClick={onBack}>
            Back to the inbox
          </button>
        )}
        <div className="thread__who">
          <h2 className="thread__name">
            <Link href={`/contacts/${contactId}`}>{name}</Link>
          </h2>
          {to !== null && <span className="soft small">{to}</span>}
        </div>
        <div className="thread__actions">
          <button
            className="button button--quiet button--small"
            type="button"
            aria-expanded={isShowingDeals}
            onClick={() => setIsShowingDeals(!isShowingDeals)}
          >
            {isShowingDeals ? 'Hide deals' : 'Show deals'}
          </button>
          {optOut === null && to !== null && (
            <button
              className="button button--quiet button--small"
              type="button"
              onClick={() => setIsOptingOut(true)}
            >
              Note opt-out…
            </button>
          )}
        </div>
      </div>
      <Tabs
        label="Channel"
        tabs={tabs}
        chosen={channel}
        onChoose={(chosen) => navigate(inboxPath({ contactId, channel: chosen }))}
      />
      {isShowingDeals && (
        <div className="thread__deals">
          <ContactDeals data={data} member={member} contactId={contactId} />
        </div>
      )}
      {isOptingOut && (
        <OptOutDialog
          {...{ rest: data.rest, contactId, channel, name, onChange }}
          onClose={() => setIsOptingOut(false)}
        />
      )}
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { Composer } from './Composer.tsx';
import { inboxPath } from './conversation-id.ts';
import { DraftDialog } from './DraftDialog.tsx';
import { Obstacle } from './Obstacle.tsx';
import { ThreadHead } from './ThreadHead.tsx';
import { ThreadMessages } from './ThreadMessages.tsx';
import type { ThreadProps } from './thread-props.ts';
import { nameOf } from './useConversations.ts';
import { useMarkRead } from './useMarkRead.ts';
import { type OutboxItem, useOutbox } from './useOutbox.ts';
import { useThread } from './useThread.ts';

/** What was said with a contact on a channel, and the place to say more. */
export function Thread(props: ThreadProps) {
  const { data, correspondence, conversation, drafts, onBack } = props;
  const { rest } = data;
  const timeZone = useTimeZone();
  const { outlook, messages, reload } = useThread(data, correspondence, conversation);
  const outbox = useOutbox(rest, correspondence, reload);
  const draftKey = inboxPath(correspondence);
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [isDrafting, setIsDrafting] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const element = useRef<HTMLElement>(null);
  const { offer } = useNotices();
  useMarkRead(
    rest,
    `${correspondence.contactId}_${correspondence.channel.toLowerCase()}`,
    conversation?.unreadCount ?? 0,
  );
  // Where the list has gone, the focus has gone with it.
  useEffect(() => {
    if (onBack !== undefined) element.current?.focus();
  }, [onBack]);
  const write = (next: string) => {
    drafts.set(draftKey, next);
    setText(next);
  };
  const fill = (draft: string) => {
    if (text.trim() !== '') {
      const undo = { label: 'Undo', run: () => write(text) };
      offer('The draft has taken the place of what you had written.', undo);
    }
    write(draft);
  };
  const edit = (item: OutboxItem) => {
    outbox.discard(item);
    write([text, item.content].filter((part) => part.trim() !== '').join('\n'));
    input.current?.focus();
  };
  if (outlook.status === 'failed') {
    return (
      <div className="inbox__none">
        <Failure
          title="This conversation cannot be shown"
          message={outlook.problem.message}
          onRetry={outlook.reload}
        />
      </div>
    );
  }
  if (outlook.status === 'loading') {
    return (
      <div className="inbox__none">
        <Loading what="the conversation" />
      </div>
    );
  }
  const name = nameOf(outlook.value.contact);
  return (
    <section
      ref={element}
      className="thread"
      aria-label={`Conversation with ${name}`}
      tabIndex={-1}
    >
      <ThreadHead {...props} outlook={outlook.value} name={name} onChange={reload} />
      <ThreadMessages
        {...{ data, messages, outbox, name }}
        me={props.member.id}
        timeZone={timeZone}
        onEdit={edit}
      />
      <Obstacle rest={rest} role={props.member.role} outlook={outlook.value} onChange={reload}>
        <Composer
          {...{ text, input, outlook: outlook.value }}
          onText={write}
          onDraft={() => setIsDrafting(true)}
          onSend={(subject) => {
            outbox.send(text.trim(), subject);
            write('');
          }}
        />
      </Obstacle>
      {isDrafting && (
        <DraftDialog
          {...{ rest, correspondence }}
          onClose={() => {
            setIsDrafting(false);
            // Not where the dialog was opened from: the draft is there to be edited.
            setTimeout(() => input.current?.focus(), 0);
          }}
          onDraft={fill}
        />
      )}
    </section>
  );
}

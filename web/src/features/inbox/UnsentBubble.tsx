import type { OutboxItem, useOutbox } from './useOutbox.ts';

interface UnsentBubbleProps {
  readonly item: OutboxItem;
  readonly outbox: ReturnType<typeof useOutbox>;
  readonly onEdit: () => void;
}

/** A message on its way to the server, or what to do about one that did not get there. */
export function UnsentBubble({ item, outbox, onEdit }: UnsentBubbleProps) {
  const { content, subject, outcome } = item;
  return (
    <div className="bubble bubble--ours" data-state={outcome.kind}>
      <div className="bubble__body">
        {subject !== undefined && <p className="bubble__subject">{subject}</p>}
        <p className="bubble__text">{content}</p>
      </div>
      {outcome.kind === 'failed' ? (
        <div className="bubble__failure" role="alert">
          <p className="field__error">Not sent. {outcome.problem.message}</p>
          <button className="button button--small" type="button" onClick={() => outbox.retry(item)}>
            Send again
          </button>
          <button className="button button--small" type="button" onClick={onEdit}>
            Edit
          </button>
          <button
            className="button button--quiet button--small"
            type="button"
            onClick={() => outbox.discard(item)}
          >
            Discard
          </button>
        </div>
      ) : (
        <p className="soft small">Sending…</p>
      )}
    </div>
  );
}
